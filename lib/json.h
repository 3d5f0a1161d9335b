/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_JSON_H
#define HS_JSON_H

#include "buf.h"
#include "span.h"

/* Appends text as a JSON string, quotes included.  Control characters, quote
 * and backslash are escaped; each byte that is not UTF-8 becomes U+FFFD.
 * Returns 0, or -1 as hs_buf_add() does. */
int hs_json_string(struct hs_buf *b, struct hs_span text);

#endif
