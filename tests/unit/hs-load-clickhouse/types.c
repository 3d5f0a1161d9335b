/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* What types of ClickHouse hold; what its errors, leftovers and engines
 * mean. */
#include "../tap.h"
#include "hs-load-clickhouse/cluster.h"
#include "hs-load-clickhouse/failure.h"
#include "hs-load-clickhouse/staging.h"
#include "hs-load-clickhouse/types.h"

static bool
holds(const char *type, enum hs_type t, struct hs_facts facts)
{
	struct hs_field f = {.type = t, .filled = 1, .facts = facts};

	return types_hold(hs_span_str(type), &f, false);
}

static void
test_holds(void)
{
	struct hs_facts nine = {.whole = 9}, ten = {.whole = 10};
	struct hs_facts big = {.whole = 20, .big = true};
	struct hs_facts cents = {.whole = 13, .fraction = 2};
	struct hs_facts day = {.year_min = 1980, .year_max = 2020};
	struct hs_facts old = {.year_min = 1950, .year_max = 2020};
	struct hs_facts nano = {
	    .year_min = 1980, .year_max = 2020, .fraction = 9};
	struct hs_facts mixed = {
	    .year_min = 1980, .year_max = 2020, .zoned = true, .day = true};

	tap_ok(holds("Int32", HS_TYPE_INTEGER, nine), "Int32 holds 9 digits");
	tap_ok(!holds("Int32", HS_TYPE_INTEGER, ten), "and not 10");
	tap_ok(!holds("Int32", HS_TYPE_STRING, nine), "nor text");
	tap_ok(!holds("Int64", HS_TYPE_INTEGER, big), "Int64 ends");
	tap_ok(holds("Int256", HS_TYPE_INTEGER, big), "Int256 does later");
	tap_ok(
	    holds("Float64", HS_TYPE_NUMBER, cents), "Float64 has 15 digits");
	tap_ok(!holds("Float64", HS_TYPE_INTEGER, big), "and no more");
	tap_ok(!holds("Float32", HS_TYPE_NUMBER, cents), "Float32 has 6");
	tap_ok(holds("Decimal(15, 2)", HS_TYPE_NUMBER, cents), "Decimal");
	tap_ok(
	    !holds("Decimal(15, 3)", HS_TYPE_NUMBER, cents), "one too short");
	tap_ok(holds("Nullable(Bool)", HS_TYPE_BOOLEAN, nine), "Bool");
	tap_ok(!holds("Bool", HS_TYPE_INTEGER, nine), "and no number");
	tap_ok(holds("Date", HS_TYPE_DATE, day), "Date");
	tap_ok(!holds("Date", HS_TYPE_DATE, old), "begins in 1971");
	tap_ok(holds("Date32", HS_TYPE_DATE, old), "Date32 before");
	tap_ok(holds("DateTime", HS_TYPE_DATETIME, day), "DateTime");
	tap_ok(!holds("DateTime", HS_TYPE_DATETIME, nano), "has no fraction");
	tap_ok(holds("DateTime64(9, 'UTC')", HS_TYPE_DATETIME, nano),
	    "DateTime64");
	tap_ok(!holds("DateTime64(3)", HS_TYPE_DATETIME, nano), "of 3 digits");
	tap_ok(!holds("DateTime", HS_TYPE_DATETIME, mixed), "zones and days");
	tap_ok(holds("UUID", HS_TYPE_STRING, nine), "the server judges others");
	tap_ok(types_is_text(HS_SPAN("LowCardinality(Nullable(String))")) &&
		   types_is_text(HS_SPAN("FixedString(3)")) &&
		   !types_is_text(HS_SPAN("Enum8('a' = 1)")),
	    "texts");
}

static bool
joins(const char *old, const char *new, const char *want)
{
	struct hs_buf b = {0};

	types_join(hs_span_str(old), hs_span_str(new), &b);
	bool same = hs_span_is(hs_buf_span(&b), want);
	hs_buf_free(&b);
	return same;
}

