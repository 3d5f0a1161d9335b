/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_COPYTEXT_H
#define HS_COPYTEXT_H

#include <stdbool.h>

#include "buf.h"
#include "span.h"

/* What a database's text cannot hold. */
enum hs_copyfault { HS_COPY_NONE, HS_COPY_NUL, HS_COPY_HALF };

/*
 * Puts a JSON string's text, its escapes resolved, into the buffer, which is
 * cleared first.  Returns what is wrong with it.  With mend nothing is: NUL
 * characters are dropped, and half a surrogate pair becomes U+FFFD.  nul says
 * that NUL characters are welcome.  A failure is the buffer's.
 */
enum hs_copyfault hs_copytext_string(
    struct hs_span inner, bool nul, bool mend, struct hs_buf *b);

/* The same for a nested value: its JSON text, where \u0000 and half a pair
 * are escapes. */
enum hs_copyfault hs_copytext_nested(
    struct hs_span value, bool nul, bool mend, struct hs_buf *b);

/* Adds a text as a cell of COPY.  b has room for twice its bytes. */
void hs_copytext_put(struct hs_buf *b, struct hs_span text);

#endif
