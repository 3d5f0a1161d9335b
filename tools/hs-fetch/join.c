/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* A page's text, put together from its records' parts. */
#include "hash.h"
#include "json.h"
#include "parts.h"
#include "words.h"
#include "since.h"

static void
put_key(struct hs_buf *b, bool *first, struct hs_span key)
{
	hs_buf_puts(b, *first ? "{\"" : ",\"");
	hs_buf_put(b, key);
	hs_buf_puts(b, "\":");
	*first = false;
}

/* The object's end; also of one without members. */
static void
put_end(struct hs_buf *b, bool first)
{
	hs_buf_puts(b, first ? "{}" : "}");
}

/* An association with all of its results, no longer paged. */
static void
put_whole(struct hs_buf *b, struct hs_span value, const struct hs_buf *results,
    bool lines)
{
	struct hs_scan s;
	struct hs_span key, v;
	bool first = false;

	hs_buf_puts(b, "{\"results\":[");
	hs_buf_put(b, hs_buf_span(results));
	hs_buf_puts(b, "]");
	hs_scan_init(&s, value);
	hs_scan_enter(&s, '{');
	while (hs_scan_pair(&s, &key, &v) > 0) {
		if (hs_scan_is(key, "results") || hs_scan_is(key, "paging"))
			continue;
		put_key(b, &first, key);
		answer_copy(b, v, lines);
	}
	hs_buf_puts(b, "}");
}

/* What was read of the association besides its inline page; or NULL. */
static const struct hs_buf *
joined(const struct cell *c, struct hs_span key)
{
	const struct partial_assoc *a = c->src->partial + c->item->partial;

	for (size_t k = 0; c->joined && k < c->item->partials; k++)
		if (a[k].key.p == key.p)
			return &c->joined[k];
	return NULL;
}

static void
put_associations(struct hs_buf *b, const struct cell *c, struct hs_span value)
{
	bool first = true, lines = c->src->lines;
	struct hs_scan s;
	struct hs_span key, v;

	hs_scan_init(&s, value);
	hs_scan_enter(&s, '{');
	while (hs_scan_pair(&s, &key, &v) > 0) {
		const struct hs_buf *results = joined(c, key);

		put_key(b, &first, key);
		if (results)
			put_whole(b, v, results, lines);
		else
			answer_copy(b, v, lines);
	}
	put_end(b, first);
}

/* The associations of a record that the search showed without them. */
static void
put_named(struct hs_buf *b, bool *first, const struct cell *c, struct fetch *f)
{
	const struct hs_object *o = f->o->object;
	bool none = true;

	for (size_t k = 0; k < o->assocs; k++) {
		const char *key = f->naming[k].key;

		if (c->joined[k].len == 0)
			continue;
		if (none)
			put_key(b, first, HS_SPAN("associations"));
		put_key(b, &none, hs_span_str(key ? key : o->assoc[k]));
		hs_buf_puts(b, "{\"results\":[");
		hs_buf_put(b, hs_buf_span(&c->joined[k]));
		hs_buf_puts(b, "]}");
	}
	if (!none)
		put_end(b, false);
}

/* Reads the members of an object that has been read before. */
static int
read_members(struct members *m, struct hs_span object, struct hs_err *e)
{
	struct hs_scan s;

	hs_members_clear(&m->list);
	hs_index_clear(&m->by_key);
	if (!object.p)
		return 0;
	hs_scan_init(&s, object);
	if (hs_scan_members(&s, &m->list) < 0)
		return hs_scan_error(&s, 1, e);
	for (size_t i = 0; i < m->list.n; i++)
		if (hs_index_add(&m->by_key, hs_hash(m->list.v[i].key), i) < 0)
			return hs_err_mem(e, "page");
	return 0;
}

static const struct hs_member *
member(const struct members *m, struct hs_span key)
{
	uint64_t h = hs_hash(key);
	size_t at, step = 0;

	while ((at = hs_index_next(&m->by_key, h, &step)) != HS_INDEX_NONE)
		if (hs_span_eq(m->list.v[at].key, key))
			return &m->list.v[at];
	return NULL;
}

/* A record of two parts: the list's members, with the batch's values where
 * it has them, then what only the batch has; but the associations are the
 * list's, since a batch knows none. */
static int
put_joined(struct hs_buf *b, const struct cell *c, struct fetch *f)
{
	struct members *old = &f->members[0], *new = &f->members[1];
	bool first = true;

	if (read_members(old, c->item->text, f->e) < 0 ||
	    read_members(new, c->batch, f->e) < 0)
		return -1;
	for (size_t i = 0; i < old->list.n; i++) {
		const struct hs_member *m = &old->list.v[i];
		const struct hs_member *newer = member(new, m->key);
		bool linked = hs_scan_is(m->key, "associations");

		put_key(b, &first, m->key);
		if (linked && c->joined)
			put_associations(b, c, m->value);
		else if (newer && !linked)
			answer_copy(b, newer->value, c->batch_lines);
		else
			answer_copy(b, m->value, c->src->lines);
	}
	for (size_t i = 0; i < new->list.n; i++) {
		const struct hs_member *m = &new->list.v[i];

		if (member(old, m->key) || hs_scan_is(m->key, "associations"))
			continue;
		put_key(b, &first, m->key);
		answer_copy(b, m->value, c->batch_lines);
	}
	if (f->naming && c->joined)
		put_named(b, &first, c, f);
	put_end(b, first);
	return 0;
}

static int
put_records(struct hs_buf *b, struct page *pg)
{
	const char *comma = "";

	for (size_t i = 0; i < pg->n; i++) {
		const struct cell *c = &pg->cell[i];

		if (c->gone)
			continue;
		hs_buf_puts(b, comma);
		comma = ",";
		if (!c->batch.p && !c->joined)
			answer_copy(b, c->item->text, c->src->lines);
		else if (put_joined(b, c, pg->f) < 0)
			return -1;
		pg->f->p->records++;
	}
	return 0;
}

int
join_page(struct page *pg, struct hs_buf *b)
{
	size_t before = b->len;
	char mark[SINCE_SIZE];

	hs_buf_puts(b, "{\"results\":[");
	if (put_records(b, pg) < 0)
		return -1;
	hs_buf_puts(b, "]");
	if (pg->after) {
		hs_buf_puts(b, ",\"paging\":{\"next\":{\"after\":\"");
		hs_buf_puts(b, pg->after);
		hs_buf_puts(b, "\"}}");
	}
	hs_buf_put(b, hs_buf_span(&pg->extra));
	hs_buf_puts(b, ",\"hs\":{\"object\":");
	hs_json_string(b, hs_span_str(pg->f->o->label));
	hs_buf_printf(b, ",\"page\":%llu,\"request\":\"%s\"", pg->number,
	    pg->f->o->request);
	if (pg->f->o->since)
		hs_buf_printf(b, ",\"since\":\"%s\"", pg->f->o->since);
	if (pg->f->o->mark) {
		since_write(list_began(pg->f->api, pg->f->o), mark);
		hs_buf_printf(b, ",\"mark\":\"%s\"", mark);
	}
	hs_buf_puts(b, "}}\n");
	if (hs_buf_check(b, pg->f->e, "page") < 0)
		return -1;
	pg->f->p->bytes = b->len - before;
	return 0;
}