static void
test_joins(void)
{
	tap_ok(joins("Int8", "Nullable(Int64)", "Nullable(Int64)"), "integers");
	tap_ok(joins("UInt8", "Int64", "Nullable(String)"), "signs");
	tap_ok(joins("Int64", "Float64", "Nullable(String)"), "a fraction");
	tap_ok(joins("Nullable(Date)", "DateTime64(9, 'UTC')",
		   "Nullable(DateTime64(9, 'UTC'))"),
	    "a date and a time");
}

static enum hs_kind
kind(const char *said, long status)
{
	struct hs_err e;

	failure(hs_span_str(said), status, HS_IO, &e);
	return e.kind;
}

static void
test_failures(void)
{
	struct hs_err e;

	failure(HS_SPAN("Code: 60, e.displayText() = DB::Exception: Gone, "
			"e.what() = DB::Exception\n"),
	    404, HS_IO, &e);
	tap_ok(strcmp(e.text,
		   "Code: 60, e.displayText() = DB::Exception: Gone") == 0,
	    "the first line without its end");
	tap_ok(
	    kind("Code: 516. DB::Exception: no", 403) == HS_REFUSED, "a user");
	tap_ok(
	    kind("Code: 241. DB::Exception: full", 500) == HS_LATER, "memory");
	tap_ok(kind("Code: 1. errno: 28, No space left on device", 500) ==
		   HS_LATER,
	    "a full disk");
	tap_ok(kind("Code: 27. DB::Exception: x", 500) == HS_IO, "a value");
	tap_ok(kind("<html>", 403) == HS_REFUSED, "a proxy's 403");
	tap_ok(kind("", 503) == HS_LATER, "a proxy's 503");
	tap_ok(kind("<html>", 302) == HS_IO, "a redirect");
	failure(HS_SPAN("Code: 279. DB::NetException: All failed. Log: \n\n"
			"Code: 32. X: End\nCode: 210. X: Refused (h:1)\n\n."),
	    500, HS_IO, &e);
	tap_ok(e.kind == HS_LATER && strstr(e.text, "Log: Code: 210. X: "
						    "Refused (h:1)"),
	    "a shard that does not answer, with the reason");
}

static void
test_engines(void)
{
	struct hs_buf part[4] = {{0}};

	tap_ok(cluster_parse(HS_SPAN("Distributed('a\\'b', `c\\`,d`, t, "
				     "f(id, ')'), 'policy')"),
		   part) &&
		   hs_span_is(hs_buf_span(&part[0]), "a'b") &&
		   hs_span_is(hs_buf_span(&part[1]), "c`,d") &&
		   hs_span_is(hs_buf_span(&part[2]), "t") &&
		   hs_span_is(hs_buf_span(&part[3]), "f(id, ')')"),
	    "the arguments of Distributed");
	hs_buf_clear(&part[3]);
	tap_ok(cluster_parse(HS_SPAN("Distributed(a, b, c)"), part) &&
		   hs_span_is(hs_buf_span(&part[2]), "c") && part[3].len == 0,
	    "without an expression");
	tap_ok(!cluster_parse(HS_SPAN("Distributed(a, b)"), part),
	    "without a table");
	tap_ok(!cluster_parse(HS_SPAN("MergeTree"), part), "another engine");
	for (size_t i = 0; i < 4; i++)
		hs_buf_free(&part[i]);
}

static void
test_leftovers(void)
{
	struct table t = {0};
	struct hs_dialect d = types_dialect(true);
	struct staging s;
	char name[160];

	hs_buf_puts(&t.name, "t");
	staging_init(&s, &t, &d);
	snprintf(name, sizeof name, "%sr", s.own);
	tap_ok(!staging_is_stale(&s, hs_span_str(name), 0), "this run goes on");
	tap_ok(
	    staging_is_stale(&s, hs_span_str(name), INT64_MAX), "not for ever");
	tap_ok(!staging_is_stale(&s, hs_span_str(s.prefix), INT64_MAX),
	    "a name of no run");
	hs_buf_free(&t.name);
}

int
main(void)
{
	test_holds();
	test_joins();
	test_failures();
	test_engines();
	test_leftovers();
	return tap_done();
}
