/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef FETCH_GUESS_H
#define FETCH_GUESS_H

#include "chain.h"

/*
 * Where in the list a further chain should begin.
 *
 * Ids come in clumps: an old account's 1, 51, 101, ..., new ones of eleven
 * digits with gaps of millions, an import's thousands in a row.  So a guess
 * lies only a few pages ahead of what a chain has seen, by the distance of the
 * ids that it saw last; where a chain lands among others, the next guess goes
 * by those.
 */

/* The ids that a page of limit records takes, where so many records take
 * distance. */
uint64_t guess_span(uint64_t distance, uint64_t records, unsigned limit);

/* How many pages a chain may hold that are not yet accepted. */
unsigned guess_hold(const struct fetch *f);

/* The number at which a chain should begin, and the chain behind which it
 * belongs: true.  false: no further chain is worth its requests now. */
bool guess_next(const struct fetch *f, struct chain **behind, uint64_t *number);

#endif
