/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Inference over random streams: order never matters, nothing is lost. */
#include "hs-schema/output.h"

#include <stdlib.h>

#include "../tap.h"

/* Values of all kinds, the traps among them. */
static const char *const values[] = {"null", "\"\"", "true", "\"false\"", "12",
    "\"0\"", "\"-0\"", "\"01234\"", "\"+1555\"", "\"1e5\"", "1e5", "\"0.5\"",
    "1.25", "\"123456.789\"", "\"9007199254740993\"", "\"9223372036854775808\"",
    "\"-9223372036854775809\"", "\"2023-01-15\"", "\"2000-00-00\"",
    "\"1999-12-31T23:59:59.123456Z\"", "\"2023-01-15T05:00:00\"",
    "\"2101-01-15T05:00:00+01:00\"", "\"1675814400000\"", "\"n/a\"",
    "\"134;137\"", "\"\\u00e9\\ud83d\\ude00\"", "\"\\n\"", "{}", "{\"a\":[]}",
    "[]", "[{\"id\":\"1\"}]"};
#define VALUES (sizeof values / sizeof *values)
#define COLUMNS 8
#define RECORDS 24

/* A cell is an index of values, or none. */
#define ABSENT VALUES
typedef unsigned table[RECORDS][COLUMNS];

static unsigned seed = 1;

static unsigned
draw(unsigned n)
{
	seed = seed * 1103515245 + 12345;
	return (seed >> 16) % n;
}

static void
shuffle(unsigned *v, unsigned n)
{
	for (unsigned i = 0; i < n; i++)
		v[i] = i;
	for (unsigned i = n; i > 1; i--) {
		unsigned j = draw(i), t = v[i - 1];
		v[i - 1] = v[j];
		v[j] = t;
	}
}

static int
add(struct hs_schema *s, struct hs_buf *json)
{
	struct hs_in in = {.name = "test", .line = 1};
	struct hs_page pg;
	struct hs_err e;

	hs_page_init(&pg, &in, false);
	hs_scan_init(&pg.scan, hs_buf_span(json));
	return hs_schema_record(s, &pg, &e);
}

/* The table's records in some order, members in some order each. */
static void
infer(struct hs_schema *s, table t, bool mixed)
{
	unsigned rows[RECORDS], columns[COLUMNS];
	struct hs_buf json = {0};

	shuffle(rows, RECORDS);
	for (unsigned r = 0; r < RECORDS; r++) {
		const char *comma = "";
		shuffle(columns, COLUMNS);
		hs_buf_clear(&json);
		hs_buf_addc(&json, '{');
		for (unsigned i = 0; i < COLUMNS; i++) {
			unsigned c = mixed ? columns[i] : i;
			unsigned cell = t[mixed ? rows[r] : r][c];
			if (cell == ABSENT)
				continue;
			hs_buf_printf(
			    &json, "%s\"c%u\":%s", comma, c, values[cell]);
			comma = ",";
		}
		hs_buf_addc(&json, '}');
		if (add(s, &json) < 0)
			tap_ok(false, "a record is read");
	}
	hs_buf_free(&json);
}

static bool
same_facts(const struct hs_facts *a, const struct hs_facts *b)
{
	return a->big == b->big && a->zoned == b->zoned &&
	       a->local == b->local && a->year_min == b->year_min &&
	       a->year_max == b->year_max && a->whole == b->whole &&
	       a->fraction == b->fraction;
}

static bool
is_text(enum hs_type t)
{
	return t == HS_TYPE_STRING || t == HS_TYPE_ANY;
}

/* Facts are for types other than text. */
static bool
same_field(const struct hs_field *a, const struct hs_field *b)
{
	return a->type == b->type && a->filled == b->filled &&
	       a->blank == b->blank && a->longest == b->longest &&
	       (is_text(a->type) || same_facts(&a->facts, &b->facts));
}

