/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Cursors as numbers: every form, there and back, and what is none. */
#include "hs-fetch/cursor.h"

#include <stdlib.h>

#include "../tap.h"

#define PLAIN ((struct cursor_form){false, false, false})
#define BASE64 ((struct cursor_form){true, false, false})
#define LINE ((struct cursor_form){true, true, false})
#define PERCENT ((struct cursor_form){true, true, true})

static void
reads(const char *text, uint64_t want, struct cursor_form form)
{
	struct cursor_form f;
	uint64_t n = 0;
	bool good = cursor_read(hs_span_str(text), &f, &n);

	tap_ok(good && n == want && f.base64 == form.base64 &&
		   f.line_end == form.line_end && f.percent == form.percent,
	    "%s is read", text);
}

static void
writes(struct cursor_form form, uint64_t n, const char *want)
{
	char *text = cursor_write(form, n);

	tap_is_str(text, want, want);
	free(text);
}

static void
refuses(const char *text, size_t len)
{
	struct cursor_form f;
	uint64_t n;

	tap_ok(!cursor_read(hs_span(text, len), &f, &n), "none: %s", text);
}

/* All lengths of digits, and so all paddings. */
static void
there_and_back(struct cursor_form form, const char *name)
{
	uint64_t n = 1;
	int bad = 0;

	for (int digits = 1; digits <= 18; digits++) {
		for (uint64_t add = 0; add < 2; add++) {
			struct cursor_form f;
			uint64_t got = 0;
			char *text = cursor_write(form, n + add);

			bad += !text ||
			       !cursor_read(hs_span_str(text), &f, &got) ||
			       got != n + add || f.base64 != form.base64 ||
			       f.line_end != form.line_end;
			free(text);
		}
		n = n * 10 + (uint64_t)(digits % 10);
	}
	tap_ok(bad == 0, "there and back: %s", name);
}

int
main(void)
{
	reads("0", 0, PLAIN);
	reads("525", 525, PLAIN);
	reads("999999999999999999", UINT64_C(999999999999999999), PLAIN);
	reads("NTI1", 525, BASE64);
	reads("NTI1Cg==", 525, LINE);
	reads("NTI1Cg%3D%3D", 525, PERCENT);
	reads("NTI1Cg%3d%3d", 525, PERCENT);
	reads("Nw==", 7, BASE64);
	writes(PLAIN, 525, "525");
	writes(BASE64, 525, "NTI1");
	writes(LINE, 525, "NTI1Cg==");
	writes(PERCENT, 525, "NTI1Cg%3D%3D");
	writes(BASE64, 7, "Nw==");
	writes(LINE, 7, "Nwo=");
	there_and_back(PLAIN, "plain");
	there_and_back(BASE64, "base64");
	there_and_back(LINE, "base64 with a line end");
	there_and_back(PERCENT, "and percent-encoding");

	refuses("", 0);
	refuses("01", 2);
	refuses("-1", 2);
	refuses("1 ", 2);
	refuses("1000000000000000000", 19);
	refuses("MTAwMDAwMDAwMDAwMDAwMDAwMA==", 28); /* 19 digits */
	refuses("MDE=", 4);			     /* 01 */
	refuses("Cg==", 4);			     /* a line end alone */
	refuses("NTI1CgA=", 8);			     /* with a NUL */
	refuses("NTI1Cg=", 7);	/* padding that is too short */
	refuses("NTI1C===", 8); /* or too long */
	refuses("====", 4);
	refuses("=", 1);
	refuses("%3D%3D%3D%3D", 12);
	refuses("NT=1", 4);
	refuses("NTI1Cg%3", 8);
	refuses("NTI1-_==", 8);
	refuses("NTI1\0g==", 8);
	refuses("\xff\xfe\xfd\xfc", 4);
	refuses("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", 36);
	return tap_done();
}
