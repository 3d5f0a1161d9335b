/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Types of single values, and the laws of the lattice. */
#include "infer.h"

#include "tap.h"

static const struct {
	const char *json;
	const char *type; /* NULL: no value */
} cases[] = {
    {"null", NULL},
    {"\"\"", NULL},
    {"true", "boolean"},
    {"false", "boolean"},
    {"\"true\"", "boolean"},
    {"\"false\"", "boolean"},
    {"\"True\"", "string"},
    {"\"truer\"", "string"},
    {"\"t\"", "string"},
    {"\"yes\"", "string"},
    {"12", "integer"},
    {"\"12\"", "integer"},
    {"\"0\"", "integer"},
    {"\"-0\"", "string"},
    {"-0", "integer"},
    {"\"-\\u0030\"", "string"},
    {"\"-7\"", "integer"},
    {"\"01234\"", "string"},
    {"\"-01\"", "string"},
    {"\"00\"", "string"},
    {"\"+1555\"", "string"},
    {"\"+49 30 1234\"", "string"},
    {"\"1e5\"", "string"},
    {"\"12E3\"", "string"},
    {"1e5", "number"},
    {"1.5E-7", "number"},
    {"\"1,234\"", "string"},
    {"\"123,123.456\"", "string"},
    {"\"1.234.567\"", "string"},
    {"\"1 234\"", "string"},
    {"\"1_000\"", "string"},
    {"\"134;137\"", "string"},
    {"\"0x1F\"", "string"},
    {"\"NaN\"", "string"},
    {"\"Infinity\"", "string"},
    {"\"-Infinity\"", "string"},
    {"\"-\"", "string"},
    {"\"--1\"", "string"},
    {"\".5\"", "string"},
    {"\"5.\"", "string"},
    {"\" 5\"", "string"},
    {"\"5 \"", "string"},
    {"\"5\\n\"", "string"},
    {"\"0.5\"", "number"},
    {"\"0.0\"", "number"},
    {"\"-0.0\"", "number"},
    {"\"00.5\"", "string"},
    {"0.5", "number"},
    {"\"9007199254740993\"", "integer"},
    {"\"9223372036854775807\"", "integer"},
    {"\"9223372036854775808\"", "integer"},
    {"\"1675814400000\"", "integer"},
    {"\"2023-01-15\"", "date"},
    {"\"2000-00-00\"", "string"},
    {"\"2023-02-29\"", "string"},
    {"\"2024-02-29\"", "date"},
    {"\"1900-02-29\"", "string"},
    {"\"2000-02-29\"", "date"},
    {"\"2023-04-31\"", "string"},
    {"\"2023-13-01\"", "string"},
    {"\"0000-01-01\"", "string"},
    {"\"0001-01-01\"", "date"},
    {"\"2023-1-15\"", "string"},
    {"\"20230115\"", "integer"},
    {"\"2023-01\"", "string"},
    {"\"2023-W05-1\"", "string"},
    {"\"01/15/2023\"", "string"},
    {"\"2023-01-15T05:00:00Z\"", "datetime"},
    {"\"2023-01-15T05:00:00.1Z\"", "datetime"},
    {"\"2022-02-17T19:13:11.178Z\"", "datetime"},
    {"\"2022-02-17T19:13:11.123456789Z\"", "datetime"},
    {"\"2022-02-17T19:13:11.12345678901234567890Z\"", "datetime"},
    {"\"2023-01-15T05:00:00.Z\"", "string"},
    {"\"2023-01-15T05:00:00,5Z\"", "string"},
    {"\"2023-01-15T05:00:00\"", "datetime"},
    {"\"2023-01-15T05:00:00+01:00\"", "datetime"},
    {"\"2023-01-15T05:00:00-14:00\"", "datetime"},
    {"\"2023-01-15T05:00:00+14:01\"", "string"},
    {"\"2023-01-15T05:00:00+0100\"", "string"},
    {"\"2023-01-15T05:00:00+01\"", "string"},
    {"\"2023-01-15 05:00:00\"", "string"},
    {"\"2023-01-15t05:00:00z\"", "string"},
    {"\"2023-01-15T05:00Z\"", "string"},
    {"\"2023-01-15T24:00:00Z\"", "string"},
    {"\"2023-01-15T23:60:00Z\"", "string"},
    {"\"2016-12-31T23:59:60Z\"", "string"},
    {"\"2023-02-29T00:00:00Z\"", "string"},
    {"\"2023-01-15T05:00:00ZZ\"", "string"},
    {"\"2023-01-15T05:00:0\"", "string"},
    {"\"\\u0031\\u0032\"", "integer"},
    {"\"1\\u0032\"", "integer"},
    {"\"t\\u0072ue\"", "boolean"},
    {"\"2023-01-15\\u005405:00:00Z\"", "datetime"},
    {"\"1\\u0000\"", "string"},
    {"\"\\ud800\"", "string"},
    {"\"\xd9\xa1\xd9\xa2\"", "string"},
    {"{}", "object"},
    {"[]", "array"},
    {"[{\"id\":\"1\"}]", "array"},
    {"\"{}\"", "string"},
    {"\"acme.com\"", "string"},
};

