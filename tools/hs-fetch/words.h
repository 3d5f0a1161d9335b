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

/* A target of the inline page: an id, and one of its types. */
struct inline_target {
	struct hs_span id;
	struct hs_span type; /* with its quotes */
	size_t place;	     /* in the list */
};

/* A type as the endpoint gives it: texts, quotes and all. */
struct assoc_type {
	struct hs_span category, number, label;
};

/* A type as the endpoint names it, and as the list does; those that the list
 * has with one target in its order. */
struct word {
	struct hs_span category, number;
	struct hs_span word; /* without a text: it has none */
	char *memory;
	/* 0: it is certain.  Otherwise the group's types have the group's
	 * words, which of them is whose is not known. */
	unsigned group;
};

struct words {
	struct word *v;
	size_t n, cap;
	unsigned groups;
};

/* How the list names the associations with a type: see naming.h. */
struct naming {
	struct words words;
	char *key;	/* as in JSON, or NULL: not known */
	unsigned asked; /* records for it */
};

/* A record whose associations with one type are being read. */
struct assoc_from {
	struct page *pg;
	size_t cell;		/* the record */
	size_t nth;		/* of its partial associations */
	struct hs_span inlined; /* that association in the list */
	struct hs_buf *results; /* the targets read so far, as text */
	char *after;		/* escapes as they came; NULL: the start */
	char *mark;		/* an earlier cursor, to notice a loop */
	unsigned long long steps, next_mark;
	int failures;		      /* in a row */
	int empty;		      /* answers without targets in a row */
	bool labels;		      /* are wanted */
	struct naming *naming;	      /* where there is no list, or NULL */
	char *example;		      /* inlined, of the record alone */
	bool unknown;		      /* it has types whose words are not */
	bool alone;		      /* is to be asked for so */
	bool posted;		      /* in the request that is under way */
	bool answered;		      /* in the answer that is being read */
	bool done;		      /* nothing is left to read */
	bool opened;		      /* what follows has been read */
	struct inline_target *target; /* the inline page, sorted by id */
	size_t inline_n, inline_cap;
	size_t shown;		 /* different ids in it */
	size_t targets;		 /* read so far */
	struct assoc_type *type; /* of the target being read */
	size_t types, type_cap;
	struct words own;
};

/* The words that it goes by. */
static inline struct words *
words_of(struct assoc_from *from)
{
	return from->naming ? &from->naming->words : &from->own;
}

void words_free(struct words *w);

/* Of the target whose types are from->type, with n inline targets t: */

/* Learns a word that is certain: the one type without a word belongs to the
 * one inline target whose word is no other type's.  With labels or --since, the
 * word that ends in _unlabeled is that of the type without a label, too. */
int word_learn(
    struct assoc_from *from, const struct inline_target *t, size_t n);
/* Learns the words of types that always come together.  Not with labels or
 * --since, where each type needs its own. */
int word_tie(struct assoc_from *from, const struct inline_target *t, size_t n);
/* Notes types without a word as such, that have none. */
int word_give_up(struct assoc_from *from);
/* Whether nothing has been noted of some type. */
bool word_unknown(struct assoc_from *from);
/* Puts the target's types in the order of their words. */
void word_sort(struct assoc_from *from);
/* The word for a type of the target, or NULL; also where the target has more
 * than TYPES_MAX types. */
const struct word *word_of(struct assoc_from *from, const struct assoc_type *t);

#endif
