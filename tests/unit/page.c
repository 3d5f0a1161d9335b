/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Streams: which are complete, which are refused, and with what words. */
#include "../fuzz/page.c"

#include "tap.h"

#define COUNT(a) (sizeof(a) / sizeof(*(a)))

/* Pages of one object: numbered, with another to come or the last. */
#define PAGE(n, more, object)                                                \
	"{\"results\":[{\"id\":\"1\"}]" more ",\"hs\":{\"object\":\"" object \
	"\",\"page\":" n "}}\n"
#define MORE ",\"paging\":{\"next\":{\"after\":\"2\"}}"
#define FIRST PAGE("0", MORE, "c")
#define MIDDLE PAGE("1", MORE, "c")
#define LAST PAGE("2", "", "c")
#define CURL "{\"results\":[{\"id\":\"1\"}]" MORE "}\n"
#define CURL_LAST "{\"results\":[{\"id\":\"1\"}]}\n"
#define ASKED(n, more, request)                                           \
	"{\"results\":[{\"id\":\"1\"}]" more                              \
	",\"hs\":{\"object\":\"c\",\"page\":" n ",\"request\":\"" request \
	"\"}}\n"
#define ERROR                                                              \
	"{\"status\":\"error\",\"message\":\"over\\n\",\"correlationId\":" \
	"\"x\"}\n"
#define BARE "{\"id\":\"1\"}\n"

/* What a publisher makes of the stream. */
static const char *
verdict(const char *text)
{
	static char said[256];
	static struct outcome o;
	const char *fault = stream_fault(hs_span_str(text));

	o = read_stream(hs_span_str(text), true);
	if (fault)
		return fault;
	if (o.rc < 0 || !o.complete)
		return o.e.kind == HS_DATA ? o.e.text : "another kind";
	snprintf(
	    said, sizeof said, "%llu pages, %llu records", o.pages, o.records);
	return said;
}

static void
order(void)
{
	static const char *const t[][3] = {
	    {"pages 0, 1, 2", FIRST MIDDLE LAST, "3 pages, 3 records"},
	    {"one page", PAGE("0", "", "c"), "1 pages, 1 records"},
	    {"pages without numbers", CURL CURL_LAST, "2 pages, 2 records"},
	    {"an empty page", "{\"results\":[]}\n", "1 pages, 0 records"},
	    {"without its newline", "{\"results\":[]}", "1 pages, 0 records"},
	    {"bare records", BARE BARE, "0 pages, 2 records"},
	    {"two whole streams", FIRST PAGE("1", "", "c") PAGE("0", "", "c"),
		"3 pages, 3 records"},
	    {"two whole streams without numbers", CURL_LAST CURL CURL_LAST,
		"3 pages, 3 records"},
	    {"a saved stream behind a fetched one",
		PAGE("0", "", "c") CURL_LAST, "2 pages, 2 records"},
	    {"nothing", "",
		"stream: the stream is empty: not even an empty page came; the "
		"program before it in the pipe wrote nothing"},
	    {"the last page lost", FIRST MIDDLE,
		"stream: the stream is incomplete: its last page, page 1 of c, "
		"names a next page, which did not come"},
	    {"of pages without numbers", CURL CURL,
		"stream: the stream is incomplete: its last page, line 2, "
		"names a next page, which did not come"},
	    {"the first lost", MIDDLE LAST,
		"stream: line 1: page 1 of c: a page is missing, repeated or "
		"out of order"},
	    {"one in between lost", FIRST LAST,
		"stream: line 2: page 2 of c: a page is missing, repeated or "
		"out of order"},
	    {"one twice", FIRST FIRST MIDDLE LAST,
		"stream: line 2: page 0 of c: a page is missing, repeated or "
		"out of order"},
	    {"two in the other order", FIRST LAST MIDDLE,
		"stream: line 2: page 2 of c: a page is missing, repeated or "
		"out of order"},
	    {"a part before the whole", FIRST FIRST PAGE("1", "", "c"),
		"stream: line 2: page 0 of c: a page is missing, repeated or "
		"out of order"},
	    {"a part behind the whole", PAGE("0", "", "c") MIDDLE,
		"stream: line 2: page 1 of c: a page is missing, repeated or "
		"out of order"},
	    {"another object's page", FIRST PAGE("1", "", "d"),
		"stream: line 2: page 1 of d: another object begins: one "
		"table holds one object"},
	    {"another object behind the whole",
		PAGE("0", "", "c") PAGE("0", "", "d"),
		"stream: line 2: page 0 of d: another object begins: one "
		"table holds one object"},
	    {"a page without number in between", FIRST CURL_LAST,
		"stream: line 2: a page without number follows a numbered "
		"one"},
	    {"a page with a number in between", CURL LAST,
		"stream: line 2: page 2 of c: a numbered page follows one "
		"without number"},
	    {"pages of one request", ASKED("0", MORE, "a") ASKED("1", "", "a"),
		"2 pages, 2 records"},
	    {"another request's page",
		ASKED("0", MORE, "a") ASKED("1", "", "b"),
		"stream: line 2: page 1 of c: it answers another request "
		"(hs.request) than the page before it"},
	    {"a page of an unknown request",
		ASKED("0", MORE, "a") PAGE("1", "", "c"),
		"stream: line 2: page 1 of c: it answers another request "
		"(hs.request) than the page before it"},
	    {"two whole streams of two requests",
		ASKED("0", "", "a") ASKED("0", "", "b"), "2 pages, 2 records"},
	    {"an error behind pages", FIRST ERROR,
		"stream: line 2: an error of the API, no record: over\n"},
	    {"an error behind records", BARE BARE ERROR,
		"stream: line 3: an error of the API, no record: over\n"},
	    {"a record among pages", FIRST BARE,
		"stream: line 2: pages and bare records are mixed in one "
		"stream"},
	    {"a page among records", BARE CURL_LAST,
		"stream: line 2: pages and bare records are mixed in one "
		"stream"},
	};

	for (size_t i = 0; i < COUNT(t); i++)
		tap_is_str(verdict(t[i][1]), t[i][2], t[i][0]);
}

