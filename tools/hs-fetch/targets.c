/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Associations past the inline page: their shape. */
#include "targets.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PASSES 8 /* over an answer, to learn its types' words */

int
link_object(struct hs_scan *s, const char *const *names, struct hs_span *v)
{
	struct hs_span key, value;
	int r;

	if (hs_scan_peek(s) != '{')
		return hs_scan_fail(s, "not an object");
	hs_scan_enter(s, '{');
	while ((r = hs_scan_member(s, &key)) > 0) {
		if (hs_scan_value(s, &value) < 0)
			return -1;
		for (size_t i = 0; names[i]; i++)
			if (hs_scan_is(key, names[i]))
				v[i] = value;
	}
	return r;
}

static int
add_entry(struct input *in, struct entry en)
{
	if (in->entries == in->entry_cap) {
		size_t cap = in->entry_cap ? in->entry_cap * 2 : 128;
		struct entry *more = reallocarray(in->entry, cap, sizeof *more);

		if (!more)
			return -1;
		in->entry = more;
		in->entry_cap = cap;
	}
	en.place = in->entries;
	in->entry[in->entries++] = en;
	return 0;
}

static int
compare_ids(struct hs_span a, struct hs_span b)
{
	if (a.len != b.len)
		return a.len < b.len ? -1 : 1;
	return a.len > 0 ? memcmp(a.p, b.p, a.len) : 0;
}

static int
compare_entries(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	int r = compare_ids(x->id, y->id);

	return r != 0 ? r : x->place < y->place ? -1 : x->place > y->place;
}

/* An id's entries need not stand together in the list. */
static void
sort_entries(struct input *in)
{
	if (in->entries > 0)
		qsort(
		    in->entry, in->entries, sizeof *in->entry, compare_entries);
	in->shown = 0;
	for (size_t i = 0; i < in->entries; i++)
		in->shown +=
		    i == 0 || !hs_span_eq(in->entry[i - 1].id, in->entry[i].id);
}

static int
read_entries(struct input *in, struct hs_scan *s)
{
	struct hs_span key, v;

	while (hs_scan_element(s) > 0) {
		struct entry en = {0};

		if (hs_scan_peek(s) != '{') {
			hs_scan_value(s, NULL);
			continue;
		}
		hs_scan_enter(s, '{');
		while (hs_scan_member(s, &key) > 0) {
			hs_scan_value(s, &v);
			if (hs_scan_is(key, "id") && !hs_scan_inner(v, &en.id))
				en.id = v;
			else if (hs_scan_is(key, "type"))
				en.type = v;
		}
		if (add_entry(in, en) < 0)
			return -1;
	}
	return 0;
}

int
link_entries(struct input *in, struct hs_span value)
{
	struct hs_scan s;
	struct hs_span key;

	hs_scan_init(&s, value);
	hs_scan_enter(&s, '{');
	while (hs_scan_member(&s, &key) > 0) {
		if (!hs_scan_is(key, "results") || hs_scan_peek(&s) != '[') {
			hs_scan_value(&s, NULL);
			continue;
		}
		hs_scan_enter(&s, '[');
		if (read_entries(in, &s) < 0)
			return -1;
	}
	sort_entries(in);
	return 0;
}

int
link_shown(struct hs_span associations, struct hs_span of, size_t *shown)
{
	struct input in = {0};
	struct hs_scan s;
	struct hs_span key, value;
	int r = 0;

	hs_scan_init(&s, associations);
	if (associations.p && hs_scan_peek(&s) == '{') {
		hs_scan_enter(&s, '{');
		while (r == 0 && hs_scan_member(&s, &key) > 0 &&
		       hs_scan_value(&s, &value) == 0)
			if (hs_span_eq(key, of) && value.p[0] == '{')
				r = link_entries(&in, value);
	}
	*shown = in.shown;
	link_free_input(&in);
	return r;
}