static bool
same(const struct hs_schema *a, const struct hs_schema *b)
{
	bool all = a->n == b->n && a->records == b->records;

	for (size_t i = 0; all && i < a->n; i++) {
		const struct hs_field *f =
		    hs_schema_field(b, a->columns.name[i]);
		all = f && same_field(&a->field[i], f);
	}
	return all;
}

/* What a column should be, value by value. */
static bool
as_expected(struct hs_schema *s, table t)
{
	bool right = true;

	for (unsigned c = 0; c < COLUMNS; c++) {
		struct hs_facts facts = {0};
		enum hs_type type = HS_TYPE_NONE;
		unsigned long long filled = 0;
		char name[16];
		for (unsigned r = 0; r < RECORDS; r++) {
			if (t[r][c] == ABSENT)
				continue;
			const char *v = values[t[r][c]];
			enum hs_type u = hs_infer_value(hs_span_str(v), &facts);
			filled += u != HS_TYPE_NONE;
			type = hs_type_join(type, u);
		}
		snprintf(name, sizeof name, "c%u", c);
		const struct hs_field *f =
		    hs_schema_field(s, hs_span_str(name));
		if (!f)
			continue;
		right &= f->type == type && f->filled == filled &&
			 (is_text(type) || same_facts(&f->facts, &facts));
	}
	return right;
}

static void
check_random(void)
{
	bool order = true, expected = true;

	for (int round = 0; round < 2000; round++) {
		struct hs_schema a = {0}, b = {0};
		table t;
		/* Few kinds of values in a column, or all end as text. */
		for (unsigned c = 0; c < COLUMNS; c++) {
			unsigned from = draw(VALUES), n = 1 + draw(4);
			for (unsigned r = 0; r < RECORDS; r++) {
				t[r][c] = (from + draw(n)) % VALUES;
				if (draw(4) == 0)
					t[r][c] = draw(2) ? ABSENT : 0;
			}
		}
		infer(&a, t, false);
		infer(&b, t, true);
		order &= same(&a, &b);
		expected &= as_expected(&a, t) && as_expected(&b, t);
		hs_schema_free(&a);
		hs_schema_free(&b);
	}
	tap_ok(order, "2,000 random streams: no order matters");
	tap_ok(expected, "each column is the join of its values");
}

/* What is written can be read, and is the same. */
static void
check_round_trip(void)
{
	bool read = true, no_drift = true;

	for (int round = 0; round < 500; round++) {
		struct hs_schema a = {0};
		struct hs_tableschema b = {0};
		struct hs_buf json = {0};
		struct hs_err e;
		table t;
		for (unsigned c = 0; c < COLUMNS; c++)
			for (unsigned r = 0; r < RECORDS; r++)
				t[r][c] = r < 22 ? 0 : draw(VALUES);
		infer(&a, t, false);
		put_descriptor(&a, &json);
		read &= hs_tableschema_parse(&b, hs_buf_span(&json), &e) == 0;
		hs_buf_clear(&json);
		no_drift &= put_diff(&b, &a, &json) == 0 && json.len == 0;
		hs_buf_free(&json);
		hs_schema_free(&a);
		hs_tableschema_free(&b);
	}
	tap_ok(read, "500 random schemas are read as they were written");
	tap_ok(no_drift, "and are the same");
}

static void
check_bounds(void)
{
	struct hs_schema s = {0};
	struct hs_buf json = {0};

	hs_buf_puts(&json, "{\"a\":\"");
	for (int i = 0; i < 100000; i++)
		hs_buf_puts(&json, "\\u00e9");
	hs_buf_puts(&json, "\"}");
	tap_ok(add(&s, &json) == 0 && s.field[0].longest == 100000,
	    "a long value is counted");
	tap_ok(s.field[0].example.len > 0 && s.field[0].example.len < 256,
	    "but not kept");
	hs_buf_free(&json);
	hs_schema_free(&s);
	tap_ok(s.n == 0 && s.columns.n == 0, "a freed schema is empty");
}

int
main(void)
{
	check_random();
	check_round_trip();
	check_bounds();
	return tap_done();
}
