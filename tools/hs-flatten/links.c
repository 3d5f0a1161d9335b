/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* One record's associations under one key. */
#include "links.h"

#include <stdlib.h>

#include "grow.h"

/* So many links are compared one by one.  Few records have more. */
#define FEW 16

static const char too_many[] =
    "a record has more than a million associations of one kind";

/* A link's id, type and label, by which it is told from others. */
static struct hs_span
whole(const struct links *l, size_t i)
{
	return hs_span(l->text.data + l->v[i].at, l->v[i].len);
}

static int
index_all(struct links *l)
{
	for (size_t i = 0; i < l->n; i++)
		if (hs_index_add(&l->index, hs_hash(whole(l, i)), i) < 0)
			return -1;
	return 0;
}

/* Whether a link equals the one behind the last: 1 or 0. */
static int
is_known(struct links *l)
{
	struct hs_span new = whole(l, l->n);
	size_t at, step = 0;

	if (l->n < FEW) {
		for (size_t i = 0; i < l->n; i++)
			if (hs_span_eq(whole(l, i), new))
				return 1;
		return 0;
	}
	if (l->index.n == 0 && index_all(l) < 0)
		return -1;
	uint64_t h = hs_hash(new);
	while ((at = hs_index_next(&l->index, h, &step)) != HS_INDEX_NONE)
		if (hs_span_eq(whole(l, at), new))
			return 1;
	return hs_index_add(&l->index, h, l->n);
}

static void
put_member(struct hs_buf *b, const char *name, struct hs_span value)
{
	hs_buf_puts(b, name);
	hs_buf_put(b, value.p ? value : HS_SPAN("null"));
}

/* Adds a link unless it is there.  An id that is a number becomes a string.
 * labelled is NULL, or its label, category and typeId. */
static int
add(struct links *l, struct hs_scan *s, struct hs_span id, struct hs_span type,
    const struct hs_span *labelled)
{
	struct hs_buf *b = &l->text;
	size_t at = b->len;
	bool quote = id.p[0] != '"';

	if (quote)
		hs_buf_addc(b, '"');
	hs_buf_put(b, id);
	if (quote)
		hs_buf_addc(b, '"');
	size_t id_len = b->len - at;
	hs_buf_put(b, type);
	if (labelled) {
		put_member(b, ",\"label\":", labelled[0]);
		put_member(b, ",\"category\":", labelled[1]);
		put_member(b, ",\"typeId\":", labelled[2]);
	}
	if (b->failed || HS_GROW(l->v, l->n, l->cap) < 0)
		return hs_scan_fail(s, hs_scan_nomem);
	l->v[l->n] = (struct link){at, id_len, type.len, b->len - at};
	int known = is_known(l);
	if (known < 0)
		return hs_scan_fail(s, hs_scan_nomem);
	if (known > 0)
		b->len = at;
	else if (++l->n > LINKS_MAX)
		return hs_scan_fail(s, too_many);
	return 0;
}

static bool
is_string(struct hs_span v)
{
	return v.len > 2 && v.p[0] == '"';
}

static bool
is_container(struct hs_span v)
{
	return v.len > 0 && (v.p[0] == '{' || v.p[0] == '[');
}

/* The text of one half of a type's name: a string without its quotes, a
 * number as it is, and nothing for null. */
static struct hs_span
half(struct hs_span v)
{
	struct hs_span inner;

	if (!v.p || hs_scan_null(v))
		return hs_span(NULL, 0);
	return hs_scan_inner(v, &inner) ? inner : v;
}

/* Adds a link named by its type's category and typeId. */
static int
add_numbered(struct links *l, struct hs_scan *s, struct hs_span id,
    struct hs_span category, struct hs_span number)
{
	struct hs_buf *name = &l->name;

	if (number.len == 0 || is_container(category) || is_container(number))
		return hs_scan_fail(s, "an association's type has no typeId");
	hs_buf_clear(name);
	hs_buf_addc(name, '"');
	hs_buf_put(name, category);
	hs_buf_addc(name, ':');
	hs_buf_put(name, number);
	hs_buf_addc(name, '"');
	if (name->failed)
		return hs_scan_fail(s, hs_scan_nomem);
	return add(l, s, id, hs_buf_span(name), NULL);
}

