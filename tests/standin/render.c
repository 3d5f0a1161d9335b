/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Records as JSON. */
#include "render.h"

#include <stdlib.h>
#include <string.h>

#include "assoc.h"
#include "auth.h"
#include "bytes.h"
#include "serve.h"
#include "server.h"

#define ARCHIVED_AFTER 3600000LL
#define VERSION_MS 86400000LL

static bool
view_add_type(
    struct view *v, struct request *r, struct answer *a, const char *name)
{
	if (*name == '\0')
		return true;
	struct type *t = request_type(r, a, name);
	if (t == NULL || !auth_type(r, a, t, false))
		return false;
	for (size_t i = 0; i < v->nto; i++)
		if (v->to[i] == t)
			return true;
	v->to[v->nto++] = t;
	return true;
}

bool
view_make(struct view *v, struct request *r, struct answer *a,
    const struct type *t, const char *props, const char *history,
    const char *associations)
{
	*v = (struct view){.with_history = history != NULL,
	    .dated = r->route.dated,
	    .rules = &r->server->rules};
	if (associations != NULL) {
		char *copy = strdup(associations), *rest = copy, *name;
		bool good = true;
		while (good && (name = strsep(&rest, ",")) != NULL)
			good = view_add_type(v, r, a, name);
		free(copy);
		if (!good)
			return false;
	}
	selection_make(&v->props, t, props, 0);
	if (history != NULL)
		selection_make(&v->history, t, history, 1);
	for (size_t i = 0; i < v->props.n; i++) {
		unsigned degree = v->props.at[i]->sensitive;
		if (degree > 0 && !auth_sensitive(r, a, t, degree))
			return false;
	}
	request_weigh(r, v->props.asked + v->history.asked);
	return true;
}

void
view_free(struct view *v)
{
	selection_free(&v->props);
	selection_free(&v->history);
}

static inline uint64_t
value_hash(const struct record *r, const struct property *p)
{
	return mix(r->seed ^ p->seed);
}

static void
add_version(struct bytes *b, const struct record *r, const struct property *p,
    unsigned back)
{
	uint64_t h = mix(value_hash(r, p) + back);
	struct bytes value = {0};

	value_add(&value, p->value, back ? h : value_hash(r, p), &r->facts);
	bytes_lit(b, "{\"value\":");
	if (value.at[0] == 'n')
		bytes_lit(b, "\"\"");
	else
		bytes_add(b, value.at, value.len);
	bytes_free(&value);
	bytes_lit(b, ",\"timestamp\":\"");
	value_add_time(b, r->facts.updated - back * VERSION_MS);
	if (h >> 33 & 1)
		bytes_lit(b, "\",\"sourceType\":\"CRM_UI\",\"sourceId\":"
			     "\"userId:12345\",\"updatedByUserId\":12345}");
	else
		bytes_lit(b,
		    "\",\"sourceType\":\"IMPORT\",\"sourceId\":\"778\","
		    "\"sourceLabel\":\"list \\\"A\\\"\"}");
}

static void
add_history(struct bytes *b, const struct record *r, const struct view *v)
{
	bytes_lit(b, ",\"propertiesWithHistory\":{");
	for (size_t i = 0; i < v->history.n; i++) {
		const struct property *p = v->history.at[i];
		unsigned n = 1 + (unsigned)(value_hash(r, p) >> 40) % 3;
		bytes_add(b, p->key + (i == 0), p->key_len - (i == 0));
		bytes_char(b, '[');
		for (unsigned back = 0; back < n; back++) {
			if (back > 0)
				bytes_char(b, ',');
			add_version(b, r, p, back);
		}
		bytes_char(b, ']');
	}
	bytes_char(b, '}');
}

static void
add_moments(struct bytes *b, const struct record *r)
{
	bytes_lit(b, ",\"createdAt\":\"");
	value_add_time(b, r->facts.created);
	bytes_lit(b, "\",\"updatedAt\":\"");
	value_add_time(b, r->facts.updated);
	if (!r->archived) {
		bytes_lit(b, "\",\"archived\":false");
		return;
	}
	bytes_lit(b, "\",\"archived\":true,\"archivedAt\":\"");
	value_add_time(b, r->facts.updated + ARCHIVED_AFTER);
	bytes_char(b, '"');
}

void
render(struct bytes *b, const struct record *r, const struct view *v)
{
	bytes_lit(b, "{\"id\":\"");
	id_add(b, r->facts.id, r->facts.text_id);
	bytes_lit(b, "\",\"properties\":{");
	for (size_t i = 0; i < v->props.n; i++) {
		const struct property *p = v->props.at[i];
		bytes_add(b, p->key + (i == 0), p->key_len - (i == 0));
		value_add(b, p->value, value_hash(r, p), &r->facts);
	}
	bytes_char(b, '}');
	if (v->with_history)
		add_history(b, r, v);
	add_moments(b, r);
	links_inline(b, v->rules, r, v->to, v->nto,
	    v->dated ? "objects/2026-09" : "v3/objects");
	if (v->dated) {
		bytes_lit(b, ",\"url\":\"https://app.hubspot.com/contacts/");
		bytes_num(b, PORTAL_ID, 1);
		bytes_lit(b, "/record/");
		bytes_str(b, r->type->id);
		bytes_char(b, '/');
		id_add(b, r->facts.id, r->facts.text_id);
		bytes_char(b, '"');
	}
	bytes_char(b, '}');
}
