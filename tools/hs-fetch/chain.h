/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_CRM_CHAIN_H
#define HS_CRM_CHAIN_H

#include "parts.h"

/*
 * Reading the list.
 *
 * The API's list is a chain: each page names the cursor of the next, so that
 * a round trip passes between one page and another.  In practice (promised
 * nowhere) ids ascend, pages are full, and the cursor is the id of the next
 * page's first record: the law.  Where two pages in a row have obeyed it,
 * further chains are begun at ids ahead, chosen by guess.
 *
 * A guess never decides what is in the list.  A chain's records are accepted
 * only once the chain before it, which goes on from cursor to cursor, has
 * come upon its first record: in one of its pages (then the ids behind it
 * have to agree, too), or as its cursor.  Whatever else happens, the chains
 * ahead are thrown away and the one in front goes on as if they had never
 * been.
 */
struct chain {
	struct chain *next;
	struct fetch *f;
	struct hs_call *call;
	struct chain *ahead; /* its call is to follow this one's */
	char *cursor;	   /* of its next page; NULL: the list's start */
	uint64_t position; /* that cursor as a number, or the guess */
	uint64_t guess;	   /* where it began; 0 for the first */
	bool started;	   /* its first page is known: */
	uint64_t first;	   /* that page's first id */
	bool ended;	   /* it has come to the list's end */
	bool joined;	   /* it has come upon the next chain: */
	size_t join_at;	   /* at that record of its last page */
	bool rechecked;
	bool light; /* the page being read has no properties */
	bool dropped; /* nobody waits for its call any more */
	struct hs_listed *pages, *tail; /* not yet accepted */
	unsigned held;			/* how many these are */
};

/* Below this round trip one chain is as fast as the rate limit lets any. */
#define CHAIN_NEAR_NS INT64_C(20000000)

/* chain.c */
struct chain *chain_new(struct fetch *f);
void chain_delete(struct chain *c);
bool chain_reading(const struct chain *c);
/* Adds up f->held. */
void chain_count_held(struct fetch *f);
/* Throws away the chains behind c. A call under way stays until it ends. */
void chain_drop_behind(struct fetch *f, struct chain *c);
/* A surprise: back to the one chain, and the law has to be proved anew. */
void chain_distrust(struct fetch *f, struct chain *c);

/* Nothing of it is wanted; it goes when its call has ended. */
void chain_drop(struct fetch *f, struct chain *c);

/* post.c */

int chain_post(struct chain *c);
/* Has the next page asked for at the moment that this one comes, so that the
 * server works while we read: a chain of one page, at the cursor that the body
 * seems to name.  A server far away has further chains for that. */
void chain_look_ahead(struct chain *c);
/* In libcurl's thread: the answer has come that names the page. */
bool chain_foresee(struct hs_call *c, struct hs_span answer);
/* What was asked for when the chain's page came, or NULL. */
struct chain *chain_take_ahead(struct chain *c);
/* The page has been read, and its cursor is the chain's: was it foreseen?
 * Then what was asked ahead is the chain's next page. */
void chain_catch_up(struct chain *c, struct chain *ahead);

/* meet.c */

/* Whether the page obeys the law.  A page of the head is compared with the
 * cursor that brought it, a guess need only be reached. */
bool chain_lawful(const struct chain *c, const struct hs_listed *l);
/* Puts together what is known of neighbours and hands on what is certain. */
int chain_accept(struct fetch *f);

/* guess.c */
void chain_learn(struct fetch *f, const struct hs_listed *l);
/* How many pages a chain should have to read. */
unsigned chain_stretch(const struct fetch *f);
/* Begins as many chains as are worth it. */
int chain_add(struct fetch *f);

#endif