/* Values of a column that is declared a number. */
static void
check_numbers(void)
{
	static const char *const number[] = {"\"1.5E9\"", "\"1e5\"", "\"-0\"",
	    "\"-2.50e-3\"", "\"1e+05\"", "\"\\u0031e5\"", "1e5", "\"0.5\""};
	static const char *const none[] = {"\"1e\"", "\"1e+\"", "\"1e5x\"",
	    "\"1x5\"", "\"e5\"", "\"01e5\"", "\"1.e5\"", "\"1e5.0\"",
	    "\"1 e5\""};
	struct hs_facts f = {0};

	for (size_t i = 0; i < sizeof number / sizeof *number; i++)
		tap_ok(hs_type_join(HS_TYPE_NUMBER,
			   hs_infer_as(HS_TYPE_NUMBER, hs_span_str(number[i]),
			       &f)) == HS_TYPE_NUMBER,
		    "declared a number: %s is one", number[i]);
	tap_ok(f.whole == 10 && f.fraction == 5, "of at most 10 and 5 digits");
	for (size_t i = 0; i < sizeof none / sizeof *none; i++)
		tap_ok(hs_infer_as(HS_TYPE_NUMBER, hs_span_str(none[i]), &f) ==
			   HS_TYPE_STRING,
		    "declared a number: %s is none", none[i]);
	tap_ok(hs_infer_as(HS_TYPE_STRING, HS_SPAN("\"1e5\""), &f) ==
		   HS_TYPE_STRING,
	    "declared otherwise: an exponent is text");
}

static void
check_values(void)
{
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct hs_facts f = {0};
		enum hs_type t = hs_infer_value(hs_span_str(cases[i].json), &f);
		const char *want = cases[i].type;
		tap_ok(want ? t && strcmp(hs_type_name(t), want) == 0 : !t,
		    "%s is %s", cases[i].json, want ? want : "no value");
	}
}

static struct hs_facts
facts(const char *json)
{
	struct hs_facts f = {0};

	hs_infer_value(hs_span_str(json), &f);
	return f;
}

static void
check_long(void)
{
	char text[HS_INFER_TEXT_MAX + 2];
	struct hs_facts f = {0};

	memset(text, '7', sizeof text);
	tap_ok(hs_infer_text(hs_span(text, HS_INFER_TEXT_MAX), &f) ==
		   HS_TYPE_INTEGER,
	    "%d digits are an integer", HS_INFER_TEXT_MAX);
	tap_ok(f.whole == HS_INFER_TEXT_MAX && f.big, "and are counted");
	tap_ok(hs_infer_text(hs_span(text, HS_INFER_TEXT_MAX + 1), &f) ==
		   HS_TYPE_STRING,
	    "one more is text");
}

