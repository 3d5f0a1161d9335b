/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Types of ClickHouse. */
#include "types.h"

#include <stdlib.h>
#include <string.h>

static const char *const reserved[] = {VERSION_COLUMN, "_part", "_part_index",
    "_part_uuid", "_partition_id", "_partition_value", "_sample_factor",
    "_table", "_database", NULL};

struct hs_dialect
types_dialect(bool modern)
{
	struct hs_dialect d = *hs_dialect_named("clickhouse");

	d.reserved = reserved;
	if (modern)
		return d;
	d.boolean = d.zoned = d.local = d.text;
	d.date = "Date";
	/* The first day of 1970 is 0000-00-00 there; the last is in 2105. */
	d.year_min = 1971;
	d.year_max = 2104;
	d.decimal[0] = (struct hs_decimal){38, 38, 38, "Decimal(38, ", true};
	d.decimal[1] = (struct hs_decimal){0};
	return d;
}

/* Takes what is around the type, such as Nullable(), off it. */
static bool
unwrap(struct hs_span *type, const char *with)
{
	size_t n = strlen(with);

	if (type->len <= n || memcmp(type->p, with, n) != 0)
		return false;
	*type = hs_span(type->p + n, type->len - n - 1);
	return true;
}

/* Whether the type is a name alone, or the name and a parenthesis; its
 * arguments are numbers. */
static bool
is(struct hs_span type, const char *name, unsigned long *a, unsigned long *b)
{
	size_t n = strlen(name);
	char *end;

	*a = *b = 0;
	if (type.len < n || memcmp(type.p, name, n) != 0)
		return false;
	if (type.len == n)
		return true;
	if (type.p[n] != '(')
		return false;
	*a = strtoul(type.p + n + 1, &end, 10);
	if (*end == ',')
		*b = strtoul(end + 1, NULL, 10);
	return true;
}

static bool
holds_digits(const struct hs_field *f, size_t whole, size_t fraction)
{
	enum hs_type t = hs_field_type(f);

	if (t == HS_TYPE_INTEGER)
		return f->facts.whole <= whole;
	return t == HS_TYPE_NUMBER && f->facts.whole <= whole &&
	       f->facts.fraction <= fraction;
}

/* The sign of UInt is left to the server. */
static bool
is_integer(struct hs_span type, size_t *digits)
{
	static const struct {
		const char *name;
		size_t digits;
	} known[] = {{"Int8", 2}, {"Int16", 4}, {"Int32", 9}, {"Int64", 18},
	    {"Int128", 38}, {"Int256", 76}, {"UInt8", 2}, {"UInt16", 4},
	    {"UInt32", 9}, {"UInt64", 19}, {"UInt128", 38}, {"UInt256", 76}};

	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (hs_span_is(type, known[i].name)) {
			*digits = known[i].digits;
			return true;
		}
	return false;
}

static bool
holds_number(struct hs_span type, const struct hs_field *f, bool *known)
{
	enum hs_type t = hs_field_type(f);
	unsigned long p, s;
	size_t digits;

	*known = true;
	if (is_integer(type, &digits))
		return t == HS_TYPE_INTEGER &&
		       (f->facts.whole <= digits ||
			   (!f->facts.big && hs_span_is(type, "Int64")));
	if (is(type, "Float64", &p, &s))
		return holds_digits(f, 15, 15) &&
		       f->facts.whole + f->facts.fraction <= 15;
	if (is(type, "Float32", &p, &s))
		return holds_digits(f, 6, 6) &&
		       f->facts.whole + f->facts.fraction <= 6;
	if (is(type, "Decimal", &p, &s))
		return holds_digits(f, p > s ? p - s : 0, s);
	*known = false;
	return false;
}

static bool
holds_time(struct hs_span type, const struct hs_field *f, bool *known)
{
	enum hs_type t = hs_field_type(f);
	const struct hs_facts *x = &f->facts;
	unsigned long digits, none;
	bool narrow = x->year_min >= 1971 && x->year_max <= 2104;
	bool wide = x->year_min >= 1901 && x->year_max <= 2261;

	*known = true;
	if (is(type, "Date", &digits, &none))
		return t == HS_TYPE_DATE && narrow;
	if (is(type, "Date32", &digits, &none))
		return t == HS_TYPE_DATE && wide;
	bool time = t == HS_TYPE_DATETIME || t == HS_TYPE_DATE;
	if (x->zoned && (x->local || x->day))
		time = false;
	if (is(type, "DateTime", &digits, &none))
		return time && narrow && x->fraction == 0;
	if (is(type, "DateTime64", &digits, &none))
		return time && wide && x->fraction <= digits;
	*known = false;
	return false;
}

bool
types_hold(struct hs_span type, const struct hs_field *f, bool nulls)
{
	bool nullable = unwrap(&type, "Nullable("), known, holds;

	if (nulls && !nullable && type.len > 0 && type.p[0] != 'L')
		return false;
	if (hs_field_empty(f))
		return true;
	if (hs_span_is(type, "Bool"))
		return hs_field_type(f) == HS_TYPE_BOOLEAN;
	holds = holds_number(type, f, &known);
	if (!known)
		holds = holds_time(type, f, &known);
	return holds || !known;
}

bool
types_is_text(struct hs_span type)
{
	unsigned long n, none;

	unwrap(&type, "LowCardinality(");
	unwrap(&type, "Nullable(");
	return is(type, "String", &n, &none) ||
	       is(type, "FixedString", &n, &none);
}

void
types_join(struct hs_span old, struct hs_span new, struct hs_buf *b)
{
	const char *type = "String";
	unsigned long n, none;
	size_t digits;

	unwrap(&old, "Nullable(");
	unwrap(&new, "Nullable(");
	if (is_integer(old, &digits) && old.p[0] != 'U' && digits < 18 &&
	    hs_span_is(new, "Int64"))
		type = "Int64";
	if ((is(old, "Date", &n, &none) || is(old, "Date32", &n, &none) ||
		is(old, "DateTime", &n, &none)) &&
	    is(new, "DateTime64", &n, &none))
		type = "DateTime64(9, 'UTC')";
	hs_buf_printf(b, "Nullable(%s)", type);
}
