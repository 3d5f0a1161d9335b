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

static const struct word *
find(const struct assoc_from *from, const struct assoc_type *t)
{
	for (size_t i = 0; i < from->words; i++)
		if (hs_span_eq(from->word[i].category, t->category) &&
		    hs_span_eq(from->word[i].number, t->number))
			return &from->word[i];
	return NULL;
}

/* false: it tells nothing. */
static bool
find_rest(const struct assoc_from *from, const struct inline_target *t,
    size_t n, struct rest *r)
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

static int
add(struct assoc_from *from, const struct assoc_type *t, struct hs_span word,
    unsigned group)
{
	size_t n = t->category.len + t->number.len;

	if (from->words == TYPES_MAX)
		return 0;
	if (HS_GROW(from->word, from->words, from->word_cap) < 0)
		return -1;
	struct word *w = &from->word[from->words];
	w->memory = malloc(n + 1);
	if (!w->memory)
		return -1;
	/* The answer goes away; the list's page, with the word, stays. */
	if (t->category.len > 0)
		memcpy(w->memory, t->category.p, t->category.len);
	if (t->number.len > 0)
		memcpy(w->memory + t->category.len, t->number.p, t->number.len);
	w->category = hs_span(w->memory, t->category.len);
	w->number = hs_span(w->memory + t->category.len, t->number.len);
	w->word = word;
	w->group = group;
	from->words++;
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
	if (r.types > 1 && !(from->labels && find_unlabeled(&r)))
		return 0;
	return add(from, r.type[0], r.word[0], 0);
}

int
word_tie(struct assoc_from *from, const struct inline_target *t, size_t n)
{
	struct rest r;

	if (from->labels || !find_rest(from, t, n, &r) ||
	    from->words + r.types > TYPES_MAX)
		return 0;
	from->groups++;
	for (size_t i = 0; i < r.types; i++)
		if (add(from, r.type[i], r.word[i], from->groups) < 0)
			return -1;
	return 0;
}

/* Whether the target has all of the group's types. */
static bool
is_whole(const struct assoc_from *from, unsigned group)
{
	for (size_t i = 0; i < from->words; i++) {
		const struct word *w = &from->word[i];
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

const struct word *
word_of(const struct assoc_from *from, const struct assoc_type *t)
{
	const struct word *w = from->types <= TYPES_MAX ? find(from, t) : NULL;

	return w && (w->group == 0 || is_whole(from, w->group)) ? w : NULL;
}
