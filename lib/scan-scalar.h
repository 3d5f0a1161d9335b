/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_SCAN_SCALAR_H
#define HS_SCAN_SCALAR_H

#include <stdint.h>
#include <string.h>
#if defined(__SSE2__) && !defined(HS_PORTABLE)
#include <emmintrin.h>
#endif

#include "scan.h"

/*
 * The scanner's inner part, for the walk in scan.c: strings, numbers, words.
 * Functions take the place where they begin, which is in s's text, and return
 * the one that they have come to, or NULL when they fail, s then having
 * reason and place.  What nearly every byte goes through is inline; a file
 * compiled with HS_PORTABLE has it without SSE2.
 */

extern const char hs_scan_cut[]; /* a reason */

/* Notes the reason and place of a failure; NULL for callers that return the
 * place they have come to. */
static inline const char *
hs_scan_stop(struct hs_scan *s, const char *at, const char *why)
{
	s->p = at;
	s->why = why;
	return NULL;
}

static inline const char *
hs_scan_space(const char *p, const char *end)
{
	if (p != end && *p > ' ')
		return p;
	while (p < end && (*p == ' ' || *p == '\t' || *p == '\n' || *p == '\r'))
		p++;
	return p;
}

/*
 * Skips bytes that mean nothing inside a string: all but quote, backslash,
 * control characters and non-ASCII.  As signed bytes the last two are one
 * comparison, "less than a space".
 */
static inline const char *
hs_scan_plain(const char *p, const char *end)
{
#if defined(__SSE2__) && !defined(HS_PORTABLE)
	const __m128i quote = _mm_set1_epi8('"');
	const __m128i slash = _mm_set1_epi8('\\');
	const __m128i blank = _mm_set1_epi8(' ');

	for (; end - p >= 16; p += 16) {
		__m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
		__m128i hit = _mm_or_si128(_mm_cmplt_epi8(v, blank),
		    _mm_or_si128(
			_mm_cmpeq_epi8(v, quote), _mm_cmpeq_epi8(v, slash)));
		unsigned mask = (unsigned)_mm_movemask_epi8(hit);
		if (mask)
			return p + __builtin_ctz(mask);
	}
#else
	/* The same, eight bytes in a word: a byte of x is below n, or has its
	 * high bit set, where (x - n) | x has the high bit; borrows can only
	 * make a false alarm, which the byte loop below settles. */
	const uint64_t ones = UINT64_C(0x0101010101010101);

	for (; end - p >= 8; p += 8) {
		uint64_t x;
		memcpy(&x, p, 8);
		uint64_t quote = x ^ ones * '"', slash = x ^ ones * '\\';
		if (((x - ones * ' ') | x | (quote - ones) | (slash - ones)) &
		    ones * 0x80)
			break;
	}
#endif
	while (p < end && (signed char)*p >= ' ' && *p != '"' && *p != '\\')
		p++;
	return p;
}

/* Reads a string on from the byte that hs_scan_plain() stopped at. */
const char *hs_scan_string_rest(struct hs_scan *s, const char *p);

/* Reads a string; p stands at its opening quote. */
static inline const char *
hs_scan_string(struct hs_scan *s, const char *p)
{
	p = hs_scan_plain(p + 1, s->end);
	return p < s->end && *p == '"' ? p + 1 : hs_scan_string_rest(s, p);
}

/* Reads a value that is no container; p is not the text's end. */
const char *hs_scan_scalar(struct hs_scan *s, const char *p);

/* What a hexadecimal digit says; -1: it is none. */
static inline int
hs_scan_hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

#endif
