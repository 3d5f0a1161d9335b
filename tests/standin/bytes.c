/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Growing bytes and the encodings that a portal's answers use. */
#include "bytes.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
			       "abcdefghijklmnopqrstuvwxyz0123456789+/";

void
bytes_grow(struct bytes *b, size_t n)
{
	size_t cap = b->cap ? b->cap : 256;

	while (cap - b->len < n)
		cap *= 2;
	b->at = realloc(b->at, cap);
	if (b->at == NULL) {
		fputs("standin: out of memory\n", stderr);
		abort();
	}
	b->cap = cap;
}

const char *
bytes_end(struct bytes *b)
{
	bytes_need(b, 1);
	b->at[b->len] = '\0';
	return b->at;
}

void
bytes_trim(struct bytes *b)
{
	char *at = b->len ? realloc(b->at, b->len) : NULL;

	if (at != NULL) {
		b->at = at;
		b->cap = b->len;
	}
}

void
bytes_free(struct bytes *b)
{
	free(b->at);
	*b = (struct bytes){0};
}

void
bytes_json(struct bytes *b, const char *s, size_t n)
{
	bytes_char(b, '"');
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)s[i];
		if (c == '"' || c == '\\') {
			bytes_char(b, '\\');
			bytes_char(b, (char)c);
		} else if (c == '\n') {
			bytes_lit(b, "\\n");
		} else if (c < 0x20) {
			bytes_fmt(b, "\\u%04x", c);
		} else {
			bytes_char(b, (char)c);
		}
	}
	bytes_char(b, '"');
}

void
bytes_fmt(struct bytes *b, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	int n = vsnprintf(NULL, 0, format, ap);
	va_end(ap);
	bytes_need(b, (size_t)n + 1);
	va_start(ap, format);
	vsnprintf(b->at + b->len, (size_t)n + 1, format, ap);
	va_end(ap);
	b->len += (size_t)n;
}

void
bytes_num(struct bytes *b, uint64_t n, unsigned width)
{
	char digits[20];
	size_t at = sizeof(digits);

	do
		digits[--at] = (char)('0' + n % 10);
	while (n /= 10);
	while (sizeof(digits) - at < width)
		digits[--at] = '0';
	bytes_add(b, digits + at, sizeof(digits) - at);
}

static void
add_sextet(struct bytes *b, char c, int percent)
{
	if (percent && !isalnum((unsigned char)c))
		bytes_fmt(b, "%%%02X", (unsigned)c);
	else
		bytes_char(b, c);
}

void
bytes_base64(struct bytes *b, const void *p, size_t n, int percent)
{
	const unsigned char *s = p;

	for (size_t i = 0; i < n; i += 3) {
		size_t left = n - i;
		unsigned v = (unsigned)s[i] << 16;
		if (left > 1)
			v |= (unsigned)s[i + 1] << 8;
		if (left > 2)
			v |= s[i + 2];
		add_sextet(b, alphabet[v >> 18], percent);
		add_sextet(b, alphabet[v >> 12 & 63], percent);
		add_sextet(b, left > 1 ? alphabet[v >> 6 & 63] : '=', percent);
		add_sextet(b, left > 2 ? alphabet[v & 63] : '=', percent);
	}
}

int
bytes_unbase64(struct bytes *b, const char *s, size_t n)
{
	size_t before = b->len;
	unsigned v = 0, bits = 0;

	if (n % 4 != 0)
		return -1;
	for (size_t i = 0; i < n && s[i] != '='; i++) {
		const char *at = s[i] ? strchr(alphabet, s[i]) : NULL;
		if (at == NULL) {
			b->len = before;
			return -1;
		}
		v = (v << 6 | (unsigned)(at - alphabet)) & 0xffffff;
		bits += 6;
		if (bits >= 8) {
			bits -= 8;
			bytes_char(b, (char)(v >> bits & 0xff));
		}
	}
	return 0;
}

static int
hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = (char)tolower((unsigned char)c);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

void
bytes_unpercent(struct bytes *b, const char *s, size_t n, int plus)
{
	for (size_t i = 0; i < n; i++) {
		if (s[i] == '%' && i + 2 < n && hex(s[i + 1]) >= 0 &&
		    hex(s[i + 2]) >= 0) {
			bytes_char(
			    b, (char)(hex(s[i + 1]) * 16 + hex(s[i + 2])));
			i += 2;
		} else {
			bytes_char(b, plus && s[i] == '+' ? ' ' : s[i]);
		}
	}
}
