/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef FETCH_PART_H
#define FETCH_PART_H

#include "chain.h"

/*
 * Where a further chain begins, part by part: a part reaches from a chain's
 * next page to where the next chain began, or to the list's end.  How many
 * records and ids lie in it is known, and how the ids lie at its two ends.
 */

/* Has the search name places in what no chain has seen. */
void part_ask(struct fetch *f, size_t stretch);

/* The next place; false: no part is worth another chain.  A part should have
 * stretch pages, and risky ones at least where a guess may be in vain. */
bool part_next(struct fetch *f, size_t stretch, size_t risky, struct place *at);

/* A page of the chain, which is behind b, has shown for the first time what a
 * page takes there. */
void part_found(const struct chain *b, struct chain *c, uint64_t span);

/* About how many pages no chain has read yet; 0 where the search does not
 * tell. */
unsigned long long part_left(const struct fetch *f);

#define PART_SPARE 4 /* requests that are not the list's */

/* Whether the list's pages alone fit into one window of the rate limit. */
bool part_fits(const struct fetch *f);

/* Whether there are requests to spare for another chain in a part of so many
 * pages, if so many chains cost one request more than reading in order.  A list
 * that fits into one window of the rate limit stays within it, unless a chain
 * alone would take longer than until the next. */
bool part_may_cut(const struct fetch *f, size_t pages, unsigned share);

#endif
