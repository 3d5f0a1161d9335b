/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef FETCH_STATS_H
#define FETCH_STATS_H

#include <stdio.h>

#include "run.h"

/* --stats: the file is opened before the run, and must not be its output.
 * After the run, whose result is given, the counts are written to it as a JSON
 * object.  Returns that result, or -1 when the writing is the first failure. */
FILE *stats_open(const char *path, const char *output, struct hs_err *e);
int stats_close(FILE *f, const char *path, const struct run *r, int result,
    struct hs_err *e);

#endif
