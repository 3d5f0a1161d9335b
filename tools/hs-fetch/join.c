/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* A page's text, put together from its records' parts. */
#include "parts.h"

#include "json.h"

/* The line being written.  A failure sticks, so that only the end needs to
 * look. */
struct text {
	struct hs_buf *b;
	int r;
};

static void
put(struct text *t, const char *p, size_t n)
{
	if (t->r == 0)
		t->r = hs_buf_add(t->b, p, n);
}

static void
put_str(struct text *t, const char *s)
{
	put(t, s, strlen(s));
}

static void
put_json(struct text *t, struct hs_span json, bool lines)
{
	if (t->r == 0)
		t->r = answer_copy(t->b, json, lines);
}

static void
put_key(struct text *t, bool *first, struct hs_span key)
{
	put_str(t, *first ? "{\"" : ",\"");
	put(t, key.p, key.len);
	put_str(t, "\":");
	*first = false;
}

/* The object's end; also of one without members. */
static void
put_end(struct text *t, bool first)
{
	put_str(t, first ? "{}" : "}");
}

/* Goes through the members of an object that has been read before. */
static void
open_object(struct hs_scan *s, struct hs_span object)
{
	hs_scan_init(s, object);
	hs_scan_enter(s, '{');
}

/* An association with all of its results, no longer paged. */
static void
put_whole(struct text *t, struct hs_span value, const struct hs_buf *results,
    bool lines)
{
	struct hs_scan s;
	struct hs_span key, v;

	put_str(t, "{\"results\":[");
	put(t, results->data, results->len);
	put_str(t, "]");
	open_object(&s, value);
	while (hs_scan_member(&s, &key) > 0 && hs_scan_value(&s, &v) == 0) {
		bool first = false;

		if (hs_scan_is(key, "results") || hs_scan_is(key, "paging"))
			continue;
		put_key(t, &first, key);
		put_json(t, v, lines);
	}
	put_str(t, "}");
}

/* What was read of the association besides its inline page; or NULL. */
static const struct hs_buf *
joined(const struct cell *c, struct hs_span key)
{
	const struct partial *o = c->src->over + c->item->over;

	for (size_t k = 0; c->joined && k < c->item->overs; k++)
		if (o[k].key.p == key.p)
			return &c->joined[k];
	return NULL;
}

static void
put_associations(struct text *t, const struct cell *c, struct hs_span value)
{
	bool first = true, lines = c->src->lines;
	struct hs_scan s;
	struct hs_span key, v;

	open_object(&s, value);
	while (hs_scan_member(&s, &key) > 0 && hs_scan_value(&s, &v) == 0) {
		const struct hs_buf *results = joined(c, key);

		put_key(t, &first, key);
		if (results)
			put_whole(t, v, results, lines);
		else
			put_json(t, v, lines);
	}
	put_end(t, first);
}

static int
members_of(struct hs_span object, struct hs_members *m)
{
	struct hs_scan s;

	m->n = 0;
	if (!object.p)
		return 0;
	hs_scan_init(&s, object);
	return hs_scan_members(&s, m);
}

static const struct hs_member *
member(const struct hs_members *m, struct hs_span key)
{
	for (size_t i = 0; i < m->n; i++)
		if (hs_span_eq(m->v[i].key, key))
			return &m->v[i];
	return NULL;
}

/* A record of two parts: the list's members, with the batch's values where
 * it has them, then what only the batch has; but the associations are the
 * list's, since a batch knows none. */
static void
put_joined(struct text *t, const struct cell *c, struct hs_members m[2])
{
	bool first = true;

	if (members_of(c->item->text, &m[0]) < 0 ||
	    members_of(c->batch, &m[1]) < 0) {
		t->r = -1;
		return;
	}
	for (size_t i = 0; i < m[0].n; i++) {
		struct hs_span key = m[0].v[i].key;
		const struct hs_member *new = member(&m[1], key);
		bool linked = hs_scan_is(key, "associations");

		put_key(t, &first, key);
		if (linked && c->joined)
			put_associations(t, c, m[0].v[i].value);
		else if (new && !linked)
			put_json(t, new->value, c->batch_lines);
		else
			put_json(t, m[0].v[i].value, c->src->lines);
	}
	for (size_t i = 0; i < m[1].n; i++) {
		if (member(&m[0], m[1].v[i].key) != NULL ||
		    hs_scan_is(m[1].v[i].key, "associations"))
			continue;
		put_key(t, &first, m[1].v[i].key);
		put_json(t, m[1].v[i].value, c->batch_lines);
	}
	put_end(t, first);
}

static void
put_records(struct text *t, struct page *pg)
{
	bool first = true;

	for (size_t i = 0; i < pg->n; i++) {
		const struct cell *c = &pg->cell[i];

		if (c->gone)
			continue;
		if (!first)
			put_str(t, ",");
		first = false;
		if (!c->batch.p && !c->joined)
			put_json(t, c->item->text, c->src->lines);
		else
			put_joined(t, c, pg->f->members);
		pg->f->p->records++;
	}
}

int
join_page(struct page *pg, struct hs_buf *b)
{
	struct text t = {b, 0};
	size_t before = b->len;

	put_str(&t, "{\"results\":[");
	put_records(&t, pg);
	put_str(&t, "]");
	if (pg->after) {
		put_str(&t, ",\"paging\":{\"next\":{\"after\":\"");
		put_str(&t, pg->after);
		put_str(&t, "\"}}");
	}
	put(&t, pg->extra.data, pg->extra.len);
	put_str(&t, ",\"hs\":{\"object\":");
	if (t.r == 0)
		t.r = hs_json_string(b, hs_span_str(pg->f->o->label));
	if (t.r == 0)
		t.r = hs_buf_printf(b, ",\"page\":%llu,\"request\":\"%s\"}}\n",
		    pg->number, pg->f->o->request);
	if (t.r < 0)
		return hs_err_mem(pg->f->e, "page");
	pg->f->p->bytes = b->len - before;
	return 0;
}
