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
 * The scanner's inner part: strings, numbers, words.  A function takes the
 * place in s's text where it begins and returns the place where it ends; or
 * NULL when it fails, with reason and place in s.  The parts that nearly
 * every byte goes through are inline.  HS_PORTABLE leaves SSE2 out.
 */

extern const char hs_scan_cut[]; /* a reason */

/* Notes the reason and place of a failure.  Returns NULL. */
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
 * Skips bytes with no meaning of their own in a string: all but quote,
 * backslash, control characters and non-ASCII.  As signed bytes the last two
 * are both less than a space.
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
	/* The same with eight bytes in a word.  (x - n) | x has the high bit
	 * in each byte of x that is below n or has its own high bit set.  A
	 * borrow may set it in another byte; the loop below then looks. */
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

/* Reads the rest of a string; hs_scan_plain() stopped at p. */
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

/* The value of a hexadecimal digit, or -1. */
static inline int
hs_scan_hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

#endif
