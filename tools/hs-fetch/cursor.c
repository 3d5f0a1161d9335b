/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Cursors as numbers. */
#include "cursor.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "seen.h"

#define DIGITS 18
/* Base64 of 19 bytes, each = as %3D. */
#define TEXT_MAX 32

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
			       "abcdefghijklmnopqrstuvwxyz0123456789+/";

/* Copies text with %3D as =; false when it is too long. */
static bool
unescape(struct hs_span text, char *to, size_t *n, bool *percent)
{
	*n = 0;
	*percent = false;
	for (size_t i = 0; i < text.len; i++) {
		if (*n == TEXT_MAX)
			return false;
		if (text.len - i >= 3 && text.p[i] == '%' &&
		    text.p[i + 1] == '3' && (text.p[i + 2] | 0x20) == 'd') {
			to[(*n)++] = '=';
			*percent = true;
			i += 2;
		} else {
			to[(*n)++] = text.p[i];
		}
	}
	return true;
}

/* What a character of base64 stands for; -1: it is none. */
static int
sextet(char c)
{
	for (int i = 0; i < 64; i++)
		if (alphabet[i] == c)
			return i;
	return -1;
}

/* Decodes base64 (RFC 4648, 4) with its padding; the length, or 0. */
static size_t
decode(const char *text, size_t n, char *to)
{
	size_t len = 0, padding = 0;

	if (n == 0 || n % 4 != 0)
		return 0;
	while (padding < 2 && text[n - 1 - padding] == '=')
		padding++;
	for (size_t i = 0; i < n; i += 4) {
		uint32_t bits = 0;

		for (size_t k = i; k < i + 4; k++) {
			int v = k < n - padding ? sextet(text[k]) : 0;

			if (v < 0)
				return 0;
			bits = bits << 6 | (uint32_t)v;
		}
		to[len++] = (char)(bits >> 16);
		to[len++] = (char)(bits >> 8);
		to[len++] = (char)bits;
	}
	return len - padding;
}

bool
cursor_read(struct hs_span text, struct cursor_form *form, uint64_t *n)
{
	char plain[TEXT_MAX], digits[TEXT_MAX] = {0};
	size_t len;

	*form = (struct cursor_form){0};
	if (seen_number(text, n))
		return true;
	if (!unescape(text, plain, &len, &form->percent))
		return false;
	len = decode(plain, len, digits);
	if (len > 0 && len <= DIGITS + 1 && digits[len - 1] == '\n') {
		form->line_end = true;
		len--;
	}
	form->base64 = true;
	return seen_number(hs_span(digits, len), n);
}

char *
cursor_write(struct cursor_form form, uint64_t n)
{
	char digits[DIGITS + 4], text[3 * TEXT_MAX], *to = text;
	int len = snprintf(digits, sizeof digits, "%llu%s",
	    (unsigned long long)n, form.line_end ? "\n" : "");

	if (!form.base64)
		return strdup(digits);
	for (int i = 0; i < len; i += 3) {
		uint32_t bits = 0;

		for (int k = 0; k < 3; k++)
			bits = bits << 8 |
			       (i + k < len ? (unsigned char)digits[i + k] : 0);
		for (int k = 0; k < 4; k++)
			if (i + k <= len)
				*to++ = alphabet[bits >> (18 - 6 * k) & 63];
			else
				to = stpcpy(to, form.percent ? "%3D" : "=");
	}
	*to = '\0';
	return strdup(text);
}
