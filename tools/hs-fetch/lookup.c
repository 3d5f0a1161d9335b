/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Names of objects and properties, totals, the daily quota. */
#include "lookup.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "ask.h"

#define NAMES_MAX 100000

int
hs_strings_add(struct hs_strings *s, const char *text, size_t len)
{
	char *copy;

	if (s->n == s->cap) {
		size_t cap = s->cap ? s->cap * 2 : 16;
		char **v = reallocarray(s->v, cap, sizeof(*v));

		if (v == NULL)
			return -1;
		s->v = v;
		s->cap = cap;
	}
	copy = strndup(text, len);
	if (copy == NULL)
		return -1;
	s->v[s->n++] = copy;
	return 0;
}

void
hs_strings_free(struct hs_strings *s)
{
	for (size_t i = 0; i < s->n; i++)
		free(s->v[i]);
	free(s->v);
	*s = (struct hs_strings){0};
}

static bool
has(const struct hs_strings *s, const char *text, size_t len)
{
	for (size_t i = 0; i < s->n; i++)
		if (strlen(s->v[i]) == len && memcmp(s->v[i], text, len) == 0)
			return true;
	return false;
}

int
hs_strings_split(struct hs_strings *s, const char *list, struct hs_err *e)
{
	static const char separators[] = ", \t\r\n";

	for (list += strspn(list, separators); *list != '\0';
	     list += strspn(list, separators)) {
		size_t n = strcspn(list, separators);

		if (s->n == NAMES_MAX)
			return hs_err_set(e, HS_USAGE, "too many names");
		if (!has(s, list, n) && hs_strings_add(s, list, n) < 0)
			return hs_err_mem(e, "names");
		list += n;
	}
	return 0;
}

int
hs_crm_properties(struct hs_crm *crm, const char *type,
    struct hs_strings *names, struct hs_err *e)
{
	const cJSON *one;
	cJSON *list;
	int r = 0;

	if (hs_crm_ask_list(
		crm, hs_object_kind_of("properties:"), type, &list, e) < 0)
		return -1;
	cJSON_ArrayForEach(one, list)
	{
		const char *name = hs_crm_text(one, "name");

		if (name[0] == '\0' || strpbrk(name, ", \t\r\n") != NULL)
			r = hs_err_set(e, HS_PROTOCOL,
			    "properties of %s: one has no name", type);
		else if (names->n == NAMES_MAX)
			r = hs_err_set(e, HS_PROTOCOL,
			    "properties of %s: more than %d", type, NAMES_MAX);
		else if (hs_strings_add(names, name, strlen(name)) < 0)
			r = hs_err_mem(e, "property names");
		if (r < 0)
			break;
	}
	/* Every type has some: hs_object_id. */
	if (r == 0 && names->n == 0)
		r = hs_err_set(e, HS_PROTOCOL,
		    "properties of %s: the API says there are none", type);
	cJSON_Delete(list);
	return r;
}

#define TOTAL_BODY "{\"limit\":1,\"properties\":[\"hs_object_id\"]}"

static int
read_total(const cJSON *j, unsigned long long *total, struct hs_err *e)
{
	const cJSON *n = cJSON_GetObjectItemCaseSensitive(j, "total");

	if (!cJSON_IsNumber(n) || n->valuedouble < 0 || n->valuedouble >= 1e15)
		return hs_err_set(
		    e, HS_PROTOCOL, "search: the answer has no total");
	*total = (unsigned long long)n->valuedouble;
	return 0;
}

int
hs_crm_total(struct hs_crm *crm, const char *type, unsigned long long *total,
    struct hs_err *e)
{
	cJSON *j;
	int r;

	if (hs_crm_ask(crm, HS_SEARCH, type, TOTAL_BODY, &j, e) < 0)
		return -1;
	r = read_total(j, total, e);
	cJSON_Delete(j);
	return r;
}

static int
total_done(struct hs_call *c, struct hs_err *e)
{
	struct hs_crm_total *t = c->owner;
	cJSON *j = hs_crm_document(&c->request.body, e);

	t->known = j != NULL && read_total(j, &t->n, e) == 0;
	cJSON_Delete(j);
	return 0;
}

static int
total_failed(struct hs_call *c, struct hs_err *e)
{
	(void)c;
	(void)e;
	return 0;
}

int
hs_crm_total_post(struct hs_crm *crm, struct hs_crm_total *t, const char *type,
    struct hs_err *e)
{
	struct hs_call *c = &t->call;

	if (hs_crm_url(crm, &c->url, HS_SEARCH, type, NULL) < 0 ||
	    hs_buf_puts(&c->body, TOTAL_BODY) < 0)
		return hs_err_mem(e, "search");
	c->post = c->search = c->once = true;
	c->done = total_done;
	c->failed = total_failed;
	c->owner = t;
	hs_crm_post(crm, c);
	return 0;
}

