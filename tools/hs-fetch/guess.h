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
 * by those.  Where answers take long and the search tells how many records
 * there are, it is asked for places, too, and all goes part by part (part.h).
 */

/* Has the search name places, where that helps. */
void guess_ask(struct fetch *f);

/* Where a further chain should begin: true.  false: none is worth its requests
 * now. */
bool guess_next(struct fetch *f, struct place *at);

#endif
