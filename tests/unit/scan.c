/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* The scanner: verdicts and places, cuts and alignments, depth, content.
 * Every text also goes through the checks of the fuzz harness. */
#include "../fuzz/scan.c"

#include <sys/mman.h>

#include "scan-cases.h"
#include "tap.h"

#define ROOM ((size_t)1 << 20)
#define COUNT(a) (sizeof(a) / sizeof(*(a)))

/* Memory behind which nothing can be read. */
static char *wall;

static bool
build_wall(void)
{
	char *p = mmap(NULL, ROOM + 65536, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (p == MAP_FAILED || mprotect(p + ROOM, 65536, PROT_NONE) < 0)
		return false;
	wall = p + ROOM;
	return true;
}

/* The text, ending at the wall. */
static struct hs_span
at_wall(const char *text, size_t len)
{
	memcpy(wall - len, text, len);
	return hs_span(wall - len, len);
}

/* Column of the error in the text, 0 for none. */
static size_t
column(struct hs_span text)
{
	struct hs_scan s;

	hs_scan_init(&s, text);
	if (hs_scan_value(&s, NULL) == 0 && hs_scan_end(&s) == 0)
		return 0;
	return (size_t)(s.p - s.start) + 1;
}

static void
verdicts(void)
{
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct hs_span text = at_wall(cases[i].text, cases[i].len);
		size_t got = column(text);
		struct hs_buf shown = {0};
		hs_json_string(&shown, text);
		if (!tap_ok(got == cases[i].column, "%s: %s",
			cases[i].column ? "refused" : "taken",
			hs_buf_str(&shown)))
			printf("# column %zu, not %zu\n", got, cases[i].column);
		hs_buf_free(&shown);
		const char *fault = scan_fault(text);
		if (fault)
			tap_ok(false, "%s", fault);
	}
}

static void
cuts(void)
{
	size_t bad = 0, n = 0;

	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *text = cases[i].text;
		char c = text[0];
		if (cases[i].column > 0 || (c != '{' && c != '[' && c != '"'))
			continue;
		for (size_t len = 0; len < cases[i].len; len++, n++) {
			struct hs_span cut = at_wall(text, len);
			if (len > 0 && strchr("]}\"", text[cases[i].len - 1]) &&
			    column(cut) == 0)
				bad++;
			if (scan_fault(cut))
				bad++;
		}
	}
	tap_ok(bad == 0 && n > 500, "a text cut anywhere is no text (%zu cuts)",
	    n);
}

/* A hostile piece at every place of strings of every length, starting at
 * every alignment, for each way a block can be cut. */
static void
alignments(void)
{
	static const struct {
		const char *piece;
		size_t len;
		bool good;
	} t[] = {
	    {"\"", 1, false},
	    {"\\", 1, false},
	    {"\n", 1, false},
	    {"\0", 1, false},
	    {"\x1f", 1, false},
	    {"\x7f", 1, true},
	    {" ", 1, true},
	    {"!", 1, true},
	    {"#", 1, true},
	    {"[", 1, true},
	    {"]", 1, true},
	    {"\\n", 2, true},
	    {"\\\\", 2, true},
	    {"\\\"", 2, true},
	    {"\\u0000", 6, true},
	    {"\\ud83d\\ude00", 12, true},
	    {"\\u12", 4, false},
	    {"\xc3\xa4", 2, true},
	    {"\xe2\x82\xac", 3, true},
	    {"\xf0\x9f\x98\x80", 4, true},
	    {"\xc3", 1, false},
	    {"\xed\xa0\x80", 3, false},
	    {"\x80", 1, false},
	    {"\xff", 1, false},
	};
	char text[128];
	size_t bad = 0, n = 0;

	for (size_t k = 0; k < COUNT(t); k++)
		for (size_t len = 1; len <= 64; len++)
			for (size_t at = 0; at < len; at++, n++) {
				memset(text, 'x', sizeof text);
				text[0] = '"';
				memcpy(text + 1 + at, t[k].piece, t[k].len);
				size_t end = 1 + len + t[k].len;
				text[end] = '"';
				size_t c = column(at_wall(text, end + 1));
				/* A quote or a backslash ends or escapes what
				 * is behind it, and fails there. */
				bool behind =
				    t[k].piece[0] == '"' && c == at + 3;
				if (t[k].good ? c != 0 : c != at + 2 && !behind)
					bad++;
				bad +=
				    scan_fault(at_wall(text, end + 1)) != NULL;
				bad += column(at_wall(text, end)) == 0;
			}
	tap_ok(bad == 0,
	    "a hostile byte is seen at every place of strings of 1 to 64 "
	    "bytes (%zu)",
	    n);
}

