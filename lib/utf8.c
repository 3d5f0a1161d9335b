/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* UTF-8 checking and encoding. */
#include "utf8.h"

#include <string.h>
#if defined(__SSE2__) && !defined(HS_PORTABLE)
#include <emmintrin.h>
#endif

static int
continues(const char *p)
{
	return ((unsigned char)*p & 0xc0) == 0x80;
}

size_t
hs_utf8_len(const char *p, const char *end)
{
	if (p >= end)
		return 0;
	unsigned c = (unsigned char)p[0];
	if (c < 0x80)
		return 1;
	if (c < 0xc2 || end - p < 2 || !continues(p + 1))
		return 0;
	if (c < 0xe0)
		return 2;
	unsigned d = (unsigned char)p[1];
	if (end - p < 3 || !continues(p + 2))
		return 0;
	if (c < 0xf0) {
		if ((c == 0xe0 && d < 0xa0) || (c == 0xed && d > 0x9f))
			return 0;
		return 3;
	}
	if (c > 0xf4 || end - p < 4 || !continues(p + 3))
		return 0;
	if ((c == 0xf0 && d < 0x90) || (c == 0xf4 && d > 0x8f))
		return 0;
	return 4;
}

size_t
hs_utf8_put(uint32_t cp, char *dst)
{
	if (cp < 0x80) {
		dst[0] = (char)cp;
		return 1;
	}
	if (cp < 0x800) {
		dst[0] = (char)(0xc0 | cp >> 6);
		dst[1] = (char)(0x80 | (cp & 0x3f));
		return 2;
	}
	if (cp < 0x10000) {
		dst[0] = (char)(0xe0 | cp >> 12);
		dst[1] = (char)(0x80 | (cp >> 6 & 0x3f));
		dst[2] = (char)(0x80 | (cp & 0x3f));
		return 3;
	}
	dst[0] = (char)(0xf0 | cp >> 18);
	dst[1] = (char)(0x80 | (cp >> 12 & 0x3f));
	dst[2] = (char)(0x80 | (cp >> 6 & 0x3f));
	dst[3] = (char)(0x80 | (cp & 0x3f));
	return 4;
}

#define BLOCK 64

/* Goes past ASCII, 64 bytes at a time where there are so many. */
static inline const char *
skip_ascii(const char *p, const char *end)
{
#if defined(__SSE2__) && !defined(HS_PORTABLE)
	for (; end - p >= BLOCK; p += BLOCK) {
		const __m128i *v = (const void *)p;
		__m128i a = _mm_loadu_si128(v), b = _mm_loadu_si128(v + 1);
		__m128i c = _mm_loadu_si128(v + 2), d = _mm_loadu_si128(v + 3);
		a = _mm_or_si128(_mm_or_si128(a, b), _mm_or_si128(c, d));
		if (_mm_movemask_epi8(a))
			break;
	}
	for (; end - p >= 16; p += 16) {
		int high = _mm_movemask_epi8(
		    _mm_loadu_si128((const __m128i *)(const void *)p));
		if (high)
			return p + __builtin_ctz((unsigned)high);
	}
#else
	for (uint64_t x; end - p >= (ptrdiff_t)sizeof x; p += sizeof x) {
		memcpy(&x, p, sizeof x);
		if (x & UINT64_C(0x8080808080808080))
			break;
	}
#endif
	while (p < end && !(*p & 0x80))
		p++;
	return p;
}

size_t
hs_utf8_valid(struct hs_span text)
{
	const char *p = text.p, *end = text.p + text.len;

	while ((p = skip_ascii(p, end)) < end) {
		do {
			size_t n = hs_utf8_len(p, end);
			if (n == 0)
				return (size_t)(p - text.p);
			p += n;
		} while (p < end && *p & 0x80);
	}
	return text.len;
}
