/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_UTF8_H
#define HS_UTF8_H

#include <stddef.h>
#include <stdint.h>

#include "span.h"

/*
 * UTF-8 as RFC 3629 defines it: no overlong forms, no surrogates, nothing
 * beyond U+10FFFF.
 */

/* Length (1 to 4) of the well-formed sequence at p; 0 when there is none
 * before end. */
size_t hs_utf8_len(const char *p, const char *end);

/* Writes cp (at most 0x10FFFF) to dst, which has room for 4 bytes, and
 * returns how many it took. */
size_t hs_utf8_put(uint32_t cp, char *dst);

/* How many leading bytes of text are well-formed UTF-8. */
size_t hs_utf8_valid(struct hs_span text);

#endif
