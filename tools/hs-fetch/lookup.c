/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Names of objects and properties, totals, the daily quota. */
#include "lookup.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "ask.h"
#include "grow.h"
#include "search.h"
#include "seen.h"

#define NAMES_MAX 100000

int
names_add(struct names *s, const char *text, size_t len)
{
	if (HS_GROW(s->v, s->n, s->cap) < 0)
		return -1;
	char *copy = strndup(text, len);
	if (!copy)
		return -1;
	s->v[s->n++] = copy;
	return 0;
}

void
names_free(struct names *s)
{
	for (size_t i = 0; i < s->n; i++)
		free(s->v[i]);
	free(s->v);
	*s = (struct names){0};
}

static bool
has(const struct names *s, const char *text, size_t len)
{
	for (size_t i = 0; i < s->n; i++)
		if (strlen(s->v[i]) == len && memcmp(s->v[i], text, len) == 0)
			return true;
	return false;
}

int
names_split(struct names *s, const char *list, struct hs_err *e)
{
	static const char separators[] = ", \t\r\n";

	for (list += strspn(list, separators); *list;
	     list += strspn(list, separators)) {
		size_t n = strcspn(list, separators);

		if (s->n == NAMES_MAX)
			return hs_err_set(e, HS_USAGE, "too many names");
		if (!has(s, list, n) && names_add(s, list, n) < 0)
			return hs_err_mem(e, "names");
		list += n;
	}
	return 0;
}

int
lookup_properties(struct session *api, const char *type, const char *query,
    struct names *names, struct hs_err *e)
{
	const cJSON *one;
	cJSON *list;
	int r = 0;

	if (ask_list(api, hs_object_kind_of("properties:"), type, query, &list,
		e) < 0)
		return -1;
	cJSON_ArrayForEach(one, list)
	{
		const char *name = ask_text(one, "name");

		if (!name[0] || strpbrk(name, ", \t\r\n"))
			r = hs_err_set(e, HS_PROTOCOL,
			    "properties of %s: one has no name", type);
		else if (names->n == NAMES_MAX)
			r = hs_err_set(e, HS_PROTOCOL,
			    "properties of %s: more than %d", type, NAMES_MAX);
		else if (names_add(names, name, strlen(name)) < 0)
			r = hs_err_mem(e, "property names");
		if (r < 0)
			break;
	}
	/* Every type has at least hs_object_id. */
	if (r == 0 && names->n == 0 && !query[0])
		r = hs_err_set(e, HS_PROTOCOL,
		    "properties of %s: the API says there are none", type);
	cJSON_Delete(list);
	return r;
}

/* Asks for so many records with the greatest ids. */
static struct search
last_ones(const char *type, const char *since, unsigned n)
{
	return (struct search){.type = type,
	    .since = since,
	    .properties = SEARCH_ID,
	    .falling = true,
	    .limit = n};
}

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
lookup_total(struct session *api, const char *type, const char *since,
    unsigned long long *total, struct hs_err *e)
{
	const struct search s = last_ones(type, since, 1);
	cJSON *j;

	if (ask_document(api, AT_SEARCH, type, &s, &j, e) < 0)
		return -1;
	int r = read_total(j, total, e);
	cJSON_Delete(j);
	return r;
}

/* The count of the type in one of the arrays. */
static bool
find_usage(const cJSON *types, const char *id, unsigned long long *total)
{
	const cJSON *one;

	cJSON_ArrayForEach(one, types)
	{
		const cJSON *n = cJSON_GetObjectItemCaseSensitive(one, "usage");

		if (strcmp(ask_text(one, "objectTypeId"), id) != 0 ||
		    !cJSON_IsNumber(n) || n->valuedouble < 0 ||
		    n->valuedouble >= 1e15)
			continue;
		*total = (unsigned long long)n->valuedouble;
		return true;
	}
	return false;
}

bool
lookup_usage(struct session *api, const char *type, unsigned long long *total)
{
	const char *id = hs_object_standard(type);
	int refused = api->refused;
	struct hs_err ignored;
	cJSON *j = NULL;

	if (ask_document(api, AT_COUNTS, NULL, NULL, &j, &ignored) < 0) {
		api->refused = refused;
		return false;
	}
	const cJSON *customs = cJSON_GetObjectItemCaseSensitive(
	    cJSON_GetObjectItemCaseSensitive(j, "customObjectTypes"),
	    "byObjectType");
	const cJSON *standard =
	    cJSON_GetObjectItemCaseSensitive(j, "hubspotDefinedObjectTypes");
	bool found = find_usage(standard, id ? id : type, total) ||
		     find_usage(customs, id ? id : type, total);
	cJSON_Delete(j);
	return found;
}