/* One page, with these members beside results. */
static void
members(void)
{
	static const char whole[] = "1 pages, 0 records";
	static const char open[] =
	    "stream: the stream is incomplete: its last page, line 1, names a "
	    "next page, which did not come";
	static const char *const t[][2] = {
	    {"\"paging\":null", whole},
	    {"\"paging\":{}", whole},
	    {"\"paging\":{\"next\":null}", whole},
	    {"\"paging\":{\"next\":{}}", open},
	    {"\"paging\":{\"next\":{\"link\":\"x\"}}", open},
	    {"\"paging\":{\"next\":{\"after\":null}}", open},
	    {"\"paging\":{\"next\":[]}", open},
	    {"\"paging\":{\"next\":false}", open},
	    {"\"paging\":{\"next\":\"\"}", open},
	    {"\"paging\":{\"prev\":{\"after\":\"1\"}}", whole},
	    {"\"paging\":{\"next\":{\"after\":\"\"}}", open},
	    {"\"paging\":{\"next\":{\"after\":0}}", open},
	    {"\"paging\":{\"next\":{\"link\":\"x\",\"after\":\"1\"}}", open},
	    {"\"p\\u0061ging\":{\"n\\u0065xt\":{\"\\u0061fter\":\"1\"}}", open},
	    {"\"paging\":{\"next\":{\"after\":\"1\"}},\"paging\":null", open},
	    {"\"x\":{\"paging\":{\"next\":{\"after\":\"1\"}}}", whole},
	    {"\"next\":{\"after\":\"1\"}", whole},
	    {"\"paging\":5", "stream: line 1, column 24: not an object"},
	    {"\"paging\":[]", "stream: line 1, column 24: not an object"},
	    {"\"hs\":{}", whole},
	    {"\"hs\":{\"page\":0,\"x\":[]}", whole},
	    {"\"hs\":5", "stream: line 1, column 20: not an object"},
	    {"\"hs\":{\"page\":-1}",
		"stream: line 1, column 28: hs.page is not a page number"},
	    {"\"hs\":{\"page\":\"0\"}",
		"stream: line 1, column 28: hs.page is not a page number"},
	    {"\"hs\":{\"page\":1e0}",
		"stream: line 1, column 28: hs.page is not a page number"},
	    {"\"hs\":{\"page\":10000000000000000000000}",
		"stream: line 1, column 28: hs.page is not a page number"},
	    {"\"hs\":{\"object\":5}",
		"stream: line 1, column 30: hs.object is not an object's name"},
	    {"\"hs\":{\"request\":5}",
		"stream: line 1, column 31: hs.request is not a digest"},
	    {"\"hs\":{\"since\":\"2026-01-01T00:00:00Z\"}", whole},
	    {"\"results\":[]",
		"stream: line 1, column 25: results appears twice in a page"},
	    {"\"results\":null",
		"stream: line 1, column 25: results appears twice in a page"},
	    {"\"x\":01",
		"stream: line 1, column 20: a number starts with a zero"},
	};

	for (size_t i = 0; i < COUNT(t); i++) {
		struct hs_buf b = {0};
		hs_buf_printf(&b, "{\"results\":[],%s}\n", t[i][0]);
		tap_is_str(verdict(hs_buf_str(&b)), t[i][1], t[i][0]);
		hs_buf_free(&b);
	}
}

