/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Text of JSON values as a database takes it. */
#include "copytext.h"

#include <string.h>

#include "scan.h"

static size_t
drop_nuls(char *p, size_t len)
{
	size_t n = 0;

	for (size_t i = 0; i < len; i++)
		if (p[i] != '\0')
			p[n++] = p[i];
	return n;
}

enum hs_copyfault
hs_copytext_string(struct hs_span inner, bool nul, bool mend, struct hs_buf *b)
{
	size_t lone = 0;

	hs_buf_clear(b);
	if (hs_buf_reserve(b, inner.len + 1) < 0)
		return HS_COPY_NONE;
	b->len = hs_scan_decode(inner, b->data, &lone);
	if (lone && !mend)
		return HS_COPY_HALF;
	if (nul || !memchr(b->data, '\0', b->len))
		return HS_COPY_NONE;
	if (!mend)
		return HS_COPY_NUL;
	b->len = drop_nuls(b->data, b->len);
	return HS_COPY_NONE;
}

/* The code unit of the escape \uXXXX at p, which is valid where it is one;
 * -1: another escape, or none. */
static int
code_unit(const char *p, const char *end)
{
	int unit = 0;

	if (end - p < 6 || p[0] != '\\' || p[1] != 'u')
		return -1;
	for (int i = 2; i < 6; i++) {
		int c = (unsigned char)p[i];
		int digit = c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
		unit = unit * 16 + digit;
	}
	return unit;
}

/* How the escape at p is: its length, and what is wrong with it. */
static size_t
look_at_escape(const char *p, const char *end, enum hs_copyfault *fault)
{
	int unit = code_unit(p, end);

	*fault = HS_COPY_NONE;
	if (unit < 0)
		return 2;
	if (unit == 0)
		*fault = HS_COPY_NUL;
	if (unit < 0xd800 || unit > 0xdfff)
		return 6;
	int next = unit < 0xdc00 ? code_unit(p + 6, end) : -1;
	if (next >= 0xdc00 && next <= 0xdfff)
		return 12;
	*fault = HS_COPY_HALF;
	return 6;
}

enum hs_copyfault
hs_copytext_nested(struct hs_span value, bool nul, bool mend, struct hs_buf *b)
{
	const char *p = value.p, *end = value.p + value.len, *escape;
	enum hs_copyfault fault;

	hs_buf_clear(b);
	while ((escape = memchr(p, '\\', (size_t)(end - p)))) {
		size_t len = look_at_escape(escape, end, &fault);
		if (fault == HS_COPY_NUL && nul)
			fault = HS_COPY_NONE;
		if (fault && !mend)
			return fault;
		hs_buf_add(b, p, (size_t)(escape - p));
		if (!fault)
			hs_buf_add(b, escape, len);
		else if (fault == HS_COPY_HALF)
			hs_buf_puts(b, "\\ufffd");
		p = escape + len;
	}
	hs_buf_add(b, p, (size_t)(end - p));
	return HS_COPY_NONE;
}

void
hs_copytext_put(struct hs_buf *b, struct hs_span text)
{
	if (text.len == 0)
		return;
	char *d = b->data + b->len;

	for (size_t i = 0; i < text.len; i++) {
		char c = text.p[i];
		char escape = c == '\\'	  ? '\\'
			      : c == '\n' ? 'n'
			      : c == '\r' ? 'r'
			      : c == '\t' ? 't'
					  : '\0';
		if (escape) {
			*d++ = '\\';
			c = escape;
		}
		*d++ = c;
	}
	b->len = (size_t)(d - b->data);
}
