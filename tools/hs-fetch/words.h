/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef FETCH_WORDS_H
#define FETCH_WORDS_H

#include "fetch.h"

/*
 * Associations past the inline page.
 *
 * A list carries at most 100 associations of a type with each record.  Where
 * there are more, all of the record's are read from their own endpoint, from
 * the start, and take the inline page's place in its shape, {"id","type"}.
 * The endpoint names a type by category, number and label, the list by a word
 * (company_to_contact_unlabeled); the hundred that came both ways tell which
 * is which.  A type that none of them has is called by its label, or by
 * category and number.
 */
#define TYPES_MAX 64 /* whose words are known */

/* An inline entry. */
struct entry {
	struct hs_span id, type; /* the type with its quotes */
	size_t place;		 /* in the list */
};

/* A type as the endpoint gives it: texts, quotes and all. */
struct assoc_type {
	struct hs_span category, number, label;
};

/* A type as the endpoint names it, and as the list does. */
struct word {
	struct hs_span category, number, word; /* of texts that stay */
	char *memory;
	/* 0: it is certain.  Otherwise the group's types have the group's
	 * words, which of them is whose is not known. */
	unsigned group;
};

/* One record's association with one type. */
struct input {
	size_t cell, over;
	struct hs_buf *results;
	char *after; /* JSON escapes as they came; NULL: start */
	char *mark;  /* a cursor of before, to notice a loop */
	unsigned long long steps, next_mark;
	int failures;
	int empty; /* answers without targets in a row */
	bool answered; /* in the answer being read */
	bool done;
	struct entry *entry; /* the inline page, sorted by id */
	size_t entries, entry_cap;
	size_t shown;	/* different ids among them */
	size_t targets; /* read so far */
	struct assoc_type *type; /* of the target being read */
	size_t types, type_cap;
	struct word word[TYPES_MAX];
	size_t words;
	unsigned groups;
};

/* Of the target whose types are in->type, with n inline entries: */

/* Learns a word that is certain: the one type that has none belongs to the
 * one entry that is no other's. */
int word_learn(struct input *in, const struct entry *en, size_t n);
/* Learns the words of types that always come together. */
int word_tie(struct input *in, const struct entry *en, size_t n);
/* The word for a type of the target, or NULL. */
const struct word *word_of(const struct input *in, const struct assoc_type *t);

#endif
