/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_JSON_H
#define HS_JSON_H

#include <stddef.h>

#include "buf.h"
#include "span.h"

/* Writing JSON into a buffer; 0, or -1 as hs_buf_add(). */

/* text as a JSON string, quotes included.  Control characters, quote and
 * backslash are escaped; each byte that is not UTF-8 becomes U+FFFD. */
int hs_json_string(struct hs_buf *b, struct hs_span text);

#endif
