/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Reading an answer with results, in one pass and without copies. */
#include "answer.h"

#include <stdlib.h>
#include <string.h>

#include "grow.h"
#include "seen.h"

bool
answer_id(struct hs_span value, struct hs_span *id)
{
	if (!value.p)
		return false;
	if (hs_scan_inner(value, id))
		return id->len > 0;
	*id = value;
	return *value.p == '-' || (*value.p >= '0' && *value.p <= '9');
}

int
answer_next(struct hs_span paging, struct hs_span *after)
{
	struct hs_span next, value;

	*after = hs_span(NULL, 0);
	if (!paging.p)
		return 0;
	int r = hs_scan_path(paging, "next", &next);
	if (r <= 0)
		return r;
	if (hs_scan_path(next, "after", &value) < 0 || !value.p)
		return -1;
	return answer_id(value, after) ? 1 : -1;
}

/* Whether an association's own paging has a next page. */
static int
has_next(struct hs_scan *s, struct hs_span paging)
{
	struct hs_span next;

	if (!paging.p || hs_scan_null(paging))
		return 0;
	int r = hs_scan_path(paging, "next", &next);
	if (r < 0)
		return hs_scan_fail_at(
		    s, paging.p, "an association's paging is not an object");
	return r;
}

/* The association's value at which s stands: notes it when it is to be read. */
static int
association(struct answer *l, struct hs_scan *s, struct hs_span key)
{
	struct hs_span value, paging;

	if (hs_scan_peek(s) != '{')
		return hs_scan_value(s, NULL);
	value.p = s->p;
	if (hs_scan_pick_one(s, "paging", &paging) < 0)
		return -1;
	value.len = (size_t)(s->p - value.p);
	int r = has_next(s, paging);
	if (r < 0 || (r == 0 && !l->labels))
		return r;
	if (HS_GROW(l->partial, l->partials, l->partial_cap) < 0)
		return hs_scan_fail(s, hs_scan_nomem);
	l->partial[l->partials++] = (struct partial_assoc){key, value};
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

/* A member of a record, behind its key. */
static int
record_member(struct answer *l, struct hs_scan *s, struct item *it,
    struct hs_span key, bool need_id)
{
	struct hs_span value;

	if (key.len == 12 && hs_scan_is(key, "associations"))
		return associations(l, s);
	/* Most of a page; the keys are those of the record before. */
	if (key.len == 10 && hs_span_is(key, "properties") &&
	    hs_scan_peek(s) == '{') {
		hs_members_clear(&l->properties);
		return hs_scan_members(s, &l->properties);
	}
	if (hs_scan_value(s, &value) < 0)
		return -1;
	if (key.len == 2 && hs_span_is(key, "id")) {
		if (!answer_id(value, &it->id))
			it->id = hs_span(NULL, 0);
	} else if (key.len == 9 && hs_span_is(key, "updatedAt")) {
		hs_scan_inner(value, &it->updated);
	} else if (key.len == 10 && hs_span_is(key, "archivedAt")) {
		hs_scan_inner(value, &it->archived);
	} else if (!need_id && it->id.len == 0 &&
		   (hs_scan_is(key, "recordId") || hs_scan_is(key, "listId")) &&
		   !answer_id(value, &it->id)) {
		it->id = hs_span(NULL, 0);
	}
	return 0;
}

static int
record(struct answer *l, struct hs_scan *s, bool need_id)
{
	struct item it = {.partial = l->partials};
	struct hs_span key;
	int r;

	if (hs_scan_peek(s) != '{')
		return hs_scan_fail(s, "a record is not an object");
	it.text.p = s->p;
	if (hs_scan_enter(s, '{') < 0)
		return -1;
	while ((r = hs_scan_member(s, &key)) > 0)
		if (record_member(l, s, &it, key, need_id) < 0)
			return -1;
	if (r < 0)
		return -1;
	if (need_id && it.id.len == 0)
		return hs_scan_fail(s, "a record has no id");
	if (it.id.len > ID_MAX)
		return hs_scan_fail(s, "a record's id is too long");
	it.numeric = seen_number(it.id, &it.number);
	it.text.len = (size_t)(s->p - it.text.p);
	it.partials = l->partials - it.partial;
	if (HS_GROW(l->item, l->n, l->cap) < 0)
		return hs_scan_fail(s, hs_scan_nomem);
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

static int
paging(struct answer *l, struct hs_scan *s)
{
	struct hs_span value;

	if (hs_scan_value(s, &value) < 0)
		return -1;
	int r = answer_next(value, &l->after);
	if (r < 0)
		return hs_scan_fail_at(s, value.p,
		    *value.p == '{' ? "paging names a next page without a "
				      "cursor"
				    : "paging is not an object");
	l->more = r;
	return 0;
}

static void
add_extra(struct answer *l, struct hs_span key, struct hs_span value)
{
	hs_buf_puts(&l->extra, ",\"");
	hs_buf_put(&l->extra, key);
	hs_buf_puts(&l->extra, "\":");
	answer_copy(&l->extra, value, l->lines);
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
	if (hs_scan_is(key, "errors"))
		l->errors = value;
	for (size_t i = 0; i < sizeof batch / sizeof *batch; i++)
		if (hs_scan_is(key, batch[i]))
			return 0;
	add_extra(l, key, value);
	return 0;
}

static int
envelope(struct answer *l, struct hs_scan *s, bool need_id)
{
	bool results = false, paged = false;
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
			if (paged)
				return hs_scan_fail(s, "paging twice");
			paged = true;
			r = paging(l, s);
		} else {
			r = other(l, s, key);
		}
		if (r < 0)
			return -1;
	}
	if (r < 0 || hs_scan_end(s) < 0)
		return -1;
	if (l->extra.failed)
		return hs_scan_fail(s, hs_scan_nomem);
	return results ? 0 : hs_scan_fail(s, "the page has no results");
}

struct answer *
answer_read(struct hs_buf *body, unsigned want, struct hs_err *e)
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
	l->lines =
	    l->body.len > 0 && (memchr(l->body.data, '\n', l->body.len) ||
				   memchr(l->body.data, '\r', l->body.len));
	hs_scan_init(&s, hs_buf_span(&l->body));
	l->labels = want & ANSWER_LABELS;
	r = envelope(l, &s, want & ANSWER_IDS);
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
	free(l->partial);
	free(l->requested);
	free(l);
}

void
answer_copy(struct hs_buf *b, struct hs_span text, bool lines)
{
	const char *p = text.p, *end = p + text.len;

	while (lines && p < end) {
		const char *stop = p;

		while (stop < end && *stop != '\n' && *stop != '\r')
			stop++;
		hs_buf_add(b, p, (size_t)(stop - p));
		p = stop < end ? stop + 1 : stop;
	}
	if (p < end)
		hs_buf_add(b, p, (size_t)(end - p));
}
