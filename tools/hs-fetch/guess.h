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

/* How many pages a chain should have to read: enough to make the page that
 * overlaps with the next chain cheap, few enough to hold them all. */
unsigned guess_stretch(const struct fetch *f);

/* The number at which a chain should begin, and the chain behind which it
 * belongs: true.  false: no further chain is worth its requests now. */
bool guess_next(const struct fetch *f, struct chain **behind, uint64_t *number);

#endif