/* Adds a link for each of a list of associationTypes, named by its label, or
 * else by category and typeId.  Returns how many there were. */
static int
add_typed(struct links *l, struct hs_scan *s, struct hs_span id)
{
	static const char *const names[] = {"label", "category", "typeId"};
	struct hs_span v[3];
	int r, n = 0;

	if (hs_scan_enter(s, '[') < 0)
		return -1;
	for (; (r = hs_scan_element(s)) > 0; n++) {
		if (hs_scan_pick(s, names, 3, v) < 0)
			return -1;
		r = is_string(v[0])
			? add(l, s, id, v[0], NULL)
			: add_numbered(l, s, id, half(v[1]), half(v[2]));
		if (r < 0)
			return -1;
	}
	return r < 0 ? -1 : n;
}

/* Reads one element of either shape. */
static int
read_item(struct links *l, struct hs_scan *s)
{
	enum { ID, TO, TYPES, TYPE, LABEL, CATEGORY, NUMBER, NAMES };
	static const char *const names[] = {"id", "toObjectId",
	    "associationTypes", "type", "label", "category", "typeId"};
	struct hs_span v[NAMES];
	struct hs_scan types;
	int r = 0;

	if (hs_scan_pick(s, names, NAMES, v) < 0)
		return -1;
	struct hs_span id = v[ID].p ? v[ID] : v[TO];
	if (!id.p || (!is_string(id) && (id.p[0] < '0' || id.p[0] > '9')))
		return hs_scan_fail(s, "an association has no id");
	if (v[TYPES].len > 0 && v[TYPES].p[0] == '[') {
		hs_scan_init(&types, v[TYPES]);
		r = add_typed(l, &types, id);
		if (r < 0)
			return hs_scan_fail(s, types.why);
	}
	if (r > 0)
		return 0;
	struct hs_span type = is_string(v[TYPE])    ? v[TYPE]
			      : is_string(v[LABEL]) ? v[LABEL]
						    : HS_SPAN("null");
	return add(l, s, id, type, v[NUMBER].p ? &v[LABEL] : NULL);
}

static int
read_items(struct links *l, struct hs_scan *s)
{
	int r;

	if (hs_scan_enter(s, '[') < 0)
		return -1;
	while ((r = hs_scan_element(s)) > 0)
		if (read_item(l, s) < 0)
			return -1;
	return r;
}

/* Reads {"results":[…],"paging":…}: 1, or 0 when it has no results. */
static int
read_inline(struct links *l, struct hs_scan *s)
{
	struct hs_span key, next;
	bool found = false;
	int r;

	if (hs_scan_enter(s, '{') < 0)
		return -1;
	while ((r = hs_scan_member(s, &key)) > 0) {
		char c = hs_scan_peek(s);
		if (c == '[' && hs_scan_is(key, "results")) {
			found = true;
			r = read_items(l, s);
		} else if (c == '{' && hs_scan_is(key, "paging")) {
			r = hs_scan_follow(s, "next", &next);
			l->partial |= r > 0;
		} else {
			r = hs_scan_value(s, NULL);
		}
		if (r < 0)
			return -1;
	}
	return r < 0 ? -1 : found;
}

int
links_read(struct links *l, struct hs_scan *s, struct hs_span value)
{
	struct hs_scan inner;
	int r = 0;

	l->n = 0;
	l->partial = false;
	hs_buf_clear(&l->text);
	hs_index_clear(&l->index);
	hs_scan_init(&inner, value);
	if (value.p[0] == '{')
		r = read_inline(l, &inner);
	else if (value.p[0] == '[')
		r = read_items(l, &inner) < 0 ? -1 : 1;
	if (r < 0 && (inner.why == hs_scan_nomem || inner.why == too_many))
		return hs_scan_fail(s, inner.why);
	return r > 0;
}

void
links_free(struct links *l)
{
	free(l->v);
	hs_index_free(&l->index);
	hs_buf_free(&l->text);
	hs_buf_free(&l->name);
	*l = (struct links){0};
}
