/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Strings as JSON: what is written says what it was given. */
#include "json.h"

#include <stdlib.h>

#include "scan.h"
#include "tap.h"
#include "utf8.h"

static const char *
string(struct hs_span text)
{
	static struct hs_buf b;

	hs_buf_clear(&b);
	return hs_json_string(&b, text) < 0 ? NULL : hs_buf_str(&b);
}

/* Whether the JSON of the text says the text. */
static bool
comes_back(struct hs_span text)
{
	struct hs_buf b = {0};
	struct hs_scan s;
	struct hs_span v, inner;
	bool same = false;

	hs_json_string(&b, text);
	hs_scan_init(&s, hs_buf_span(&b));
	if (hs_scan_value(&s, &v) == 0 && hs_scan_end(&s) == 0 &&
	    hs_scan_inner(v, &inner)) {
		char *dst = malloc(inner.len + 1);
		size_t n = hs_scan_decode(inner, dst, NULL);
		same = hs_span_eq(text, hs_span(dst, n));
		free(dst);
	}
	hs_buf_free(&b);
	return same;
}

int
main(void)
{
	size_t bad = 0;
	char text[4];
	struct hs_buf small = {.max = 8};

	tap_is_str(string(HS_SPAN("")), "\"\"", "nothing");
	tap_is_str(string(HS_SPAN("a \"b\" \\ c/d")),
	    "\"a \\\"b\\\" \\\\ c/d\"", "quotes and backslashes");
	tap_is_str(string(HS_SPAN("\0\x1f\x7f\n\t")),
	    "\"\\u0000\\u001f\\u007f\\n\\u0009\"", "control characters");
	tap_is_str(string(HS_SPAN("\xc3\xa4\xf0\x9f\x98\x80")),
	    "\"\xc3\xa4\xf0\x9f\x98\x80\"", "characters as they are");
	tap_is_str(string(HS_SPAN("a\xff"
				  "b\xc3")),
	    "\"a\xef\xbf\xbd"
	    "b\xef\xbf\xbd\"",
	    "what is not UTF-8");
	for (uint32_t c = 0; c <= 0x10ffff; c++)
		if (c < 0xd800 || c > 0xdfff)
			bad += !comes_back(hs_span(text, hs_utf8_put(c, text)));
	tap_ok(bad == 0, "every character comes back");
	tap_ok(hs_json_string(&small, HS_SPAN("0123456789")) < 0,
	    "a full buffer is a failure");
	hs_buf_free(&small);
	return tap_done();
}
