/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Associations past the inline page: their shape. */
#include "targets.h"

#include <stdlib.h>
#include <string.h>

#include "grow.h"

#define PASSES 8 /* over an answer, to learn its types' words */

static int
compare_ids(struct hs_span a, struct hs_span b)
{
	if (a.len != b.len)
		return a.len < b.len ? -1 : 1;
	return a.len > 0 ? memcmp(a.p, b.p, a.len) : 0;
}

static int
compare_targets(const void *a, const void *b)
{
	const struct inline_target *x = a, *y = b;
	int r = compare_ids(x->id, y->id);

	return r != 0 ? r : x->place < y->place ? -1 : x->place > y->place;
}

/* An id's types need not stand together in the list. */
static void
sort_targets(struct assoc_from *from)
{
	struct inline_target *t = from->target;

	if (from->inline_n > 0)
		qsort(t, from->inline_n, sizeof *t, compare_targets);
	from->shown = 0;
	for (size_t i = 0; i < from->inline_n; i++)
		from->shown += i == 0 || !hs_span_eq(t[i - 1].id, t[i].id);
}

static int
read_inline(struct assoc_from *from, struct hs_scan *s)
{
	static const char *const names[] = {"id", "type"};
	struct hs_span v[2];

	if (hs_scan_peek(s) != '{')
		return hs_scan_value(s, NULL);
	if (hs_scan_pick(s, names, 2, v) < 0 ||
	    HS_GROW(from->target, from->inline_n, from->inline_cap) < 0)
		return -1;
	struct inline_target *t = &from->target[from->inline_n];
	*t = (struct inline_target){
	    .id = v[0], .type = v[1], .place = from->inline_n};
	hs_scan_inner(v[0], &t->id);
	from->inline_n++;
	return 0;
}

int
targets_open(struct assoc_from *from)
{
	struct hs_span results;
	struct hs_scan s;
	int r = 0;

	from->opened = true;
	hs_scan_init(&s, from->inlined);
	if (hs_scan_pick_one(&s, "results", &results) < 0)
		return -1;
	hs_scan_init(&s, results);
	if (results.p && hs_scan_peek(&s) == '[') {
		hs_scan_enter(&s, '[');
		while ((r = hs_scan_element(&s)) > 0)
			if (read_inline(from, &s) < 0)
				return -1;
	}
	sort_targets(from);
	return r;
}

void
targets_close(struct assoc_from *from)
{
	free(from->target);
	free(from->type);
	words_free(&from->own);
	free(from->example);
	free(from->after);
	free(from->mark);
	from->target = NULL;
	from->type = NULL;
	from->after = from->mark = from->example = NULL;
	from->inline_n = from->inline_cap = from->types = from->type_cap = 0;
	from->opened = false;
}

int
targets_shown(struct hs_span associations, struct hs_span of, size_t *shown)
{
	struct assoc_from from = {0};
	struct hs_scan s;
	struct hs_span key, value;
	int r = 0;

	hs_scan_init(&s, associations);
	if (associations.p && hs_scan_peek(&s) == '{') {
		hs_scan_enter(&s, '{');
		while (r == 0 && hs_scan_pair(&s, &key, &value) > 0)
			if ((!of.p || hs_span_eq(key, of)) && value.p[0] == '{')
				from.inlined = value;
	}
	if (from.inlined.p)
		r = targets_open(&from);
	*shown = from.shown;
	targets_close(&from);
	return r;
}

/* The inline targets of an id: *n of them. */
static const struct inline_target *
inline_of(const struct assoc_from *from, struct hs_span id, size_t *n)
{
	size_t low = 0, high = from->inline_n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (compare_ids(from->target[mid].id, id) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	for (*n = 0; low + *n < from->inline_n; (*n)++)
		if (!hs_span_eq(from->target[low + *n].id, id))
			break;
	return *n > 0 ? &from->target[low] : NULL;
}

static void
put_member(struct hs_buf *b, const char *name, struct hs_span value)
{
	hs_buf_puts(b, name);
	hs_buf_put(b, value.p ? value : HS_SPAN("null"));
}

/* A target with one of its types.  labelled is that type with its label, or
 * NULL. */
static void
put(struct hs_buf *b, struct hs_span id, struct hs_span type,
    const struct assoc_type *labelled)
{
	if (b->len > 0)
		hs_buf_addc(b, ',');
	hs_buf_puts(b, "{\"id\":\"");
	hs_buf_put(b, id);
	hs_buf_puts(b, "\"");
	if (type.p)
		put_member(b, ",\"type\":", type);
	if (labelled) {
		put_member(b, ",\"label\":", labelled->label);
		put_member(b, ",\"category\":", labelled->category);
		put_member(b, ",\"typeId\":", labelled->number);
	}
	hs_buf_addc(b, '}');
}

/* What a string says, or a number as it is; nothing for null and the rest. */
static struct hs_span
plain(struct hs_span value)
{
	struct hs_span inner;

	if (hs_scan_inner(value, &inner))
		return inner;
	bool number = value.p && !strchr("{[n", *value.p);
	return number ? value : hs_span("", 0);
}

/* A type without a word or a label is called category:typeId. */
static void
put_numbered(
    struct assoc_from *from, struct hs_span id, const struct assoc_type *t)
{
	struct hs_buf name = {0};

	hs_buf_addc(&name, '"');
	hs_buf_put(&name, plain(t->category));
	hs_buf_addc(&name, ':');
	hs_buf_put(&name, plain(t->number));
	hs_buf_addc(&name, '"');
	put(from->results, id, hs_buf_span(&name), from->labels ? t : NULL);
	if (name.failed)
		from->results->failed = name.failed;
	hs_buf_free(&name);
}

static void
put_type(struct assoc_from *from, struct hs_span id, const struct assoc_type *t)
{
	const struct word *w = word_of(from, t);
	const struct assoc_type *labelled = from->labels ? t : NULL;

	if (w)
		put(from->results, id, w->word, labelled);
	else if (t->label.p && t->label.p[0] == '"')
		put(from->results, id, t->label, labelled);
	else
		put_numbered(from, id, t);
}

static bool
have_types(const struct inline_target *t, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!t[i].type.p)
			return false;
	return true;
}