int
hs_crm_daily(struct hs_crm *crm, long *limit, long *used, struct hs_err *e)
{
	const cJSON *one, *max, *now;
	cJSON *j;

	*limit = *used = -1;
	if (hs_crm_ask(crm, HS_DAILY, NULL, NULL, &j, e) < 0)
		return -1;
	cJSON_ArrayForEach(one, cJSON_GetObjectItemCaseSensitive(j, "results"))
	{
		max = cJSON_GetObjectItemCaseSensitive(one, "usageLimit");
		now = cJSON_GetObjectItemCaseSensitive(one, "currentUsage");
		if (!cJSON_IsNumber(max) || !cJSON_IsNumber(now))
			continue;
		*limit = (long)max->valuedouble;
		*used = (long)now->valuedouble;
	}
	cJSON_Delete(j);
	return 0;
}

static void
append(char *text, size_t size, const char *more)
{
	size_t n = strlen(text);

	snprintf(text + n, size - n, "%s%s", n > 0 ? ", " : "", more);
}

static void
list_customs(const cJSON *schemas, char *text, size_t size)
{
	const cJSON *one;

	cJSON_ArrayForEach(one, schemas)
	{
		char item[128];

		snprintf(item, sizeof(item), "custom:%.60s (%.20s)",
		    hs_crm_text(one, "name"), hs_crm_text(one, "objectTypeId"));
		append(text, size, item);
	}
}

void
hs_crm_customs(struct hs_crm *crm, char *text, size_t size)
{
	long patience = crm->options.retry_time;
	cJSON *j = NULL;
	struct hs_err ignored;

	/* An error is to be explained, at once or not at all. */
	crm->options.retry_time = 0;
	if (hs_crm_ask_list(
		crm, hs_object_kind_of("schemas"), NULL, &j, &ignored) == 0)
		list_customs(j, text, size);
	crm->options.retry_time = patience;
	cJSON_Delete(j);
}

/* The ways in which a name may be meant, the narrowest first. */
static bool
matches(const cJSON *schema, const char *name, int way)
{
	const cJSON *labels =
	    cJSON_GetObjectItemCaseSensitive(schema, "labels");

	switch (way) {
	case 0: return strcmp(hs_crm_text(schema, "name"), name) == 0;
	case 1: return strcasecmp(hs_crm_text(schema, "name"), name) == 0;
	default: return strcasecmp(hs_crm_text(labels, "plural"), name) == 0;
	}
}

static int
several(const cJSON *schemas, const char *name, int way, struct hs_err *e)
{
	char text[1024] = "";
	const cJSON *one;

	cJSON_ArrayForEach(one, schemas) if (matches(one, name, way))
	    append(text, sizeof(text), hs_crm_text(one, "objectTypeId"));
	return hs_err_set(e, HS_NOOBJECT,
	    "custom object %s: several have that name: %s; ask for one of "
	    "these ids",
	    name, text);
}

static int
none(const cJSON *schemas, const char *name, struct hs_err *e)
{
	char text[1500] = "";

	list_customs(schemas, text, sizeof(text));
	return hs_err_set(e, HS_NOOBJECT,
	    "no such object: %s; there are: %s; HubSpot shows them under "
	    "Settings > Objects > Custom Objects",
	    name, text[0] ? text : "no custom objects");
}

/* Replaces *name by the objectTypeId of the one schema that has it. */
static int
look_up(const cJSON *schemas, char **name, struct hs_err *e)
{
	for (int way = 0; way < 3; way++) {
		const cJSON *one, *found = NULL;
		char *id;

		cJSON_ArrayForEach(one, schemas)
		{
			if (!matches(one, *name, way))
				continue;
			if (found != NULL)
				return several(schemas, *name, way, e);
			found = one;
		}
		if (found == NULL)
			continue;
		if (!hs_object_exact(hs_crm_text(found, "objectTypeId")))
			return hs_err_set(e, HS_PROTOCOL,
			    "schemas: object %s has no objectTypeId", *name);
		id = strdup(hs_crm_text(found, "objectTypeId"));
		if (id == NULL)
			return hs_err_mem(e, "object");
		free(*name);
		*name = id;
		return 0;
	}
	return none(schemas, *name, e);
}

int
hs_crm_resolve(struct hs_crm *crm, struct hs_object *o, struct hs_err *e)
{
	cJSON *schemas = NULL;
	int r = 0;

	for (size_t i = 0; i <= o->assocs && r == 0; i++) {
		char **name = i == 0 ? &o->type : &o->assoc[i - 1];
		bool custom = i == 0 ? o->custom
				     : o->assoc_custom[i - 1] ||
					   !hs_object_standard(*name);

		if (*name == NULL || !custom || hs_object_exact(*name))
			continue;
		if (schemas == NULL)
			r = hs_crm_ask_list(crm, hs_object_kind_of("schemas"),
			    NULL, &schemas, e);
		if (r == 0)
			r = look_up(schemas, name, e);
	}
	cJSON_Delete(schemas);
	return r;
}