static void
depth(void)
{
	static char text[ROOM];
	size_t n = ROOM / 8;
	struct hs_scan s;

	memset(text, '[', 1000);
	memset(text + 1000, ']', 1000);
	tap_ok(column(at_wall(text, 2000)) == 0, "1,000 levels are taken");
	tap_ok(!scan_fault(at_wall(text, 2000)), "on every way");
	memset(text, '[', 1001);
	memset(text + 1001, ']', 1001);
	tap_ok(column(at_wall(text, 2002)) == 1001, "the 1,001st is refused");
	tap_ok(!scan_fault(at_wall(text, 2002)), "on every way");
	hs_scan_init(&s, at_wall(text, 2002));
	hs_scan_enter(&s, '[');
	hs_scan_element(&s);
	tap_ok(hs_scan_value(&s, NULL) < 0 && s.p - s.start == 1000,
	    "levels that were entered count");
	for (size_t i = 0; i < n; i++)
		memcpy(text + i * 5, "{\"\":[", 5);
	tap_ok(column(hs_span(text, n * 5)) == 500 * 5 + 1,
	    "so is any hostile number, objects and arrays in turn");
	memset(text, '[', ROOM);
	tap_ok(column(hs_span(text, ROOM)) == 1001, "and brackets alone");
	hs_scan_init(&s, hs_span("[[],{}]", 7));
	hs_scan_enter(&s, '[');
	while (hs_scan_element(&s) > 0)
		hs_scan_value(&s, NULL);
	tap_ok(!s.why && s.depth == 0, "what is closed no longer counts");
}

static void
many_members(void)
{
	size_t n = 2000000;
	char *text = malloc(n * 5 + 2);
	struct hs_members m = {0};
	struct hs_scan s;

	text[0] = '{';
	for (size_t i = 0; i < n; i++)
		memcpy(text + 1 + i * 5, "\"\":0,", 5);
	text[n * 5] = '}';
	hs_scan_init(&s, hs_span(text, n * 5 + 1));
	tap_ok(hs_scan_members(&s, &m) < 0 && m.n >= HS_MEMBERS_MAX &&
		   strcmp(s.why, "an object has too many members") == 0,
	    "members in any hostile number are refused");
	hs_members_free(&m);
	free(text);
}

static void
walking(void)
{
	struct hs_scan s;
	struct hs_span key, v;
	struct hs_members m = {0};
	struct hs_err e;

	hs_scan_init(
	    &s, HS_SPAN(" { \"a\" : [ 1 , {} ] ,\"b\\n\":\"x\\ty\"} "));
	tap_ok(hs_scan_peek(&s) == '{' && hs_scan_enter(&s, '{') == 0,
	    "an object is entered");
	tap_ok(hs_scan_member(&s, &key) == 1 && hs_span_is(key, "a") &&
		   hs_scan_peek(&s) == '[' && hs_scan_enter(&s, '[') == 0,
	    "its first member, an array, is entered");
	tap_ok(hs_scan_element(&s) == 1 && hs_scan_value(&s, &v) == 0 &&
		   hs_span_is(v, "1"),
	    "an element's text, without the white space around it");
	tap_ok(hs_scan_element(&s) == 1 && hs_scan_value(&s, &v) == 0 &&
		   hs_scan_element(&s) == 0 && s.depth == 1,
	    "the array ends and is left");
	tap_ok(hs_scan_member(&s, &key) == 1 && hs_span_is(key, "b\\n") &&
		   hs_scan_value(&s, &v) == 0 && hs_span_is(v, "\"x\\ty\""),
	    "a key and a string keep their escapes");
	tap_ok(hs_scan_member(&s, &key) == 0 && hs_scan_end(&s) == 0,
	    "the object ends, and the text");

	hs_scan_init(&s, HS_SPAN("{\"a\":1,\"b\\u0063\":[2] ,\"d\":null}x"));
	tap_ok(hs_scan_members(&s, &m) == 0 && m.n == 3 && m.escaped &&
		   hs_span_is(m.v[1].key, "b\\u0063") &&
		   hs_span_is(m.v[1].value, "[2]") &&
		   hs_scan_null(m.v[2].value),
	    "members are gathered");
	tap_ok(hs_scan_end(&s) < 0 && hs_scan_end(&s) < 0 &&
		   hs_scan_value(&s, &v) < 0 && hs_scan_enter(&s, '{') < 0 &&
		   hs_scan_member(&s, &key) < 0 && hs_scan_peek(&s) == '\0',
	    "a failed scanner stays so");
	tap_ok(hs_scan_error(&s, 7, &e) < 0 && e.kind == HS_DATA,
	    "the failure is one of the data");
	tap_is_str(e.text, "line 7, column 32: more text after the value",
	    "it says line, column and reason");
	hs_members_clear(&m);
	tap_ok(m.n == 0 && !m.escaped, "members are forgotten");
	hs_scan_init(&s, HS_SPAN("{}"));
	tap_ok(hs_scan_members(&s, &m) == 0 && m.n == 0, "an empty object");
	hs_scan_init(&s, hs_span(NULL, 0));
	tap_ok(hs_scan_peek(&s) == '\0' && hs_scan_end(&s) == 0 &&
		   hs_scan_value(&s, NULL) < 0,
	    "no text has an end and no value");
	hs_scan_init(&s, HS_SPAN("5"));
	tap_ok(hs_scan_members(&s, &m) < 0 && hs_scan_end(&s) < 0,
	    "a number has no members");
	hs_scan_init(&s, HS_SPAN("[1]"));
	tap_ok(hs_scan_enter(&s, '{') < 0, "an array is no object");
	hs_scan_init(&s, HS_SPAN("1"));
	hs_scan_fail(&s, hs_scan_nomem);
	hs_scan_error(&s, 1, &e);
	tap_ok(e.kind == HS_SYSTEM, "memory is the system's failure");
	hs_members_free(&m);
}

