/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* CSV cells and rows, against a reader that takes a byte at a time. */
#include "csv.h"

#include <stdint.h>
#include <stdlib.h>

#include "tap.h"

static struct hs_buf out;

static const char *
cell(struct hs_span text)
{
	hs_buf_clear(&out);
	hs_csv_put(&out, text);
	return hs_buf_str(&out);
}

static void
writing(void)
{
	static const char *const t[][3] = {
	    {"plain", "plain", "plain text"},
	    {"", "\"\"", "an empty string"},
	    {" ", " ", "a space"},
	    {"a,b", "\"a,b\"", "a comma"},
	    {"say \"hi\"", "\"say \"\"hi\"\"\"", "quotes"},
	    {"\"", "\"\"\"\"", "a quote alone"},
	    {"two\nlines", "\"two\nlines\"", "a line end"},
	    {"cr\r", "\"cr\r\"", "a CR"},
	    {"\\.", "\"\\.\"", "the end of a COPY"},
	    {"\\..", "\\..", "what is more than that"},
	    {"\\", "\\", "a backslash"},
	    {"0123456789abcdef,", "\"0123456789abcdef,\"",
		"a comma past 16 bytes"},
	    {"0123456789abcdef0", "0123456789abcdef0", "17 plain bytes"},
	    {"[{\"id\":\"1\"}]", "\"[{\"\"id\"\":\"\"1\"\"}]\"", "nested JSON"},
	};

	for (size_t i = 0; i < sizeof t / sizeof *t; i++)
		tap_is_str(cell(hs_span_str(t[i][0])), t[i][1], t[i][2]);
	cell(hs_span("a\0b", 3));
	tap_ok(out.len == 3 && memcmp(out.data, "a\0b", 3) == 0,
	    "a NUL goes out as it is");
}

/* text's rows and cells as "r<cell><cell>r…", or why it has none. */
static const char *
shape(const char *text)
{
	static struct hs_buf b, scratch;
	struct hs_span rest = hs_span_str(text);
	struct hs_csv_row row;

	hs_buf_clear(&b);
	while (rest.len > 0) {
		if (hs_csv_find_row(rest, true, &row) != 1)
			return row.why;
		struct hs_span body = hs_span(rest.p, row.body), raw, s;
		size_t n = 0;
		hs_buf_addc(&b, 'r');
		for (; hs_csv_next_cell(&body, &raw); n++) {
			hs_buf_clear(&scratch);
			s = hs_csv_unquote(raw, &scratch);
			hs_buf_printf(&b, "<%.*s>", (int)s.len, s.p);
		}
		if (n != row.cells)
			return "the count is wrong";
		rest = hs_span(rest.p + row.len, rest.len - row.len);
	}
	return hs_buf_str(&b);
}

static void
reading(void)
{
	static const char open[] = "a quote is never closed",
			  inner[] = "a quote inside an unquoted cell",
			  behind[] = "text after a closing quote, or a CR "
				     "without LF",
			  cr[] = "a CR without LF";
	static const char *const t[][3] = {
	    {"a,b\n1,2\n", "r<a><b>r<1><2>", "two rows"},
	    {"a,b\n1,2", "r<a><b>r<1><2>", "a missing last newline"},
	    {"a,b\r\n1,2\r\n", "r<a><b>r<1><2>", "CRLF"},
	    {"a\r\n\"b\"\r\n", "r<a>r<b>", "CRLF behind a quote"},
	    {",\n\n,,", "r<><>r<>r<><><>", "empty cells"},
	    {"\"\",\"\"\"\"\n", "r<><\">", "an empty string, a quote"},
	    {"\"a\nb\",\"c\r\nd,e\"\n", "r<a\nb><c\r\nd,e>",
		"line ends inside"},
	    {"\"a\"\"b\"\"\",c\n", "r<a\"b\"><c>", "doubled quotes"},
	    {"0123456789012345678901234567890123456789012345678901234567890"
	     ",\"23\n",
		open, "no closing quote"},
	    {"ab\"c\"\n", inner, "a quote inside a cell"},
	    {" \"c\"\n", inner, "a quote behind a space"},
	    {"\"a\"b\n", behind, "text behind a quote"},
	    {"\"a\" ,\n", behind, "a space behind a quote"},
	    {"a\rb\n", behind, "a CR inside a cell"},
	    {"a,b\r", cr, "a CR at the end"},
	    {"\"", open, "a quote alone"},
	};

	for (size_t i = 0; i < sizeof t / sizeof *t; i++)
		tap_is_str(shape(t[i][0]), t[i][1], t[i][2]);
}

