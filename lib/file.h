/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_FILE_H
#define HS_FILE_H

#include <stddef.h>

#include "buf.h"
#include "err.h"

/*
 * Whole small files.  Adds what the file at path holds to b; "-" or NULL is
 * standard input.  The text has a NUL behind it that b->len does not count.
 *
 * Failure names the path and is HS_NOINPUT (it can't be opened), HS_IO,
 * HS_DATA (it is longer than max bytes) or HS_SYSTEM; b's content then is as
 * it was.
 */
int hs_file_read(
    const char *path, size_t max, struct hs_buf *b, struct hs_err *e);

#endif