#define NOT_JSON "stream: line 1, column 1: not a JSON object"
#define ARRAY "; it is a JSON array: jq -c '.[]' makes each element a line"
#define LINES                                                          \
	"; it looks like JSON over several lines: jq -c . makes each " \
	"value a line"

/* What is a page, and what is none. */
static void
kinds(void)
{
	static const char page[] = "1 pages, 1 records";
	static const char bare[] = "0 pages, 1 records";
	static const char *const t[][2] = {
	    {"{\"results\":[{}]}", page},
	    {" { \"results\" : [ {} ] } ", page},
	    {"{\"results\":[{}]}\r", page},
	    {"{\"paging\":null,\"results\":[{}]}", page},
	    {"{\"a\":\"\\\"results\\\":[\",\"results\":[{}]}", page},
	    {"{\"a\":{\"results\":1},\"results\":[{}]}", page},
	    {"{\"a\":[1],\"results\"\t:  [{}]}", page},
	    {"{\"a\":1,\"\\u0072\\u0065\\u0073\\u0075\\u006c\\u0074\\u0073\":"
	     "[{}]}",
		page},
	    {"{\"a\":1,\"result\\u0073\":[{}]}", page},
	    {"{\"a\":1,\"\\u0072esults\" : [{}]}", page},
	    {"{\"a\":1,\"\\u0072esult\":[{}]}", bare},
	    {"{\"a\\nresults\":[{}]}", bare},
	    {"{\"no results\":[{}]}", bare},
	    {"{\"r\\u0065sults\":[{}]}", page},
	    {"{\"re\\u0073ults\":[{}]}", page},
	    {"{\"\\u0072\\u0065\\u0073\\u0075\\u006C\\u0074\\u0073\":[{}]}",
		page},
	    {"{\"results\":[{\"results\":[1,2]}]}", page},
	    {"{\"results\":{}}", bare},
	    {"{\"results\":null}", bare},
	    {"{\"results\":\"[]\"}", bare},
	    {"{\"Results\":[]}", bare},
	    {"{\"results \":[]}", bare},
	    {"{\"r\\\\u0065sults\":[]}", bare},
	    {"{\"a\":{\"results\":[]}}", bare},
	    {"{\"a\":[{\"results\":[]}]}", bare},
	    {"{\"a\":\"{\\\"results\\\":[]}\"}", bare},
	    {"{\"a\":\"results\",\"b\":[]}", bare},
	    {"{\"a\":\"\\\"results\\\":[]\"}", bare},
	    {"{}", bare},
	    {"[]", NOT_JSON ARRAY},
	    {"", "stream: line 1, column 1: not a JSON object"},
	    {" \t", "stream: line 1, column 3: not a JSON object"},
	    {"null", "stream: line 1, column 1: not a JSON object"},
	    {"{\"message\":\"m\",\"correlationId\":\"x\",\"category\":\"c\"}",
		"stream: line 1: an error of the API, no record: m"},
	    {"{\"m\\u0065ssage\":\"a\\u0000b\",\"status\":\"error\"}",
		"stream: line 1: an error of the API, no record: a b"},
	    {"{\"message\":\"m\",\"status\":\"open\"}", bare},
	    {"{\"message\":\"m\",\"status\":\"error\",\"id\":\"1\"}", bare},
	    {"{\"message\":null,\"status\":\"error\"}", bare},
	    {"{\"status\":\"error\",\"message\":\"m\",\"results\":[{}]}", page},
	    {"<html>", NOT_JSON "; it is HTML or XML, no answer of the API"},
	    {"\xef\xbb\xbf{}",
		NOT_JSON "; it begins with a byte order mark: tail -c +4 "
			 "removes it"},
	    {"\xff\xfe{", NOT_JSON "; it is UTF-16: iconv -f UTF-16 -t UTF-8"},
	    {"\x1f\x8b\x08", NOT_JSON "; it is compressed: gzip -dc"},
	    {"id,name",
		NOT_JSON "; it looks like CSV: mlr --icsv --ojsonl cat makes "
			 "JSON of it"},
	    {"id;name\r",
		NOT_JSON "; it looks like CSV: mlr --icsv --ojsonl cat makes "
			 "JSON of it"},
	    {"name: x",
		NOT_JSON "; it looks like YAML: hs-run runs a pipeline, yq "
			 "-o=json -I=0 makes JSON of it"},
	    {"---", NOT_JSON "; it looks like YAML: hs-run runs a pipeline, yq "
			     "-o=json -I=0 makes JSON of it"},
	    {"HTTP/2 200", NOT_JSON "; it is an answer with its header: curl "
				    "without -i"},
	    {"[{\"id\":1}]", NOT_JSON ARRAY},
	    {"[\n{\"id\":1}\n]", NOT_JSON ARRAY},
	    {"{\n  \"id\": 1\n}",
		"stream: line 1, column 2: the text ends in the middle of a "
		"value (in record 1)" LINES},
	    {"{\n  \"results\": []\n}",
		"stream: line 1, column 2: the text ends in the middle of a "
		"value (in record 1)" LINES},
	    {"{\"results\":[\n{}]}",
		"stream: line 1, column 13: the text ends in the middle of a "
		"value" LINES},
	    {"{\"results\":[[]]}",
		"stream: line 1, column 13: a record is not an object (in "
		"record 1)"},
	    {"{\"results\":[{},null]}",
		"stream: line 1, column 16: a record is not an object (in "
		"record 2)"},
	    {"{\"results\":[{},]}",
		"stream: line 1, column 16: a record is not an object (in "
		"record 2)"},
	    {"{\"results\":[{}{}]}",
		"stream: line 1, column 15: a comma or a bracket is missing "
		"(in record 1)"},
	    {"{\"results\":[{}]}{\"results\":[]}",
		"stream: line 1, column 17: more text after the value"},
	    {"{} {}", "stream: line 1, column 4: more text after the value (in "
		      "record 1)"},
	    {"{\"a\":tru}",
		"stream: line 1, column 6: not a JSON value (in record 1)"},
	};

	for (size_t i = 0; i < COUNT(t); i++) {
		struct hs_buf b = {0};
		hs_buf_printf(&b, "%s\n", t[i][0]);
		tap_is_str(verdict(hs_buf_str(&b)), t[i][1], t[i][0]);
		hs_buf_free(&b);
	}
}

