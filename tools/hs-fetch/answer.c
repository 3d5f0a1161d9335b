/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Reading an answer with results, in one pass and without copies. */
#include "answer.h"

#include <stdlib.h>
#include <string.h>

#include "scan.h"
#include "seen.h"

static void *
grown(void *v, size_t *cap, size_t n, size_t size)
{
	size_t want = *cap ? *cap * 2 : 128;
	void *more;

	if (n < *cap)
		return v;
	more = reallocarray(v, want, size);
	if (more)
		*cap = want;
	return more;
}

/* The association's value at which s stands: notes it when its own paging
 * has a next page. */
static int
association(struct answer *l, struct hs_scan *s, struct hs_span key)
{
	struct hs_span name, value, v;
	bool more = false;
	int r;

	hs_scan_peek(s);
	value.p = s->p;
	if (hs_scan_peek(s) != '{')
		return hs_scan_value(s, NULL);
	if (hs_scan_enter(s, '{') < 0)
		return -1;
	while ((r = hs_scan_member(s, &name)) > 0) {
		if (hs_scan_value(s, &v) < 0)
			return -1;
		if (hs_scan_is(name, "paging"))
			more = memmem(v.p, v.len, "\"after\"", 7) != NULL;
	}
	if (r < 0 || !more)
		return r;
	value.len = (size_t)(s->p - value.p);
	struct partial *o =
	    grown(l->over, &l->over_cap, l->overs, sizeof *l->over);
	if (!o)
		return hs_scan_fail(s, hs_scan_nomem);
	l->over = o;
	l->over[l->overs++] = (struct partial){key, value};
	return 0;
}

static int
associations(struct answer *l, struct hs_scan *s)
{
	struct hs_span key;
	int r;

	if (hs_scan_peek(s) != '{')
		return hs_scan_value(s, NULL);
	if (hs_scan_enter(s, '{') < 0)
		return -1;
	while ((r = hs_scan_member(s, &key)) > 0)
		if (association(l, s, key) < 0)
			return -1;
	return r;
}

/* An id is a string; a bare number is taken for one. */
static void
take_id(struct item *it, struct hs_span value)
{
	if (!hs_scan_inner(value, &it->id) && value.p[0] != 'n' &&
	    value.p[0] != '{' && value.p[0] != '[')
		it->id = value;
	it->numeric = seen_number(it->id, &it->number);
}

static int
record(struct answer *l, struct hs_scan *s, bool need_id)
{
	struct item it = {.over = l->overs}, *items;
	struct hs_span key, value;
	int r;

	if (hs_scan_peek(s) != '{')
		return hs_scan_fail(s, "a record is not an object");
	it.text.p = s->p;
	if (hs_scan_enter(s, '{') < 0)
		return -1;
	while ((r = hs_scan_member(s, &key)) > 0) {
		if (key.len == 12 && hs_scan_is(key, "associations")) {
			if (associations(l, s) < 0)
				return -1;
			continue;
		}
		/* Most of a page; the keys are those of the record before. */
		if (key.len == 10 && hs_span_is(key, "properties") &&
		    hs_scan_peek(s) == '{') {
			hs_members_clear(&l->properties);
			if (hs_scan_members(s, &l->properties) < 0)
				return -1;
			continue;
		}
		if (hs_scan_value(s, &value) < 0)
			return -1;
		if (key.len == 2 && hs_span_is(key, "id"))
			take_id(&it, value);
		else if (key.len == 9 && hs_span_is(key, "updatedAt"))
			hs_scan_inner(value, &it.updated);
	}
	if (r < 0)
		return -1;
	if (need_id && it.id.len == 0)
		return hs_scan_fail(s, "a record has no id");
	if (it.id.len > ID_MAX)
		return hs_scan_fail(s, "a record's id is too long");
	it.text.len = (size_t)(s->p - it.text.p);
	it.overs = l->overs - it.over;
	items = grown(l->item, &l->cap, l->n, sizeof *l->item);
	if (!items)
		return hs_scan_fail(s, hs_scan_nomem);
	l->item = items;
	l->item[l->n++] = it;
	return 0;
}

static int
records(struct answer *l, struct hs_scan *s, bool need_id)
{
	int r;

	if (hs_scan_peek(s) != '[')
		return hs_scan_fail(s, "results is not an array");
	if (hs_scan_enter(s, '[') < 0)
		return -1;
	while ((r = hs_scan_element(s)) > 0)
		if (record(l, s, need_id) < 0)
			return -1;
	return r;
}

