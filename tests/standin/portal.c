/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* The deterministic portal: ids, indexes and versions of records. */
#include "portal.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "properties.h"
#include "types.h"

#define YEAR_MS (365 * 86400000LL)
#define FIRST_MS 1420070400000LL /* 2015-01-01 */

void
portal_init(struct portal *p)
{
	*p = (struct portal){.seed = 1, .owners = 130};
	pthread_mutex_init(&p->lock, NULL);
	types_add_standard(p);
	types_add_custom(p);
}

static int
parse_number(const char *s, uint64_t max, uint64_t *n)
{
	char *end;

	if (!isdigit((unsigned char)*s))
		return -1;
	*n = strtoull(s, &end, 10);
	return *end == '\0' && *n <= max ? 0 : -1;
}

/* The setting of type=setting, or NULL if there's no such type; type is NULL
 * when there's a setting alone. */
static const char *
split_setting(struct portal *p, const char *text, struct type **type)
{
	const char *is = strchr(text, '=');

	*type = NULL;
	if (is == NULL)
		return text;
	char *name = strndup(text, (size_t)(is - text));
	*type = portal_type(p, name);
	for (size_t i = 0; *type == NULL && i < p->ntypes; i++)
		if (strcmp(p->types[i].name, name) == 0)
			*type = &p->types[i];
	free(name);
	return *type == NULL ? NULL : is + 1;
}

static int
parse_setting(struct portal *p, const char *text, uint64_t max,
    struct type **type, uint64_t *n)
{
	const char *number = split_setting(p, text, type);

	return number == NULL ? -1 : parse_number(number, max, n);
}

int
portal_set_records(struct portal *p, const char *text)
{
	struct type *type;
	uint64_t n;

	if (parse_setting(p, text, 1000000000, &type, &n) != 0)
		return -1;
	for (size_t i = 0; i < p->ntypes; i++)
		if (type == NULL || type == &p->types[i])
			p->types[i].count = n;
	return 0;
}

int
portal_set_ids(struct portal *p, const char *text)
{
	struct type *type;
	enum ids_pattern pattern;
	const char *name = split_setting(p, text, &type);

	if (name == NULL || ids_read(&pattern, name) != 0)
		return -1;
	for (size_t i = 0; i < p->ntypes; i++)
		if (type == NULL || type == &p->types[i])
			p->types[i].pattern = pattern;
	return 0;
}

int
portal_set_properties(struct portal *p, const char *text)
{
	struct type *type;
	uint64_t n;

	if (parse_setting(p, text, 20000, &type, &n) != 0)
		return -1;
	for (size_t i = 0; i < p->ntypes; i++) {
		struct type *t = &p->types[i];
		if (type == t || (type == NULL && (t->many || t->custom)))
			t->nprops = n;
	}
	return 0;
}

int
portal_add_absence(struct portal *p, const char *text, bool until)
{
	struct type *type;
	struct absence *a = &p->absences[p->nabsences];
	const char *rest = split_setting(p, text, &type);
	char *numbers, *at, *after, *first;
	int status = -1;

	if (rest == NULL || p->nabsences == 16)
		return -1;
	at = numbers = strdup(rest);
	after = strsep(&at, ":");
	first = at ? strsep(&at, "-") : NULL;
	if (first != NULL && parse_number(after, UINT64_MAX, &a->after) == 0 &&
	    parse_number(first, UINT64_MAX, &a->first) == 0)
		status = parse_number(at ? at : first, UINT64_MAX, &a->last);
	free(numbers);
	a->type = type;
	a->until = until;
	p->nabsences += status == 0;
	return status;
}

int
portal_add_custom(struct portal *p, const char *text)
{
	const char *is = strchr(text, '=');
	char id[32];
	uint64_t n = 0;

	if (is == text || (is && parse_number(is + 1, 1000000000, &n) != 0))
		return -1;
	char *name = is ? strndup(text, (size_t)(is - text)) : strdup(text);
	snprintf(id, sizeof(id), "2-%zu", 3000 + p->ntypes);
	struct type *t = types_add(p, name, id, name, name, n);
	free(name);
	return t == NULL ? -1 : 0;
}

