/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef FETCH_MEET_H
#define FETCH_MEET_H

#include "chain.h"

/*
 * The chains of a list, as stride.h describes them: where they meet, which
 * are of no use, and which pages are certain.
 */
#define DISTRUST_MAX 3 /* surprises after which there is but one chain */

/* The chain in front of c, which is not the first. */
struct chain *meet_before(struct fetch *f, const struct chain *c);

/* Puts together what is known of neighbours, and hands pages over as far as
 * that is safe. */
int meet_accept(struct fetch *f);

/* A surprise behind c: back to the chains up to it, and what is relied on has
 * to be seen anew. */
void meet_distrust(struct fetch *f, struct chain *c);

/* The answer of a chain that was dropped has come. */
void meet_bury(struct fetch *f, struct chain *c);

#endif
