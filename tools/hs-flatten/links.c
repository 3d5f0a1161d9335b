/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* One record's associations under one key. */
#include "links.h"

#include <stdlib.h>

#define FEW 16

static int
no_memory(struct hs_scan *s)
{
	return hs_scan_fail(s, hs_scan_nomem);
}

/* Eight bytes at a time; the multiplier is 2^64 by the golden ratio. */
static uint64_t
mix(uint64_t h, struct hs_span text)
{
	uint64_t word;
	size_t i = 0;

	for (; i + sizeof(word) <= text.len; i += sizeof(word)) {
		memcpy(&word, text.p + i, sizeof(word));
		h = (h ^ word) * UINT64_C(0x9e3779b97f4a7c15);
		h ^= h >> 32;
	}
	word = text.len;
	for (; i < text.len; i++)
		word = word << 8 | (unsigned char)text.p[i];
	h = (h ^ word) * UINT64_C(0x9e3779b97f4a7c15);
	return h ^ h >> 32;
}

static bool
same(const struct hs_links *l, size_t a, size_t b)
{
	return hs_span_eq(hs_link_id(l, a), hs_link_id(l, b)) &&
	       hs_span_eq(hs_link_type(l, a), hs_link_type(l, b));
}

/* The slot where a link belongs: one that holds its equal, or an empty one. */
static size_t *
slot_of(const struct hs_links *l, size_t link)
{
	uint64_t h = mix(mix(0, hs_link_id(l, link)), hs_link_type(l, link));
	size_t i = (size_t)h & (l->slots - 1);

	while (l->slot[i] && !same(l, l->slot[i] - 1, link))
		i = (i + 1) & (l->slots - 1);
	return &l->slot[i];
}

/* Starts the hash table over, at most half full when the array is full. */
static int
index_all(struct hs_links *l)
{
	free(l->slot);
	l->slots = l->cap * 2;
	l->slot = calloc(l->slots, sizeof(*l->slot));
	if (!l->slot)
		return -1;
	for (size_t i = 0; i < l->n; i++)
		*slot_of(l, i) = i + 1;
	return 0;
}

static int
grow(struct hs_links *l)
{
	if (l->n < l->cap)
		return 0;
	size_t cap = (l->cap ? l->cap : FEW) * 2;
	void *v = reallocarray(l->v, cap, sizeof(*l->v));
	if (!v)
		return -1;
	l->v = v;
	l->cap = cap;
	return l->n >= FEW ? index_all(l) : 0;
}

/* Keeps the link behind the last one, unless an equal one is there.  A few
 * are compared one by one; nearly no record has more. */
static int
keep(struct hs_links *l)
{
	if (l->n < FEW) {
		for (size_t i = 0; i < l->n; i++)
			if (same(l, i, l->n))
				return 0;
		l->n++;
		return 1;
	}
	if (l->n == FEW && index_all(l) < 0)
		return -1;
	size_t *slot = slot_of(l, l->n);
	if (*slot)
		return 0;
	*slot = ++l->n;
	return 1;
}

/* Adds a link unless it is there.  An id that came as a number becomes a
 * string. */
static int
add(struct hs_links *l, struct hs_span id, struct hs_span type)
{
	struct hs_buf *b = &l->text;
	bool quote = id.p[0] != '"';

	if (grow(l) < 0)
		return -1;
	struct hs_link *new = &l->v[l->n];
	new->id = b->len;
	if ((quote && hs_buf_addc(b, '"') < 0) ||
	    hs_buf_add(b, id.p, id.len) < 0 ||
	    (quote && hs_buf_addc(b, '"') < 0))
		return -1;
	new->id_len = b->len - new->id;
	new->type = b->len;
	if (hs_buf_add(b, type.p, type.len) < 0)
		return -1;
	new->type_len = type.len;
	size_t end = new->id;
	int kept = keep(l);
	if (kept == 0)
		b->len = end;
	return kept < 0 ? -1 : 0;
}

static inline struct hs_span
find(const struct hs_members *m, const char *name)
{
	for (size_t i = 0; i < m->n; i++)
		if (hs_scan_is(m->v[i].key, name))
			return m->v[i].value;
	return hs_span(NULL, 0);
}

static bool
is_string(struct hs_span v)
{
	return v.len > 2 && v.p[0] == '"';
}

/* The text of a part of a type's name; a string's quotes give way to the
 * name's, and null says as little as nothing does. */
static struct hs_span
part(struct hs_span v)
{
	struct hs_span inner;

	if (v.p && hs_scan_null(v))
		return hs_span(NULL, 0);
	return v.p && hs_scan_inner(v, &inner) ? inner : v;
}

static bool
is_container(struct hs_span v)
{
	return v.len > 0 && (v.p[0] == '{' || v.p[0] == '[');
}

