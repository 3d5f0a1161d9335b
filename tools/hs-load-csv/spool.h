/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_LOAD_CSV_SPOOL_H
#define HS_LOAD_CSV_SPOOL_H

#include "err.h"

/* Opens a nameless file for writing and reading, in the directory that TMPDIR
 * names or /tmp; it goes with its last descriptor, whatever happens.  The
 * descriptor, or -1 and HS_CANTCREATE. */
int spool_open(struct hs_err *e);

#endif
