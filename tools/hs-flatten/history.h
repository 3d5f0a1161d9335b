/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_FLATTEN_HISTORY_H
#define HS_FLATTEN_HISTORY_H

#include <stddef.h>

#include "buf.h"
#include "scan.h"

/* Reads the record that s stands at and appends a row for each value of its
 * propertiesWithHistory, `separator` before every row but the first:
 * {"from_id":…,"property":…,"value":…,"timestamp":…,"source_type":…,
 * "source_id":…,"updated_by":…}, null for what a value does not say.  *rows
 * counts them.  0, or -1 when s has failed; b remembers want of memory. */
int history_rows(
    struct hs_scan *s, struct hs_buf *b, char separator, size_t *rows);

#endif
