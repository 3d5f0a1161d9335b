/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef FETCH_DRIFT_H
#define FETCH_DRIFT_H

#include "buf.h"
#include "lookup.h"
#include "span.h"

/*
 * Appends which properties are asked for now and are not in the page's first
 * record, and which are in it and are not asked for: "new: a, b; gone: c".
 * Appends nothing when there is no record, or no difference.  The page is
 * valid.
 */
void drift_text(
    struct hs_span page, const struct names *now, struct hs_buf *text);

#endif
