/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* UTF-8 against a decoder that goes by code points. */
#include "../fuzz/scan.c"

#include "tap.h"

/* Length of the sequence that the bytes begin with; 0 for none. */
static size_t
expected(const unsigned char *p, size_t n)
{
	struct ref r = {p, p + n, 0};

	if (n == 0)
		return 0;
	if (p[0] < 0x80)
		return 1;
	return ref_utf8(&r) ? (size_t)(r.p - p) : 0;
}

/* Tries all sequences of n bytes that begin with a byte of from to to; of the
 * last byte only every step-th value. */
static size_t
wrong(unsigned from, unsigned to, size_t n, unsigned step)
{
	unsigned char b[4] = {0};
	size_t bad = 0;
	unsigned rest = 1u << (8 * (n - 1));

	for (unsigned first = from; first <= to; first++) {
		b[0] = (unsigned char)first;
		for (unsigned i = 0; i < rest; i += step) {
			for (size_t k = 1; k < n; k++)
				b[k] = (unsigned char)(i >> (8 * (n - 1 - k)));
			const char *p = (const void *)b;
			bad += hs_utf8_len(p, p + n) != expected(b, n);
		}
	}
	return bad;
}

static void
code_points(void)
{
	size_t bad = 0;
	char text[4];

	for (uint32_t c = 0; c <= 0x10ffff; c++) {
		size_t n = hs_utf8_put(c, text);
		bool good = c < 0xd800 || c > 0xdfff;
		size_t want = c < 0x80	    ? 1
			      : c < 0x800   ? 2
			      : c < 0x10000 ? 3
					    : 4;
		if (n != want || hs_utf8_len(text, text + n) != (good ? n : 0))
			bad++;
		for (size_t cut = 0; cut < n; cut++)
			bad += hs_utf8_len(text, text + cut) != 0;
	}
	tap_ok(bad == 0, "every code point there and back, surrogates not");
}

/* Any character, and any byte that is none, anywhere in a long text. */
static void
long_texts(void)
{
	static const char *const chars[] = {
	    "\xc3\xa4", "\xe2\x82\xac", "\xf0\x9f\x98\x80", "\x7f"};
	char text[300];
	size_t bad = 0;

	for (size_t at = 0; at < 256; at++) {
		for (size_t i = 0; i < 4; i++) {
			memset(text, 'a', sizeof text);
			memcpy(text + at, chars[i], strlen(chars[i]));
			struct hs_span t = hs_span(text, sizeof text);
			bad += hs_utf8_valid(t) != t.len;
			text[at] = (char)0x80;
			bad += hs_utf8_valid(t) != at;
		}
	}
	tap_ok(bad == 0, "long texts");
}

int
main(void)
{
	code_points();
	long_texts();
	tap_ok(wrong(0, 255, 1, 1) == 0, "all single bytes");
	tap_ok(wrong(0, 255, 2, 1) == 0, "all pairs of bytes");
	tap_ok(wrong(0xdf, 0xf0, 3, 1) == 0, "three bytes");
	tap_ok(wrong(0xef, 0xf8, 4, 13) == 0, "four bytes");
	tap_ok(hs_utf8_valid(HS_SPAN("")) == 0, "nothing");
	tap_ok(hs_utf8_valid(HS_SPAN("a\xc3\xa4\xe2\x82\xac")) == 6,
	    "a text valid to its end");
	tap_ok(hs_utf8_valid(HS_SPAN("a\xc3\xa4\xe2\x82")) == 3,
	    "a text cut within a character");
	return tap_done();
}
