/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Association types: which of the endpoint's is which of the list's words. */
#include "words.h"

#include <stdlib.h>
#include <string.h>

#include "grow.h"

/* Of a target: the types whose word is not known, and the words that are no
 * known type's. */
struct rest {
	const struct assoc_type *type[TYPES_MAX];
	struct hs_span word[TYPES_MAX];
	size_t types, words;
};

void
words_free(struct words *w)
{
	for (size_t i = 0; i < w->n; i++)
		free(w->v[i].memory);
	free(w->v);
	*w = (struct words){0};
}

static const struct word *
find(struct assoc_from *from, const struct assoc_type *t)
{
	const struct words *w = words_of(from);

	for (size_t i = 0; i < w->n; i++)
		if (hs_span_eq(w->v[i].category, t->category) &&
		    hs_span_eq(w->v[i].number, t->number))
			return &w->v[i];
	return NULL;
}

/* false: it tells nothing. */
static bool
find_rest(struct assoc_from *from, const struct inline_target *t, size_t n,
    struct rest *r)
{
	const struct word *known[TYPES_MAX];

	r->types = r->words = 0;
	if (n == 0 || n > TYPES_MAX || from->types > TYPES_MAX)
		return false;
	for (size_t i = 0; i < from->types; i++) {
		known[i] = find(from, &from->type[i]);
		if (!known[i])
			r->type[r->types++] = &from->type[i];
		else if (known[i]->group != 0)
			return false;
	}
	for (size_t k = 0; k < n && r->types > 0; k++) {
		size_t i = 0;

		if (!t[k].type.p)
			return false;
		while (i < from->types &&
		       (!known[i] || !hs_span_eq(known[i]->word, t[k].type)))
			i++;
		if (i == from->types)
			r->word[r->words++] = t[k].type;
	}
	return r->types > 0 && r->types == r->words;
}

/* Copies the part to *at, which moves behind it. */
static struct hs_span
keep(char **at, struct hs_span part)
{
	char *p = *at;

	if (!part.p)
		return part;
	memcpy(p, part.p, part.len);
	*at += part.len;
	return hs_span(p, part.len);
}

/* Where the word belongs among those that are known: before those behind it in
 * the list, where the target is. */
static size_t
place_of(const struct words *known, const struct inline_target *t, size_t n,
    struct hs_span word)
{
	size_t k = 0, at = known->n;

	while (k < n && !hs_span_eq(t[k].type, word))
		k++;
	for (; k < n; k++)
		for (size_t i = 0; i < at; i++)
			if (hs_span_eq(known->v[i].word, t[k].type))
				at = i;
	return at;
}

static int
add(struct assoc_from *from, const struct assoc_type *t, struct hs_span word,
    unsigned group, size_t place)
{
	struct words *known = words_of(from);
	size_t n = t->category.len + t->number.len + word.len;

	if (known->n == TYPES_MAX)
		return 0;
	if (HS_GROW(known->v, known->n, known->cap) < 0)
		return -1;
	char *memory = malloc(n + 1), *at = memory;
	if (!memory)
		return -1;
	memmove(&known->v[place + 1], &known->v[place],
	    (known->n++ - place) * sizeof *known->v);
	known->v[place] = (struct word){.memory = memory,
	    .category = keep(&at, t->category),
	    .number = keep(&at, t->number),
	    .word = keep(&at, word),
	    .group = group};
	return 0;
}

static bool
is_unlabeled(struct hs_span word)
{
	const struct hs_span end = HS_SPAN("_unlabeled\"");

	return word.len >= end.len &&
	       memcmp(word.p + word.len - end.len, end.p, end.len) == 0;
}

/* Has the one type without a label and the one word that says so stand first:
 * whether there are these. */
static bool
find_unlabeled(struct rest *r)
{
	size_t types = 0, words = 0, type = 0, word = 0;

	for (size_t i = 0; i < r->types; i++) {
		if (hs_span_is(r->type[i]->label, "null")) {
			types++;
			type = i;
		}
		if (is_unlabeled(r->word[i])) {
			words++;
			word = i;
		}
	}
	r->type[0] = r->type[type];
	r->word[0] = r->word[word];
	return types == 1 && words == 1;
}

int
word_learn(struct assoc_from *from, const struct inline_target *t, size_t n)
{
	struct rest r;

	if (!find_rest(from, t, n, &r))
		return 0;
	if (r.types > 1 &&
	    !((from->labels || from->naming) && find_unlabeled(&r)))
		return 0;
	return add(from, r.type[0], r.word[0], 0,
	    place_of(words_of(from), t, n, r.word[0]));
}

int
word_tie(struct assoc_from *from, const struct inline_target *t, size_t n)
{
	struct rest r;

	if (from->labels || from->naming || !find_rest(from, t, n, &r) ||
	    words_of(from)->n + r.types > TYPES_MAX)
		return 0;
	unsigned group = ++words_of(from)->groups;
	for (size_t i = 0; i < r.types; i++)
		if (add(from, r.type[i], r.word[i], group, words_of(from)->n) <
		    0)
			return -1;
	return 0;
}

/* Whether the target has all of the group's types. */
static bool
is_whole(struct assoc_from *from, unsigned group)
{
	const struct words *known = words_of(from);

	for (size_t i = 0; i < known->n; i++) {
		const struct word *w = &known->v[i];
		size_t k = 0;

		if (w->group != group)
			continue;
		while (k < from->types && find(from, &from->type[k]) != w)
			k++;
		if (k == from->types)
			return false;
	}
	return true;
}

int
word_give_up(struct assoc_from *from)
{
	for (size_t i = 0; i < from->types; i++)
		if (!find(from, &from->type[i]) &&
		    add(from, &from->type[i], hs_span(NULL, 0), 0,
			words_of(from)->n) < 0)
			return -1;
	return 0;
}

bool
word_unknown(struct assoc_from *from)
{
	for (size_t i = 0; i < from->types; i++)
		if (!find(from, &from->type[i]))
			return true;
	return false;
}

void
word_sort(struct assoc_from *from)
{
	const struct words *known = words_of(from);
	size_t done = 0;

	for (size_t i = 0; i < known->n; i++)
		for (size_t k = done; k < from->types; k++) {
			struct assoc_type t = from->type[k];

			if (find(from, &t) != &known->v[i])
				continue;
			from->type[k] = from->type[done];
			from->type[done++] = t;
		}
}

const struct word *
word_of(struct assoc_from *from, const struct assoc_type *t)
{
	const struct word *w = from->types <= TYPES_MAX ? find(from, t) : NULL;

	if (!w || !w->word.p || (w->group != 0 && !is_whole(from, w->group)))
		return NULL;
	return w;
}
