/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef FETCH_TARGETS_H
#define FETCH_TARGETS_H

#include "words.h"

/*
 * The answers of the associations' endpoint, in the shape of the list's.
 * Functions that return int give 0, or -1 for invalid text or want of memory.
 */

/* Reads the inline page, from->inlined, whose JSON was read before. */
int targets_open(struct assoc_from *from);

/* Sets from->unknown if an answer's targets have types of which nothing has
 * been noted. */
int targets_look(struct assoc_from *from, struct hs_span list);

/* Reads the targets of an answer, which was read before, and adds them to
 * from->results. */
int targets_add(struct assoc_from *from, struct hs_span list);

/* Releases all but the results; what from->opened stands for, too. */
void targets_close(struct assoc_from *from);

/* How many different ids a record's associations show under the key, or
 * without one under their last. */
int targets_shown(
    struct hs_span associations, struct hs_span key, size_t *shown);

#endif