/* Puts one target, once for each of its types: as the list had them, if that
 * had as many. */
static int
put_target(struct assoc_from *from, struct hs_span id)
{
	size_t n;
	const struct inline_target *t = inline_of(from, id, &n);

	from->targets++;
	if (from->naming && !from->labels)
		word_sort(from);
	if (from->types == 0)
		put(from->results, id, hs_span(NULL, 0), NULL);
	else if (!from->labels && n == from->types && have_types(t, n))
		for (size_t i = 0; i < n; i++)
			put(from->results, id, t[i].type, NULL);
	else
		for (size_t i = 0; i < from->types; i++)
			put_type(from, id, &from->type[i]);
	return from->results->failed ? -1 : 0;
}

static int
learn_target(struct assoc_from *from, struct hs_span id)
{
	size_t n;
	const struct inline_target *t = inline_of(from, id, &n);

	return word_learn(from, t, n);
}

static int
tie_target(struct assoc_from *from, struct hs_span id)
{
	size_t n;
	const struct inline_target *t = inline_of(from, id, &n);

	return word_tie(from, t, n);
}

static int
read_types(struct assoc_from *from, struct hs_span list)
{
	static const char *const names[] = {"category", "typeId", "label"};
	struct hs_scan s;
	int r;

	from->types = 0;
	hs_scan_init(&s, list);
	if (!list.p || hs_scan_peek(&s) != '[')
		return 0;
	hs_scan_enter(&s, '[');
	while ((r = hs_scan_element(&s)) > 0) {
		struct hs_span v[3];

		if (hs_scan_pick(&s, names, 3, v) < 0 ||
		    HS_GROW(from->type, from->types, from->type_cap) < 0)
			return -1;
		from->type[from->types++] =
		    (struct assoc_type){v[0], v[1], v[2]};
	}
	return r;
}

/* Does something with each target of an answer; its types are in from->type. */
static int
each_target(struct assoc_from *from, struct hs_span list,
    int (*what)(struct assoc_from *from, struct hs_span id))
{
	static const char *const names[] = {"toObjectId", "associationTypes"};
	struct hs_scan s;
	int r;

	hs_scan_init(&s, list);
	if (!list.p || hs_scan_peek(&s) != '[')
		return -1;
	hs_scan_enter(&s, '[');
	while ((r = hs_scan_element(&s)) > 0) {
		struct hs_span v[2], id;

		if (hs_scan_pick(&s, names, 2, v) < 0 ||
		    !answer_id(v[0], &id) || read_types(from, v[1]) < 0 ||
		    what(from, id) < 0)
			return -1;
	}
	return r;
}

static int
give_up_target(struct assoc_from *from, struct hs_span id)
{
	(void)id;
	return word_give_up(from);
}

static int
look_target(struct assoc_from *from, struct hs_span id)
{
	(void)id;
	from->unknown = from->unknown || word_unknown(from);
	return 0;
}

int
targets_look(struct assoc_from *from, struct hs_span list)
{
	from->unknown = false;
	return each_target(from, list, look_target);
}

int
targets_add(struct assoc_from *from, struct hs_span list)
{
	const struct words *known = words_of(from);
	size_t before = known->n + 1;

	/* What one target tells may explain another. */
	for (int i = 0; i < PASSES && before != known->n; i++) {
		before = known->n;
		if (each_target(from, list, learn_target) < 0)
			return -1;
	}
	if (each_target(from, list, tie_target) < 0)
		return -1;
	if (from->example && each_target(from, list, give_up_target) < 0)
		return -1;
	return each_target(from, list, put_target);
}