static int
range_done(struct call *c, struct hs_err *e)
{
	struct lookup_range *r = c->owner;
	cJSON *j = ask_read(&c->request.body, e);
	const cJSON *results = cJSON_GetObjectItemCaseSensitive(j, "results");

	r->known = j && read_total(j, &r->total, e) == 0;
	uint64_t least;

	seen_number(hs_span_str(ask_text(cJSON_GetArrayItem(results, 0), "id")),
	    &r->greatest);
	if (cJSON_GetArraySize(results) == LOOKUP_TAIL &&
	    seen_number(
		hs_span_str(ask_text(results->child->prev, "id")), &least) &&
	    least < r->greatest)
		r->tail = r->greatest - least;
	cJSON_Delete(j);
	return 0;
}

static int
range_failed(struct call *c, struct hs_err *e)
{
	(void)c;
	(void)e;
	return 0;
}

static int
range_make(struct call *c)
{
	struct lookup_range *r = c->owner;
	const struct search s = last_ones(r->type, NULL, LOOKUP_TAIL);

	c->mine = search_body(&c->body, &s, r->api->form.out);
	return c->body.failed ? -1 : 0;
}

int
lookup_range_post(struct session *api, struct lookup_range *r, const char *type)
{
	struct call *c = &r->call;

	r->asked = true;
	r->api = api;
	r->type = type;
	c->owner = r;
	endpoint_url(api, &c->url, AT_SEARCH, type, NULL);
	if (range_make(c) < 0 || c->url.failed)
		return -1;
	c->post = c->search = c->once = true;
	c->request.most = ASK_BYTES;
	c->done = range_done;
	c->failed = range_failed;
	c->remake = range_make;
	session_post(api, c);
	return 0;
}

int
lookup_daily(struct session *api, long *limit, long *used, struct hs_err *e)
{
	const cJSON *one;
	cJSON *j;

	*limit = *used = -1;
	if (ask_document(api, AT_DAILY, NULL, NULL, &j, e) < 0)
		return -1;
	cJSON_ArrayForEach(one, cJSON_GetObjectItemCaseSensitive(j, "results"))
	{
		const cJSON *max =
		    cJSON_GetObjectItemCaseSensitive(one, "usageLimit");
		const cJSON *now =
		    cJSON_GetObjectItemCaseSensitive(one, "currentUsage");
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

		snprintf(item, sizeof item, "custom:%.60s (%.20s)",
		    ask_text(one, "name"), ask_text(one, "objectTypeId"));
		append(text, size, item);
	}
}

void
lookup_customs(struct session *api, char *text, size_t size)
{
	long patience = api->options.retry_time;
	cJSON *j = NULL;
	struct hs_err ignored;

	/* This explains an error: without waiting, or not at all. */
	api->options.retry_time = 0;
	if (ask_list(
		api, hs_object_kind_of("schemas"), NULL, "", &j, &ignored) == 0)
		list_customs(j, text, size);
	api->options.retry_time = patience;
	cJSON_Delete(j);
}

/* Whether a name means the schema; way 0 is the strictest of three. */
static bool
matches(const cJSON *schema, const char *name, int way)
{
	const cJSON *labels =
	    cJSON_GetObjectItemCaseSensitive(schema, "labels");

	switch (way) {
	case 0: return strcmp(ask_text(schema, "name"), name) == 0;
	case 1: return strcasecmp(ask_text(schema, "name"), name) == 0;
	default: return strcasecmp(ask_text(labels, "plural"), name) == 0;
	}
}

static int
several(const cJSON *schemas, const char *name, int way, struct hs_err *e)
{
	char text[1024] = "";
	const cJSON *one;

	cJSON_ArrayForEach(one, schemas) if (matches(one, name, way))
	    append(text, sizeof text, ask_text(one, "objectTypeId"));
	return hs_err_set(e, HS_NOOBJECT,
	    "custom object %s: several have that name: %s; ask for one of "
	    "these ids",
	    name, text);
}

static int
none(const cJSON *schemas, const char *name, struct hs_err *e)
{
	char text[1500] = "";

	list_customs(schemas, text, sizeof text);
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
			if (found)
				return several(schemas, *name, way, e);
			found = one;
		}
		if (!found)
			continue;
		if (!hs_object_exact(ask_text(found, "objectTypeId")))
			return hs_err_set(e, HS_PROTOCOL,
			    "schemas: object %s has no objectTypeId", *name);
		id = strdup(ask_text(found, "objectTypeId"));
		if (!id)
			return hs_err_mem(e, "object");
		free(*name);
		*name = id;
		return 0;
	}
	return none(schemas, *name, e);
}

int
lookup_type(struct session *api, struct hs_object *o, struct hs_err *e)
{
	cJSON *schemas = NULL;
	int r = 0;

	for (size_t i = 0; i <= o->assocs && r == 0; i++) {
		char **name = i == 0 ? &o->type : &o->assoc[i - 1];
		bool custom = i == 0 ? o->custom
				     : o->assoc_custom[i - 1] ||
					   !hs_object_standard(*name);

		if (!*name || !custom || hs_object_exact(*name))
			continue;
		if (!schemas)
			r = ask_list(api, hs_object_kind_of("schemas"), NULL,
			    "", &schemas, e);
		if (r == 0)
			r = look_up(schemas, name, e);
	}
	cJSON_Delete(schemas);
	return r;
}
