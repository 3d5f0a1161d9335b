/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_SPOOL_H
#define HS_SPOOL_H

#include <stddef.h>
#include <sys/types.h>

#include "buf.h"
#include "err.h"

/* Opens a file without a name, for writing and reading, in the directory that
 * TMPDIR names or in /tmp.  It is gone with its last descriptor.  Returns the
 * descriptor, or -1 (HS_CANTCREATE). */
int hs_spool_open(struct hs_err *e);

/* Adds n bytes of it, from `at` on, to b.  HS_IO: there are not so many. */
int hs_spool_read(
    int fd, struct hs_buf *b, size_t n, off_t at, struct hs_err *e);

#endif
