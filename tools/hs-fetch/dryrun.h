/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef FETCH_DRYRUN_H
#define FETCH_DRYRUN_H

#include "fetch.h"

/* --dry-run: adds to text what would be requested, and the quota left.  Where
 * the token may not search, the number of records stays unknown, and *refused
 * says why; else its text is empty. */
int dryrun(struct session *api, const struct list_options *o,
    struct hs_buf *text, struct hs_err *refused, struct hs_err *e);

#endif