/* Of a page's own members the last byte is as needed as its first. */
static void
cuts(void)
{
	static const char text[] = FIRST MIDDLE LAST;
	size_t bad = 0, n = sizeof text - 1;

	for (size_t len = 0; len < n - 1; len++)
		bad += complete_without(hs_span_str(text), ~0ull, len);
	tap_ok(bad == 0, "a stream cut at any of %zu bytes is not complete", n);
	tap_ok(complete_without(hs_span_str(text), ~0ull, n - 1),
	    "but for its last newline");
}

static void
requirements(void)
{
	struct hs_in in;
	struct hs_page pg;
	struct hs_err e;

	hs_in_fd(&in, file_of(HS_SPAN(BARE)), "stream");
	hs_page_init(&pg, &in, true);
	while (hs_page_next(&pg, &e) > 0)
		while (hs_page_record(&pg, &e) > 0)
			hs_scan_value(&pg.scan, NULL);
	tap_ok(hs_page_complete(&pg, false, &e) == 0, "bare records are taken");
	tap_ok(hs_page_complete(&pg, true, &e) < 0 && e.kind == HS_DATA,
	    "unless pages are required");
	tap_is_str(e.text,
	    "stream: bare records do not show whether they are complete; pages "
	    "are "
	    "required",
	    "and why is said");
	hs_in_close(&in);
	tap_is_str(verdict("{\"results\":[{\"id\":\"1\"}],\"pag"),
	    "stream: line 1, column 29: the text ends in the middle of a "
	    "value; the last line has no newline: the program that wrote it "
	    "was cut off",
	    "a torn line is called one");
}

/* A stream that carries only what changed may be merged, and replaces
 * nothing. */
static void
changes(void)
{
	static const char *const t[][2] = {
	    {"{\"results\":[],\"hs\":{\"since\":\"2026-01-01\"}}\n",
		"stream: the stream carries only what changed (hs.since), "
		"which cannot replace a table; merge it"},
	    {"{\"results\":[],\"hs\":{\"since\":0}}\n{\"results\":[]}\n",
		"stream: the stream carries only what changed (hs.since), "
		"which cannot replace a table; merge it"},
	    {"{\"results\":[],\"hs\":{\"since\":null}}\n", ""},
	    {"{\"results\":[],\"since\":1}\n", ""},
	};

	for (size_t i = 0; i < COUNT(t); i++) {
		struct hs_in in;
		struct hs_page pg;
		struct hs_err e = {0};
		hs_in_fd(&in, file_of(hs_span_str(t[i][0])), "stream");
		hs_page_init(&pg, &in, true);
		while (hs_page_next(&pg, &e) > 0)
			while (hs_page_record(&pg, &e) > 0)
				;
		hs_page_replaces(&pg, &e);
		tap_is_str(e.text, t[i][1], t[i][0]);
		hs_in_close(&in);
	}
}

int
main(void)
{
	order();
	members();
	kinds();
	cuts();
	requirements();
	changes();
	return tap_done();
}
