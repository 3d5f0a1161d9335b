/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef FETCH_STATS_H
#define FETCH_STATS_H

#include <stdio.h>

#include "run.h"

/* --stats: the file is opened before the run, unless it is the output, and
 * gets the counts as a JSON object after it, whose result is given and
 * returned, unless it is here that something fails first. */
FILE *stats_open(const char *path, const char *output, struct hs_err *e);
int stats_close(FILE *f, const char *path, const struct run *r, int result,
    struct hs_err *e);

#endif