static void
check_facts(void)
{
	tap_ok(!facts("\"9223372036854775807\"").big, "2^63-1 fits 64 bits");
	tap_ok(facts("\"9223372036854775808\"").big, "2^63 does not");
	tap_ok(!facts("\"-9223372036854775808\"").big, "-2^63 does");
	tap_ok(facts("\"-9223372036854775809\"").big, "-2^63-1 does not");
	tap_ok(!facts("9007199254740993").big, "2^53+1 does");
	tap_ok(facts("\"10000000000000000000\"").big, "10^19 does not");
	tap_ok(facts("\"123.4567\"").whole == 3, "digits before the point");
	tap_ok(facts("\"123.4567\"").fraction == 4, "and behind it");
	tap_ok(facts("\"-0.50\"").whole == 0, "a zero is no digit before it");
	tap_ok(facts("1e5").whole == 6, "an exponent moves the point right");
	tap_ok(facts("1.25e-7").fraction == 9, "or left");
	tap_ok(facts("1e999999999999999999999").whole == 1000000,
	    "an absurd exponent is bounded");
	tap_ok(facts("1e-99999999999999999999").fraction == 1000000,
	    "to both sides");
	struct hs_facts f = facts("\"2022-02-17T19:13:11.1785Z\"");
	tap_ok(f.fraction == 4 && f.zoned && !f.local && f.year_min == 2022,
	    "a datetime's fraction, zone and year");
	f = facts("\"0999-02-17T19:13:11\"");
	tap_ok(f.local && !f.zoned && f.year_max == 999, "no zone is local");
}

static void
check_laws(void)
{
	int commutes = 1, associates = 1, idempotent = 1, neutral = 1, top = 1;

	for (unsigned a = 0; a < HS_TYPES; a++) {
		idempotent &= hs_type_join(a, a) == a;
		neutral &= hs_type_join(HS_TYPE_NONE, a) == a;
		top &= hs_type_join(HS_TYPE_ANY, a) == HS_TYPE_ANY;
		for (unsigned b = 0; b < HS_TYPES; b++) {
			unsigned ab = hs_type_join(a, b);
			commutes &= ab == hs_type_join(b, a);
			for (unsigned c = 0; c < HS_TYPES; c++)
				associates &=
				    hs_type_join(ab, c) ==
				    hs_type_join(a, hs_type_join(b, c));
		}
	}
	tap_ok(commutes, "join is commutative");
	tap_ok(associates, "join is associative");
	tap_ok(idempotent, "join is idempotent");
	tap_ok(neutral, "no value changes nothing");
	tap_ok(top, "nothing is wider than any");
	tap_ok(hs_type_join(HS_TYPE_INTEGER, HS_TYPE_NUMBER) == HS_TYPE_NUMBER,
	    "integer and number make number");
	tap_ok(hs_type_join(HS_TYPE_DATE, HS_TYPE_DATETIME) == HS_TYPE_DATETIME,
	    "date and datetime make datetime");
	tap_ok(hs_type_join(HS_TYPE_BOOLEAN, HS_TYPE_INTEGER) == HS_TYPE_STRING,
	    "other scalars make string");
	tap_ok(hs_type_join(HS_TYPE_ARRAY, HS_TYPE_STRING) == HS_TYPE_ANY,
	    "a scalar and a nested value make any");
	tap_ok(hs_type_join(HS_TYPE_ARRAY, HS_TYPE_OBJECT) == HS_TYPE_ANY,
	    "so do an array and an object");
}

/* Facts, too, may not depend on the order of values, nor on whether a value
 * comes once or twice. */
static void
check_facts_order(void)
{
	static const char *const values[] = {"\"1\"", "\"-22.5\"", "1e-3",
	    "\"9223372036854775808\"", "\"0.25\"", "333", "\"2023-01-15\"",
	    "\"1999-01-15T00:00:00\"", "\"2101-01-15T00:00:00.12345Z\""};
	enum { N = sizeof values / sizeof *values };
	struct hs_facts want;
	unsigned seed = 1;
	int same = 1;

	for (int round = 0; round < 1000; round++) {
		struct hs_facts f;
		bool seen[N] = {false};
		memset(&f, 0, sizeof f);
		for (int left = N; left > 0;) {
			seed = seed * 1103515245 + 12345;
			unsigned i = (seed >> 16) % N;
			hs_infer_value(hs_span_str(values[i]), &f);
			left -= !seen[i];
			seen[i] = true;
		}
		if (round == 0)
			want = f;
		same &= f.big == want.big && f.zoned == want.zoned &&
			f.local == want.local && f.whole == want.whole &&
			f.fraction == want.fraction &&
			f.year_min == want.year_min &&
			f.year_max == want.year_max;
	}
	tap_ok(same, "facts are the same in 1,000 random orders");
}

int
main(void)
{
	check_values();
	check_numbers();
	check_long();
	check_facts();
	check_laws();
	check_facts_order();
	return tap_done();
}
