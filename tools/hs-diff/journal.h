/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_DIFF_JOURNAL_H
#define HS_DIFF_JOURNAL_H

#include <stdbool.h>

#include "err.h"
#include "target.h"

/* A file that changes are added to.  It is replaced by a copy with more lines,
 * so that it never has a part of a line, or of a run. */

/* Copies the file that is there into the target.  *some: it holds something.
 * HS_DATA when its last line is torn, or when it holds pages where `bare`
 * records are to be added, or the other way round. */
int journal_copy(struct hs_target *t, bool bare, bool *some, struct hs_err *e);

/* The time now, as ISO 8601 in UTC. */
#define JOURNAL_TIME 64
const char *journal_time(char text[JOURNAL_TIME]);

#endif
