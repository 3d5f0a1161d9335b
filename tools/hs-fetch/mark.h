/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef FETCH_MARK_H
#define FETCH_MARK_H

#include "chain.h"

/*
 * Marks: places of the list that the search names.  It sorts by id and skips
 * records, so it tells which id so many records lie beyond a chain, or before
 * the place where the next one began; 10,000 records are its reach.  A mark
 * costs a request, so it is worth it only where answers take long and ids lie
 * unevenly, and a list has few of them.  What the search says is a guess like
 * another.
 */

/* Below this round trip guesses find their places soon enough. */
#define MARK_FAR_NS INT64_C(200000000)

/* How many are asked for or not yet taken. */
int mark_pending(const struct fetch *f);

/* The rank of the first one of these behind begin, or end. */
unsigned long long mark_between(
    const struct fetch *f, unsigned long long begin, unsigned long long end);

/* Whether the list is long enough for marks, and the search names them. */
bool mark_help(const struct fetch *f);

/* Whether one may be asked for now. */
bool mark_idle(const struct fetch *f);

/* Asks for the place with so many records before it, between a chain and a
 * later one, NULL: the list's end, whose ranks are exact.  false: the search
 * does not reach it, or there is no memory. */
bool mark_ask(struct fetch *f, const struct chain *c, const struct chain *b,
    unsigned long long rank);

/* Takes one that was found: true. */
bool mark_take(struct fetch *f, struct place *at);

void mark_free(struct fetch *f);

#endif