void
portal_finish(struct portal *p)
{
	value_init(p->odd_text);
	for (size_t i = 0; i < p->ntypes; i++) {
		struct type *t = &p->types[i];
		t->seed = mix(p->seed ^ hash_text(t->id));
		t->archived = t->count ? t->count / 20 + 3 : 0;
		ids_make(t);
		properties_make(t, p->name_length, p->sensitive);
	}
}

void
portal_free(struct portal *p)
{
	for (size_t i = 0; i < p->ntypes; i++) {
		struct type *t = &p->types[i];
		ids_free(t);
		properties_free(t);
		free((void *)t->name);
		free((void *)t->singular);
		free((void *)t->id);
		free((void *)t->qualified);
		free((void *)t->label);
		free((void *)t->labels);
	}
	pthread_mutex_destroy(&p->lock);
}

struct type *
portal_type(struct portal *p, const char *name)
{
	for (size_t i = 0; i < p->ntypes; i++) {
		struct type *t = &p->types[i];
		if (strcmp(t->id, name) == 0)
			return t;
		if (t->custom && strcmp(t->qualified, name) == 0)
			return t;
		if (!t->custom && (strcmp(t->name, name) == 0 ||
				      strcmp(t->singular, name) == 0))
			return t;
	}
	return NULL;
}

const struct property *
type_property(const struct type *t, const char *name)
{
	size_t low = 0, high = t->nprops;

	while (low < high) {
		size_t middle = (low + high) / 2;
		int order = strcmp(name, t->props[middle].name);
		if (order == 0)
			return &t->props[middle];
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

static unsigned
version_of(struct portal *p, const struct type *t, uint64_t id)
{
	unsigned version = 0;

	if (p->nchanges == 0)
		return 0;
	pthread_mutex_lock(&p->lock);
	for (size_t i = 0; i < p->nchanges; i++)
		if (p->changes[i].type == t && p->changes[i].id == id)
			version = p->changes[i].version;
	pthread_mutex_unlock(&p->lock);
	return version;
}

void
record_at(struct portal *p, const struct type *t, uint64_t index, bool archived,
    struct record *r)
{
	uint64_t id = type_id(t, index, archived);
	unsigned version = version_of(p, t, id);
	uint64_t h = mix(t->seed ^ mix(id));

	*r = (struct record){.type = t,
	    .index = index,
	    .archived = archived,
	    .version = version,
	    .seed = mix(h + version)};
	r->facts.id = id;
	r->facts.text_id = ids_are_texts(t);
	r->facts.created = FIRST_MS + (int64_t)(h % (8 * YEAR_MS));
	r->facts.updated = r->facts.created + (int64_t)((h >> 20) % YEAR_MS);
	if (h >> 62 == 0)
		r->facts.created -= r->facts.created % 1000;
	r->facts.updated += version * 1000LL;
}

void
portal_turn(struct portal *p, const struct type *t)
{
	for (size_t i = 0; i < p->nabsences; i++)
		if (p->absences[i].type == NULL || p->absences[i].type == t)
			p->absences[i].pages++;
}

bool
record_absent(const struct portal *p, const struct type *t, uint64_t index)
{
	for (size_t i = 0; i < p->nabsences; i++) {
		const struct absence *a = &p->absences[i];
		if ((a->type == NULL || a->type == t) && index >= a->first &&
		    index <= a->last && (a->pages > a->after) != a->until)
			return true;
	}
	return false;
}

bool
record_find(struct portal *p, const struct type *t, const char *text,
    bool archived, struct record *r)
{
	uint64_t id;

	if (!id_read(t, text, &id))
		return false;
	uint64_t index = type_index(t, id, archived);
	if (index >= type_count(t, archived) ||
	    type_id(t, index, archived) != id ||
	    (!archived && record_absent(p, t, index)))
		return false;
	record_at(p, t, index, archived, r);
	return true;
}

void
record_change(struct portal *p, const struct record *r)
{
	size_t max = sizeof(p->changes) / sizeof(p->changes[0]);

	pthread_mutex_lock(&p->lock);
	size_t n = p->nchanges < max ? p->nchanges++ : max - 1;
	p->changes[n] = (struct change){r->type, r->facts.id, r->version + 1};
	pthread_mutex_unlock(&p->lock);
}