static void
content(void)
{
	static const struct {
		const char *inner, *want;
		size_t len, lone;
	} t[] = {
	    {"", "", 0, 0},
	    {"plain", "plain", 5, 0},
	    {"\\\"\\\\\\/\\b\\f\\n\\r\\t", "\"\\/\b\f\n\r\t", 8, 0},
	    {"a\\u0000b", "a\0b", 3, 0},
	    {"\\u0041\\u00e4\\u20ac", "A\xc3\xa4\xe2\x82\xac", 6, 0},
	    {"\\uD83D\\uDE00", "\xf0\x9f\x98\x80", 4, 0},
	    {"\\ud800\\udc00", "\xf0\x90\x80\x80", 4, 0},
	    {"\\udbff\\udfff", "\xf4\x8f\xbf\xbf", 4, 0},
	    {"\\ud83d", "\xef\xbf\xbd", 3, 1},
	    {"\\ude00x", "\xef\xbf\xbdx", 4, 1},
	    {"\\ud83d\\n", "\xef\xbf\xbd\n", 4, 1},
	    {"\\ud83d\\u0041",
		"\xef\xbf\xbd"
		"A",
		4, 1},
	    {"\\ude00\\ud83d", "\xef\xbf\xbd\xef\xbf\xbd", 6, 2},
	    {"\\ud83d\\ud83d\\ude00", "\xef\xbf\xbd\xf0\x9f\x98\x80", 7, 1},
	    {"\\ufffd", "\xef\xbf\xbd", 3, 0},
	    {"\xc3\xa4\\u00E4", "\xc3\xa4\xc3\xa4", 4, 0},
	    {"\\\\u0041", "\\u0041", 6, 0},
	};
	static const struct {
		const char *inner, *name;
		bool is;
	} names[] = {
	    {"results", "results", true},
	    {"r\\u0065sults", "results", true},
	    {"\\u0061\\u0073\\u0073\\u006f\\u0063\\u0069\\u0061\\u0074"
	     "\\u0069\\u006F\\u006e\\u0073",
		"associations", true},
	    {"result", "results", false},
	    {"results ", "results", false},
	    {"Results", "results", false},
	    {"r\\u0045sults", "results", false},
	    {"results\\u0000", "results", false},
	    {"r\\\\esults", "results", false},
	    {"", "results", false},
	    {"", "", true},
	};

	for (size_t i = 0; i < COUNT(t); i++) {
		size_t in = strlen(t[i].inner), lone = 0;
		char *dst = malloc(in + !in);
		size_t n = hs_scan_decode(at_wall(t[i].inner, in), dst, &lone);
		tap_ok(n == t[i].len && memcmp(dst, t[i].want, n) == 0 &&
			   lone == t[i].lone,
		    "\"%s\" says its %zu bytes", t[i].inner, t[i].len);
		free(dst);
	}
	for (size_t i = 0; i < COUNT(names); i++)
		tap_ok(hs_scan_is(hs_span_str(names[i].inner), names[i].name) ==
			   names[i].is,
		    "\"%s\" is %s\"%s\"", names[i].inner,
		    names[i].is ? "" : "not ", names[i].name);
}

int
main(void)
{
	if (!tap_ok(build_wall(), "a wall behind the texts"))
		return tap_done();
	verdicts();
	cuts();
	alignments();
	depth();
	walking();
	many_members();
	content();
	return tap_done();
}
