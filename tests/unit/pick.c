/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Members of an object by name and by path. */
#include "scan.h"
#include "tap.h"

static const char *const names[] = {"id", "type", "none"};

static void
picking(void)
{
	struct hs_span v[3];
	struct hs_scan s;

	hs_scan_init(
	    &s, HS_SPAN("{\"type\":null,\"x\":{\"id\":7},\"i\\u0064\":[1]} "));
	tap_ok(hs_scan_pick(&s, names, 3, v) == 2 && hs_scan_end(&s) == 0,
	    "an object is read whole");
	tap_ok(hs_span_is(v[0], "[1]") && hs_span_is(v[1], "null") && !v[2].p,
	    "the members named are found however they are spelled");
	hs_scan_init(&s, HS_SPAN("{\"id\":1,\"id\":2}"));
	tap_ok(hs_scan_pick(&s, names, 3, v) == 2 && hs_span_is(v[0], "2"),
	    "of two the last counts, and both are counted");
	hs_scan_init(&s, HS_SPAN("{}"));
	tap_ok(hs_scan_pick(&s, names, 3, v) == 0 && !v[0].p,
	    "an empty object has none");
	hs_scan_init(&s, HS_SPAN("[]"));
	tap_ok(hs_scan_pick(&s, names, 3, v) < 0 && s.why && !v[0].p,
	    "an array is no object");
	hs_scan_init(&s, HS_SPAN("{\"id\":1,\"x\":}"));
	tap_ok(hs_scan_pick(&s, names, 3, v) < 0 && *s.p == '}',
	    "what is invalid anywhere fails, at its place");
	hs_scan_init(&s, HS_SPAN("{\"x\":1,\"id\":\"a\"}"));
	tap_ok(hs_scan_pick_one(&s, "id", v) == 1 && hs_span_is(*v, "\"a\""),
	    "one member");
}

static int
path(const char *text, const char *want)
{
	struct hs_span v;
	int r = hs_scan_path(hs_span_str(text), "paging.next.after", &v);

	return r != 1 || hs_span_is(v, want) ? r : 99;
}

static void
following(void)
{
	struct hs_scan s;
	struct hs_span v;

	tap_ok(path("{\"paging\":{\"x\":1,\"next\":{\"after\":\"42\"}}}",
		   "\"42\"") == 1,
	    "a path leads to a value");
	tap_ok(path("{\"p\\u0061ging\":{\"next\":{\"after\":{}}}}", "{}") == 1,
	    "however its names are spelled");
	tap_ok(path("{}", "") == 0 && path("{\"paging\":{}}", "") == 0 &&
		   path("{\"paging\":null}", "") == 0 &&
		   path("{\"paging\":{\"next\":{\"after\":null}}}", "") == 0,
	    "a missing member and null are the end");
	tap_ok(path("{\"paging\":{\"next\":{\"after\":1}},\"paging\":null}",
		   "1") == 1,
	    "a null does not take back what has been found");
	tap_ok(path("{\"paging\":7}", "") < 0 && path("[]", "") < 0,
	    "a value on the way that is no object is an error");
	tap_ok(path("{\"paging\":{\"next\":{\"after\":1}}", "") < 0 &&
		   path("", "") < 0,
	    "so is text that is not valid");
	hs_scan_init(&s, HS_SPAN("[{\"a\":1},2]"));
	tap_ok(hs_scan_enter(&s, '[') == 0 && hs_scan_element(&s) == 1 &&
		   hs_scan_follow(&s, "a", &v) == 1 && hs_span_is(v, "1") &&
		   hs_scan_element(&s) == 1 && hs_scan_value(&s, &v) == 0,
	    "a walk goes on behind it");
	tap_ok(hs_scan_path(HS_SPAN("{\"a\":{}}"),
		   "a.0123456789012345678901234567890123456789"
		   "0123456789012345678901234567890123456789"
		   "012345678901234567890",
		   &v) < 0,
	    "a name longer than 100 bytes is refused");
}

static void
pairs(void)
{
	struct hs_scan s;
	struct hs_span key, v;
	int n = 0, r;

	hs_scan_init(&s, HS_SPAN("{\"a\":1,\"b\":[]}"));
	hs_scan_enter(&s, '{');
	while ((r = hs_scan_pair(&s, &key, &v)) > 0)
		n += hs_span_is(key, n ? "b" : "a") &&
		     hs_span_is(v, n ? "[]" : "1");
	tap_ok(r == 0 && n == 2, "members with their values");
	hs_scan_init(&s, HS_SPAN("{\"a\":}"));
	hs_scan_enter(&s, '{');
	tap_ok(hs_scan_pair(&s, &key, &v) < 0, "a missing value fails");
}

int
main(void)
{
	picking();
	following();
	pairs();
	return tap_done();
}
