/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef FETCH_CHAIN_H
#define FETCH_CHAIN_H

#include "fetch.h"

/*
 * A chain: pages of the list that are read one after another, each at the
 * cursor which the one before named.  It knows nothing of other chains; its
 * owner decides what a page is worth, and keeps it with chain_take().
 */
struct chain {
	struct chain *next; /* further on in the list */
	struct fetch *f;
	struct call call;
	char *cursor; /* of its next page; NULL: the list's start */
	bool numeric; /* that cursor as a number: */
	uint64_t position;
	uint64_t guess;		 /* the number where it began; 0: the first */
	bool sure;		 /* the search has named that, and span */
	unsigned long long rank; /* records before it, about or */
	bool exact;		 /* exactly */
	bool from_rear;		 /* reckoned from the chain behind it */
	unsigned long long read; /* of it */
	bool started;		 /* its first page is known: */
	uint64_t first;		 /* that page's first id */
	uint64_t last;		 /* id of its latest page; 0: none */
	uint64_t span;		 /* ids that a page takes here; 0: unknown */
	bool ended;		 /* it has come to the list's end */
	bool light;		 /* the page being read has no properties */
	unsigned asked;		 /* for so many records */
	struct answer *pages, *tail; /* not yet accepted */
	unsigned held;		     /* how many these are */

	/* stride */
	bool joined;	/* it has reached the next chain's first: */
	size_t join_at; /* at that record of its last page */
	bool rechecked;
	bool dropped; /* its call's answer is not wanted */
};

/* The callbacks of a chain's call; its owner is the chain. */
typedef int chain_event(struct call *call, struct hs_err *e);

/* Where a chain should begin. */
struct place {
	struct chain *behind; /* which chain */
	uint64_t number;
	unsigned long long rank; /* records before it, about */
	uint64_t span;		 /* ids that a page may take there */
	bool exact, from_rear;	 /* that rank */
	bool sure;		 /* by the search */
};

/* NULL with f->e filled. */
struct chain *chain_new(
    struct fetch *f, chain_event *done, chain_event *failed);
void chain_free(struct chain *c);

/* Pages from one chain's start to the next's; the most of them: so many that
 * all chains' can be held. */
#define CHAIN_LENGTH_MIN 2
#define CHAIN_LENGTH_MAX 16
size_t chain_longest(const struct fetch *f);

/* How many pages a chain may hold that are not yet accepted. */
unsigned chain_hold(const struct fetch *f);

/* Whether it has pages to read, and may keep them. */
bool chain_is_active(const struct chain *c);

/* The ids that a page of limit records takes, where so many records take
 * distance; at most CHAIN_SPAN_MAX. */
#define CHAIN_SPAN_MAX (UINT64_C(1) << 59)
uint64_t chain_span(uint64_t distance, uint64_t records, unsigned limit);

/* Has it begin at a cursor. */
int chain_begin_at(struct chain *c, const char *cursor);

/* Asks for its next page. */
int chain_post(struct chain *c);

/* Keeps a page that came, and takes over its cursor.  Owns l at once. */
int chain_take(struct chain *c, struct answer *l);

/* Forgets its last page, which will be read once more. */
void chain_untake(struct chain *c);

/* Gives away its first page; the caller frees it. */
struct answer *chain_shift(struct chain *c);

/* Forgets its pages. */
void chain_forget(struct chain *c);

#endif