/* The inline entries of an id: *n of them. */
static const struct entry *
inline_of(const struct input *in, struct hs_span id, size_t *n)
{
	size_t low = 0, high = in->entries;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (compare_ids(in->entry[mid].id, id) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	for (*n = 0; low + *n < in->entries; (*n)++)
		if (!hs_span_eq(in->entry[low + *n].id, id))
			break;
	return &in->entry[low];
}

static int
put_entry(struct hs_buf *b, struct hs_span id, const char *before,
    struct hs_span type, const char *after)
{
	if (b->len > 0 && hs_buf_addc(b, ',') < 0)
		return -1;
	if (hs_buf_puts(b, "{\"id\":\"") < 0 ||
	    hs_buf_add(b, id.p, id.len) < 0 || hs_buf_puts(b, "\"") < 0)
		return -1;
	if (type.p &&
	    (hs_buf_puts(b, ",\"type\":") < 0 || hs_buf_puts(b, before) < 0 ||
		hs_buf_add(b, type.p, type.len) < 0 ||
		hs_buf_puts(b, after) < 0))
		return -1;
	return hs_buf_addc(b, '}');
}

static int
put_type(struct input *in, struct hs_span id, const struct assoc_type *t)
{
	const struct word *w = word_of(in, t);
	struct hs_span category;
	char text[128];

	if (w)
		return put_entry(in->results, id, "", w->word, "");
	if (t->label.p && t->label.p[0] == '"')
		return put_entry(in->results, id, "", t->label, "");
	if (!hs_scan_inner(t->category, &category))
		category = hs_span("", 0);
	snprintf(text, sizeof text, "%.*s:%.*s",
	    (int)(category.len < 60 ? category.len : 60), category.p,
	    (int)(t->number.len < 30 ? t->number.len : 30),
	    t->number.p ? t->number.p : "");
	return put_entry(in->results, id, "\"", hs_span_str(text), "\"");
}

static bool
have_types(const struct entry *en, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!en[i].type.p)
			return false;
	return true;
}

/* Puts one associated id with its types, once for each: as the list had it,
 * if that had as many. */
static int
put_target(struct input *in, struct hs_span id)
{
	size_t n;
	const struct entry *en = inline_of(in, id, &n);

	in->targets++;
	if (in->types == 0)
		return put_entry(in->results, id, "", hs_span(NULL, 0), "");
	if (n == in->types && have_types(en, n)) {
		for (size_t i = 0; i < n; i++)
			if (put_entry(in->results, id, "", en[i].type, "") < 0)
				return -1;
		return 0;
	}
	for (size_t i = 0; i < in->types; i++)
		if (put_type(in, id, &in->type[i]) < 0)
			return -1;
	return 0;
}

static int
learn_target(struct input *in, struct hs_span id)
{
	size_t n;
	const struct entry *en = inline_of(in, id, &n);

	return word_learn(in, en, n);
}

static int
tie_target(struct input *in, struct hs_span id)
{
	size_t n;
	const struct entry *en = inline_of(in, id, &n);

	return word_tie(in, en, n);
}

static int
add_type(struct input *in, struct assoc_type t)
{
	if (in->types == in->type_cap) {
		size_t cap = in->type_cap ? in->type_cap * 2 : 8;
		struct assoc_type *more =
		    reallocarray(in->type, cap, sizeof *more);

		if (!more)
			return -1;
		in->type = more;
		in->type_cap = cap;
	}
	in->type[in->types++] = t;
	return 0;
}

static int
read_types(struct input *in, struct hs_span list)
{
	static const char *const names[] = {
	    "category", "typeId", "label", NULL};
	struct hs_scan s;
	int r;

	in->types = 0;
	hs_scan_init(&s, list);
	if (!list.p || hs_scan_peek(&s) != '[')
		return 0;
	hs_scan_enter(&s, '[');
	while ((r = hs_scan_element(&s)) > 0) {
		struct hs_span v[3] = {{0}};

		if (link_object(&s, names, v) < 0 ||
		    add_type(in, (struct assoc_type){v[0], v[1], v[2]}) < 0)
			return -1;
	}
	return r;
}

bool
link_id(struct hs_span value, struct hs_span *id)
{
	if (!value.p)
		return false;
	if (hs_scan_inner(value, id))
		return id->len > 0;
	*id = value;
	return value.p[0] >= '0' && value.p[0] <= '9';
}

/* Does something with each target of an answer; its types are in->type. */
static int
each_target(struct input *in, struct hs_span list,
    int (*what)(struct input *in, struct hs_span id))
{
	static const char *const names[] = {
	    "toObjectId", "associationTypes", NULL};
	struct hs_scan s;
	int r;

	hs_scan_init(&s, list);
	if (!list.p || hs_scan_peek(&s) != '[')
		return -1;
	hs_scan_enter(&s, '[');
	while ((r = hs_scan_element(&s)) > 0) {
		struct hs_span v[2] = {{0}}, id;

		if (link_object(&s, names, v) < 0 || !link_id(v[0], &id) ||
		    read_types(in, v[1]) < 0 || what(in, id) < 0)
			return -1;
	}
	return r;
}

int
link_targets(struct input *in, struct hs_span list)
{
	size_t before = in->words + 1;

	/* What one target tells may explain another. */
	for (int i = 0; i < PASSES && before != in->words; i++) {
		before = in->words;
		if (each_target(in, list, learn_target) < 0)
			return -1;
	}
	if (each_target(in, list, tie_target) < 0)
		return -1;
	return each_target(in, list, put_target);
}

void
link_free_input(struct input *in)
{
	free(in->after);
	free(in->mark);
	free(in->entry);
	free(in->type);
	for (size_t i = 0; i < in->words; i++)
		free(in->word[i].memory);
}