/* The first row by the book: 1, 0 (goes on), -1; *len is its length. */
static int
by_the_book(const char *p, size_t n, size_t *len, size_t *cells)
{
	enum { START, PLAIN, QUOTED, CLOSED, CR } s = START;

	*cells = 1;
	for (size_t i = 0; i < n; i++) {
		char c = p[i];
		if (s == QUOTED) {
			s = c == '"' ? CLOSED : QUOTED;
		} else if (s == CR && c != '\n') {
			return -1;
		} else if (c == '\n') {
			*len = i + 1;
			return 1;
		} else if (c == '\r') {
			s = CR;
		} else if (c == ',') {
			s = START;
			++*cells;
		} else if (c == '"') {
			if (s == PLAIN)
				return -1;
			s = QUOTED;
		} else if (s == CLOSED) {
			return -1;
		} else {
			s = PLAIN;
		}
	}
	*len = n;
	return s == QUOTED || s == CR ? -1 : 0;
}

static uint64_t
random_bits(void)
{
	static uint64_t x = 88172645463325252;

	x ^= x << 13;
	x ^= x >> 7;
	x ^= x << 17;
	return x;
}

static bool
agree(const char *p, size_t n)
{
	struct hs_csv_row row;
	size_t len, cells;
	int want = by_the_book(p, n, &len, &cells);
	int got = hs_csv_find_row(hs_span(p, n), true, &row);

	if (want == 0)
		want = 1;
	if (got != want)
		return false;
	if (got < 0)
		return row.at <= n && row.why;
	size_t body = len - (p[len - 1] == '\n');
	if (body < len && body > 0 && p[body - 1] == '\r')
		body--;
	return row.len == len && row.cells == cells && row.body == body;
}

/* Few kinds of bytes, so that each meets each across a block's edge. */
static void
against_the_book(void)
{
	static const char mostly[] = "aaaaaaaaaaaaaaaaaaaaa\"\"\"\"\",,\r\n";
	static const char wild[] = "a\"\",\r\n";
	char text[200];
	int bad = 0;

	for (int i = 0; i < 300000 && bad < 5; i++) {
		const char *from = i & 1 ? mostly : wild;
		size_t kinds = strlen(from);
		size_t n = 1 + (size_t)random_bits() % 199;
		size_t pad = i & 2 ? (size_t)random_bits() % n : 0;
		for (size_t k = 0; k < n; k++)
			text[k] = k < pad ? 'x' : from[random_bits() % kinds];
		if (pad > 1 && i & 4) {
			text[0] = '"';
			text[pad - 1] = '"';
		}
		if (!agree(text, n)) {
			bad++;
			printf("# %.*s\n", (int)n, text);
		}
	}
	tap_ok(bad == 0, "rows end where the book says");
}

/* Cells of any bytes, written and read again. */
static void
round_trip(void)
{
	static const char kinds[] = "aaaabbbb,\"\n\r\\.";
	char text[8][40];
	size_t len[8], bad = 0;
	struct hs_buf b = {0}, scratch = {0};

	for (int i = 0; i < 20000 && bad == 0; i++) {
		size_t cells = 1 + random_bits() % 8, n = 0;
		hs_buf_clear(&b);
		for (size_t k = 0; k < cells; k++) {
			len[k] = (size_t)random_bits() % 40;
			for (size_t j = 0; j < len[k]; j++)
				text[k][j] = i & 1 ? (char)random_bits()
						   : kinds[random_bits() %
							   (sizeof kinds - 1)];
			if (k > 0)
				hs_buf_addc(&b, ',');
			hs_csv_put(&b, hs_span(text[k], len[k]));
		}
		hs_buf_addc(&b, '\n');
		struct hs_csv_row row;
		struct hs_span rest = hs_buf_span(&b), raw, got;
		if (hs_csv_find_row(rest, false, &row) != 1 || row.len != b.len)
			bad++;
		rest.len = row.body;
		for (; hs_csv_next_cell(&rest, &raw); n++) {
			hs_buf_clear(&scratch);
			got = hs_csv_unquote(raw, &scratch);
			if (n >= cells || raw.len == 0 ||
			    !hs_span_eq(got, hs_span(text[n], len[n])))
				bad++;
		}
		if (n != cells)
			bad++;
	}
	tap_ok(bad == 0, "what was written is read again, cell by cell");
	hs_buf_free(&b);
	hs_buf_free(&scratch);
}

int
main(void)
{
	writing();
	reading();
	against_the_book();
	round_trip();
	tap_ok(hs_csv_find_row(
		   HS_SPAN("a,b"), false, &(struct hs_csv_row){0}) == 0,
	    "a row without an end is waited for");
	hs_buf_free(&out);
	return tap_done();
}
