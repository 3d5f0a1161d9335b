/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Association types: which of the endpoint's is which of the list's words. */
#include "words.h"

#include <stdlib.h>
#include <string.h>

/* Of a target: the types whose word is not known, and the words that are no
 * known type's. */
struct rest {
	const struct assoc_type *type[TYPES_MAX];
	struct hs_span word[TYPES_MAX];
	size_t types, words;
};

static const struct word *
find(const struct input *in, const struct assoc_type *t)
{
	for (size_t i = 0; i < in->words; i++)
		if (hs_span_eq(in->word[i].category, t->category) &&
		    hs_span_eq(in->word[i].number, t->number))
			return &in->word[i];
	return NULL;
}

/* false: it tells nothing. */
static bool
find_rest(
    const struct input *in, const struct entry *en, size_t n, struct rest *r)
{
	const struct word *known[TYPES_MAX];

	r->types = r->words = 0;
	if (n == 0 || n > TYPES_MAX || in->types > TYPES_MAX)
		return false;
	for (size_t i = 0; i < in->types; i++) {
		known[i] = find(in, &in->type[i]);
		if (!known[i])
			r->type[r->types++] = &in->type[i];
		else if (known[i]->group != 0)
			return false;
	}
	for (size_t k = 0; k < n && r->types > 0; k++) {
		size_t i = 0;

		if (!en[k].type.p)
			return false;
		while (i < in->types &&
		       (!known[i] || !hs_span_eq(known[i]->word, en[k].type)))
			i++;
		if (i == in->types)
			r->word[r->words++] = en[k].type;
	}
	return r->types > 0 && r->types == r->words;
}

static int
add(struct input *in, const struct assoc_type *t, struct hs_span word,
    unsigned group)
{
	struct word *w = &in->word[in->words];
	size_t n = t->category.len + t->number.len;

	if (in->words == TYPES_MAX)
		return 0;
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
	in->words++;
	return 0;
}

int
word_learn(struct input *in, const struct entry *en, size_t n)
{
	struct rest r;

	if (!find_rest(in, en, n, &r) || r.types > 1)
		return 0;
	return add(in, r.type[0], r.word[0], 0);
}

int
word_tie(struct input *in, const struct entry *en, size_t n)
{
	struct rest r;

	if (!find_rest(in, en, n, &r) || in->words + r.types > TYPES_MAX)
		return 0;
	in->groups++;
	for (size_t i = 0; i < r.types; i++)
		if (add(in, r.type[i], r.word[i], in->groups) < 0)
			return -1;
	return 0;
}

/* Whether the target has all of the group's types. */
static bool
is_whole(const struct input *in, unsigned group)
{
	for (size_t i = 0; i < in->words; i++) {
		const struct word *w = &in->word[i];
		size_t k = 0;

		if (w->group != group)
			continue;
		while (k < in->types && find(in, &in->type[k]) != w)
			k++;
		if (k == in->types)
			return false;
	}
	return true;
}

const struct word *
word_of(const struct input *in, const struct assoc_type *t)
{
	const struct word *w = find(in, t);

	return w && (w->group == 0 || is_whole(in, w->group)) ? w : NULL;
}
