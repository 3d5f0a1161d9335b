/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* What strings say. */
#include "scan-scalar.h"
#include "utf8.h"

static uint32_t
unit(const char *p)
{
	return (uint32_t)hs_scan_hex(p[0]) << 12 |
	       (uint32_t)hs_scan_hex(p[1]) << 8 |
	       (uint32_t)hs_scan_hex(p[2]) << 4 | (uint32_t)hs_scan_hex(p[3]);
}

/* Decodes the \u escape at p, with the second half of a surrogate pair;
 * returns where it ends. */
static const char *
code_point(const char *p, const char *end, uint32_t *cp, size_t *lone)
{
	uint32_t u = unit(p + 2);

	p += 6;
	if (u >= 0xd800 && u < 0xdc00 && end - p >= 6 && p[0] == '\\' &&
	    p[1] == 'u') {
		uint32_t low = unit(p + 2);
		if (low >= 0xdc00 && low < 0xe000) {
			*cp = 0x10000 + ((u - 0xd800) << 10) + (low - 0xdc00);
			return p + 6;
		}
	}
	if (u >= 0xd800 && u < 0xe000) {
		++*lone;
		u = 0xfffd;
	}
	*cp = u;
	return p;
}

size_t
hs_scan_decode(struct hs_span inner, char *dst, size_t *lone)
{
	static const char from[] = "bfnrt", to[] = "\b\f\n\r\t";
	const char *p = inner.p, *end = inner.p + inner.len;
	size_t n = 0, unpaired = 0;

	while (p < end) {
		const char *q = memchr(p, '\\', (size_t)(end - p));
		size_t run = (size_t)((q ? q : end) - p);
		memcpy(dst + n, p, run);
		n += run;
		if (!q)
			break;
		p = q + 2;
		const char *simple = memchr(from, q[1], sizeof from - 1);
		if (q[1] == 'u') {
			uint32_t cp;
			p = code_point(q, end, &cp, &unpaired);
			n += hs_utf8_put(cp, dst + n);
		} else {
			dst[n++] = simple ? to[simple - from] : q[1];
		}
	}
	if (lone)
		*lone += unpaired;
	return n;
}

int
hs_scan_says(struct hs_span inner, struct hs_buf *scratch, struct hs_span *text,
    size_t *lone)
{
	*text = inner;
	if (inner.len == 0 || !memchr(inner.p, '\\', inner.len))
		return 0;
	hs_buf_clear(scratch);
	if (hs_buf_reserve(scratch, inner.len) < 0)
		return -1;
	scratch->len = hs_scan_decode(inner, scratch->data, lone);
	*text = hs_buf_span(scratch);
	return 0;
}

bool
hs_scan_spells(struct hs_span inner, const char *name)
{
	char text[128];

	if (inner.len > sizeof text || !memchr(inner.p, '\\', inner.len))
		return false;
	return hs_span_is(
	    hs_span(text, hs_scan_decode(inner, text, NULL)), name);
}
