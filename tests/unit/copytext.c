/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Text of JSON values as a database takes it. */
#include "copytext.h"

#include "tap.h"

static const struct {
	const char *json;	 /* a string's inside, or a nested value */
	enum hs_copyfault fault; /* without mending */
	const char *mended;
	const char *title;
} strings[] =
    {
	{"plain", HS_COPY_NONE, "plain", "plain text"},
	{"a\\tb\\\\u0000", HS_COPY_NONE, "a\tb\\u0000", "escapes"},
	{"a\\u0000b", HS_COPY_NUL, "ab", "a NUL"},
	{"\\u0000", HS_COPY_NUL, "", "a NUL alone"},
	{"a\\ud83d", HS_COPY_HALF, "a\xef\xbf\xbd", "half a pair"},
	{"\\ude00\\ud83d\\ude00", HS_COPY_HALF, "\xef\xbf\xbd\xf0\x9f\x98\x80",
	    "half a pair before a whole one"},
},
  nested[] = {
      {"{\"a\":[1,\"x\"]}", HS_COPY_NONE, "{\"a\":[1,\"x\"]}", "no escapes"},
      {"[\"a\\n\\u00e9\\\"\"]", HS_COPY_NONE, "[\"a\\n\\u00e9\\\"\"]",
	  "escapes stay"},
      {"[\"\\\\u0000\"]", HS_COPY_NONE, "[\"\\\\u0000\"]",
	  "a backslash before u0000"},
      {"[\"a\\u0000b\"]", HS_COPY_NUL, "[\"ab\"]", "an escaped NUL"},
      {"[\"\\\\\\u0000\"]", HS_COPY_NUL, "[\"\\\\\"]",
	  "one behind a backslash"},
      {"[\"\\ud83d\\ude00\"]", HS_COPY_NONE, "[\"\\ud83d\\ude00\"]", "a pair"},
      {"[\"\\uD83Dx\"]", HS_COPY_HALF, "[\"\\ufffdx\"]", "its first half"},
      {"[\"\\ud83d\\ud83d\\ude00\"]", HS_COPY_HALF,
	  "[\"\\ufffd\\ud83d\\ude00\"]", "a half before a pair"},
      {"[\"\\udE00\"]", HS_COPY_HALF, "[\"\\ufffd\"]", "its second half"},
      {"[\"\\ud83d\"]", HS_COPY_HALF, "[\"\\ufffd\"]", "a half at the end"},
      {"{\"\\u0000\":1}", HS_COPY_NUL, "{\"\":1}", "a NUL in a name"},
};

static void
cells(void)
{
	struct hs_buf b = {0};

	hs_buf_reserve(&b, 64);
	hs_copytext_put(&b, HS_SPAN("a\tb\nc\rd\\e\\.\"'"));
	tap_is_str(
	    hs_buf_str(&b), "a\\tb\\nc\\rd\\\\e\\\\.\"'", "a cell of COPY");
	hs_buf_free(&b);
}

int
main(void)
{
	struct hs_buf b = {0};

	for (size_t i = 0; i < sizeof strings / sizeof *strings; i++) {
		struct hs_span in = hs_span_str(strings[i].json);
		enum hs_copyfault fault =
		    hs_copytext_string(in, false, false, &b);
		tap_ok(fault == strings[i].fault, "%s", strings[i].title);
		hs_copytext_string(in, false, true, &b);
		tap_is_str(hs_buf_str(&b), strings[i].mended, "mended");
	}
	for (size_t i = 0; i < sizeof nested / sizeof *nested; i++) {
		struct hs_span in = hs_span_str(nested[i].json);
		enum hs_copyfault fault =
		    hs_copytext_nested(in, false, false, &b);
		tap_ok(fault == nested[i].fault, "%s", nested[i].title);
		hs_copytext_nested(in, false, true, &b);
		tap_is_str(hs_buf_str(&b), nested[i].mended, "mended");
	}
	tap_ok(hs_copytext_string(HS_SPAN("\\u0000"), true, false, &b) == 0 &&
		   b.len == 1,
	    "a NUL where it is welcome");
	hs_buf_free(&b);
	cells();
	return tap_done();
}