/* Adds a link named by its type's category and typeId. */
static int
add_numbered(struct hs_links *l, struct hs_scan *s, struct hs_span id)
{
	struct hs_span category = part(find(&l->type, "category"));
	struct hs_span number = part(find(&l->type, "typeId"));
	struct hs_buf name = {0};
	int rc = -1;

	if (number.len == 0 || is_container(category) || is_container(number))
		return hs_scan_fail(s, "an association's type has no typeId");
	if (hs_buf_addc(&name, '"') == 0 &&
	    hs_buf_add(&name, category.p, category.len) == 0 &&
	    hs_buf_addc(&name, ':') == 0 &&
	    hs_buf_add(&name, number.p, number.len) == 0 &&
	    hs_buf_addc(&name, '"') == 0)
		rc = add(l, id, hs_buf_span(&name));
	hs_buf_free(&name);
	return rc < 0 ? no_memory(s) : 0;
}

/* Adds a link for each of its associationTypes: named by its label, else by
 * category and typeId.  Returns how many there were. */
static int
add_typed(struct hs_links *l, struct hs_scan *s, struct hs_span id)
{
	int r, n = 0;

	if (hs_scan_enter(s, '[') < 0)
		return -1;
	for (; (r = hs_scan_element(s)) > 0; n = 1) {
		hs_members_clear(&l->type);
		if (hs_scan_members(s, &l->type) < 0)
			return -1;
		struct hs_span label = find(&l->type, "label");
		if (!is_string(label))
			r = add_numbered(l, s, id);
		else if (add(l, id, label) < 0)
			r = no_memory(s);
		if (r < 0)
			return -1;
	}
	return r < 0 ? -1 : n;
}

/* Reads one element of either shape. */
static int
read_item(struct hs_links *l, struct hs_scan *s)
{
	struct hs_scan types;
	int r = 0;

	hs_members_clear(&l->item);
	if (hs_scan_members(s, &l->item) < 0)
		return -1;
	struct hs_span id = find(&l->item, "id");
	if (!id.p)
		id = find(&l->item, "toObjectId");
	if (!id.p || (!is_string(id) && (id.p[0] < '0' || id.p[0] > '9')))
		return hs_scan_fail(s, "an association has no id");
	struct hs_span list = find(&l->item, "associationTypes");
	if (list.len > 0 && list.p[0] == '[') {
		hs_scan_init(&types, list);
		r = add_typed(l, &types, id);
		if (r < 0)
			return hs_scan_fail(s, types.why);
	}
	if (r > 0)
		return 0;
	struct hs_span type = find(&l->item, "type");
	if (!is_string(type))
		type = find(&l->item, "label");
	if (!is_string(type))
		type = HS_SPAN("null");
	return add(l, id, type) < 0 ? no_memory(s) : 0;
}

static int
read_items(struct hs_links *l, struct hs_scan *s)
{
	int r;

	if (hs_scan_enter(s, '[') < 0)
		return -1;
	while ((r = hs_scan_element(s)) > 0)
		if (read_item(l, s) < 0)
			return -1;
	return r;
}

/* Whether a paging object names a next page. */
static bool
goes_on(struct hs_span paging)
{
	struct hs_scan s;
	struct hs_span key;

	hs_scan_init(&s, paging);
	if (hs_scan_enter(&s, '{') < 0)
		return false;
	while (hs_scan_member(&s, &key) > 0) {
		if (hs_scan_is(key, "next") && hs_scan_peek(&s) != 'n')
			return true;
		if (hs_scan_value(&s, NULL) < 0)
			return false;
	}
	return false;
}

/* Reads {"results":[…],"paging":…}; 0 when it has no results. */
static int
read_inline(struct hs_links *l, struct hs_scan *s)
{
	struct hs_span key, paging;
	bool found = false;
	int r;

	if (hs_scan_enter(s, '{') < 0)
		return -1;
	while ((r = hs_scan_member(s, &key)) > 0) {
		if (hs_scan_is(key, "results") && hs_scan_peek(s) == '[') {
			found = true;
			r = read_items(l, s);
		} else if (hs_scan_is(key, "paging")) {
			r = hs_scan_value(s, &paging);
			l->partial |= r == 0 && goes_on(paging);
		} else {
			r = hs_scan_value(s, NULL);
		}
		if (r < 0)
			return -1;
	}
	return r < 0 ? -1 : found;
}

int
hs_links_read(struct hs_links *l, struct hs_scan *s, struct hs_span value)
{
	struct hs_scan inner;
	int r = 0;

	l->n = 0;
	l->partial = false;
	hs_buf_clear(&l->text);
	hs_scan_init(&inner, value);
	if (value.p[0] == '{')
		r = read_inline(l, &inner);
	else if (value.p[0] == '[')
		r = read_items(l, &inner) < 0 ? -1 : 1;
	if (r < 0 && inner.why == hs_scan_nomem)
		return no_memory(s);
	return r > 0;
}

void
hs_links_free(struct hs_links *l)
{
	free(l->v);
	free(l->slot);
	hs_buf_free(&l->text);
	hs_members_free(&l->item);
	hs_members_free(&l->type);
	*l = (struct hs_links){0};
}
