/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* UTF-8 checking and encoding. */
#include "utf8.h"

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

size_t
hs_utf8_valid(struct hs_span text)
{
	const char *p = text.p, *end = text.p + text.len;

	for (size_t n; (n = hs_utf8_len(p, end)) > 0;)
		p += n;
	return (size_t)(p - text.p);
}
