/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* What values say, and which are the same. */
#include "hs-diff/value.h"

#include "../tap.h"

static struct hs_buf scratch;

static bool
same(const char *a, bool a_cell, const char *b, bool b_cell)
{
	struct value x = {hs_span_str(a), a_cell}, y = {hs_span_str(b), b_cell};
	bool r = value_same(x, y, &scratch);

	tap_ok(value_same(y, x, &scratch) == r, "%s, %s: both ways", a, b);
	return r;
}

static bool
json(const char *a, const char *b)
{
	return same(a, false, b, false);
}

static bool
cell(const char *c, const char *v)
{
	return same(c, true, v, false);
}

int
main(void)
{
	tap_ok(json("5", "5"), "equal bytes");
	tap_ok(!json("5", "\"5\""), "a number and a text");
	tap_ok(!json("5", "5.0"), "two spellings of a number");
	tap_ok(json("\"\\u0041\"", "\"A\""), "two spellings of a string");
	tap_ok(json("", "null"), "missing and null");
	tap_ok(!json("\"\"", "null"), "empty and null");
	tap_ok(!json("\"\\ud800\"", "\"\\ud801\""), "halves of pairs");
	tap_ok(json("\"\\ud800\"", "\"\\ud800\""), "the same half");
	tap_ok(!json("[1]", "[ 1 ]"), "nested values are bytes");
	tap_ok(cell("5", "5") && cell("5", "\"5\""), "a cell has no type");
	tap_ok(cell("", "null") && cell("", ""), "an empty cell is null");
	tap_ok(cell("\"\"", "\"\"") && !cell("\"\"", "null"), "\"\" is not");
	tap_ok(cell("\"a \"\"b\"\"\"", "\"a \\\"b\\\"\""), "quotes");
	tap_ok(!cell("\\n", "\"\\n\""), "no escapes in a cell");
	tap_ok(!cell("\xef\xbf\xbd", "\"\\ud800\""), "U+FFFD is no half");
	tap_ok(same("\"a\"", true, "a", true), "two cells, one quoted");
	tap_ok(!same("", true, "\"\"", true), "two cells, one null");
	hs_buf_free(&scratch);
	return tap_done();
}
