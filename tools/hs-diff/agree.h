/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_DIFF_AGREE_H
#define HS_DIFF_AGREE_H

#include <stdbool.h>

#include "buf.h"
#include "side.h"

/* Whether a row of a table says what a JSON record does, in all columns that
 * are compared.  The text starts with the row and may go on behind it; `whole`
 * says that the row is not cut at its end.  A failure is scratch's. */
bool agree(const struct side *table, struct hs_span text, bool whole,
    const struct record *record, struct hs_buf *scratch);

#endif