/* Goes down paging, next, after; absent or null at any level is the end. */
static int
cursor(struct answer *l, struct hs_scan *s, const char *const *path)
{
	struct hs_span key, value;
	int r;

	if (!*path) {
		if (hs_scan_value(s, &value) < 0)
			return -1;
		l->more = !hs_scan_null(value);
		if (!hs_scan_inner(value, &l->after)) {
			if (strchr("{[tf", value.p[0]) != NULL)
				return hs_scan_fail(s, "after is no cursor");
			l->after = value;
		}
		if (l->more && l->after.len == 0)
			return hs_scan_fail(s, "the cursor is empty");
		return 0;
	}
	if (hs_scan_peek(s) != '{') {
		if (hs_scan_value(s, &value) < 0)
			return -1;
		return hs_scan_null(value)
			   ? 0
			   : hs_scan_fail(s, "paging is not an object");
	}
	if (hs_scan_enter(s, '{') < 0)
		return -1;
	while ((r = hs_scan_member(s, &key)) > 0) {
		r = hs_scan_is(key, *path) ? cursor(l, s, path + 1)
					   : hs_scan_value(s, NULL);
		if (r < 0)
			return -1;
	}
	return r;
}

static int
add_extra(struct answer *l, struct hs_span key, struct hs_span value)
{
	if (hs_buf_puts(&l->extra, ",\"") < 0 ||
	    hs_buf_add(&l->extra, key.p, key.len) < 0 ||
	    hs_buf_puts(&l->extra, "\":") < 0)
		return -1;
	return answer_copy(&l->extra, value, l->lines);
}

/* A member beside results. Those of a batch read's envelope say nothing
 * about the records. */
static int
other(struct answer *l, struct hs_scan *s, struct hs_span key)
{
	static const char *const batch[] = {"status", "startedAt",
	    "completedAt", "requestedAt", "numErrors", "errors", "total",
	    "links", "hs" /* ours */};
	struct hs_span value;

	if (hs_scan_value(s, &value) < 0)
		return -1;
	if (hs_scan_is(key, "status") && hs_span_is(value, "\"error\""))
		return hs_scan_fail(s, "its status is error");
	for (size_t i = 0; i < sizeof batch / sizeof *batch; i++)
		if (hs_scan_is(key, batch[i]))
			return 0;
	return add_extra(l, key, value) < 0 ? hs_scan_fail(s, hs_scan_nomem)
					    : 0;
}

static int
envelope(struct answer *l, struct hs_scan *s, bool need_id)
{
	static const char *const path[] = {"next", "after", NULL};
	bool results = false, paging = false;
	struct hs_span key;
	int r;

	if (hs_scan_peek(s) != '{')
		return hs_scan_fail(s, "not a JSON object");
	if (hs_scan_enter(s, '{') < 0)
		return -1;
	while ((r = hs_scan_member(s, &key)) > 0) {
		if (hs_scan_is(key, "results")) {
			if (results)
				return hs_scan_fail(s, "results twice");
			results = true;
			r = records(l, s, need_id);
		} else if (hs_scan_is(key, "paging")) {
			if (paging)
				return hs_scan_fail(s, "paging twice");
			paging = true;
			r = cursor(l, s, path);
		} else {
			r = other(l, s, key);
		}
		if (r < 0)
			return -1;
	}
	if (r < 0 || hs_scan_end(s) < 0)
		return -1;
	return results ? 0 : hs_scan_fail(s, "the page has no results");
}

struct answer *
answer_read(struct hs_buf *body, bool need_id, struct hs_err *e)
{
	struct answer *l = calloc(1, sizeof *l);
	struct hs_scan s;
	int r;

	if (!l) {
		hs_err_mem(e, "page");
		return NULL;
	}
	l->refs = 1;
	l->body = *body;
	*body = (struct hs_buf){.max = body->max};
	l->lines = l->body.len > 0 &&
		   (memchr(l->body.data, '\n', l->body.len) != NULL ||
		       memchr(l->body.data, '\r', l->body.len) != NULL);
	hs_scan_init(&s, hs_buf_span(&l->body));
	r = envelope(l, &s, need_id);
	hs_members_free(&l->properties);
	if (r == 0)
		return l;
	if (s.why == hs_scan_nomem)
		hs_err_mem(e, "page");
	else
		hs_err_set(e, HS_PROTOCOL,
		    "the answer is no page: byte %zu: %s",
		    (size_t)(s.p - s.start) + 1, s.why);
	answer_free(l);
	return NULL;
}

void
answer_free(struct answer *l)
{
	if (!l || --l->refs > 0)
		return;
	hs_buf_free(&l->body);
	hs_buf_free(&l->extra);
	free(l->item);
	free(l->over);
	free(l->requested);
	free(l);
}

int
answer_copy(struct hs_buf *b, struct hs_span text, bool lines)
{
	const char *p = text.p, *end = p + text.len;

	while (lines && p < end) {
		const char *stop = p;

		while (stop < end && *stop != '\n' && *stop != '\r')
			stop++;
		if (hs_buf_add(b, p, (size_t)(stop - p)) < 0)
			return -1;
		p = stop < end ? stop + 1 : stop;
	}
	return p < end ? hs_buf_add(b, p, (size_t)(end - p)) : 0;
}
