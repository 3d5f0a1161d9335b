/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Databases: their types and their rules for names. */
#include "dialect.h"

#include <limits.h>
#include <string.h>

/* A double keeps every decimal number of so many digits (C's DBL_DIG). */
#define DOUBLE_DIGITS 15

#define KEY "\n\tPRIMARY KEY ("
#define END ")\n);\n"
#define NO_KEY "\n);\n"

static const char *const postgres_system[] = {
    "tableoid", "xmin", "cmin", "xmax", "cmax", "ctid", NULL};

/*
 * From each engine's chapters on data types and identifiers.
 *
 * postgres: json keeps a value's bytes; jsonb refuses \u0000.
 * sqlite: types of other names turn large numbers into doubles and true into
 * 0.
 * mysql: times in UTC; TIMESTAMP ends in 2038.  A key is no longer than that.
 * clickhouse: DateTime64 with nine digits ends in 2262.
 * bigquery: NUMERIC has 29 digits before the point and 9 behind it, BIGNUMERIC
 * 38 and 38.
 */
static const struct hs_dialect dialects[] = {
    {
	.name = "postgres",
	.quote = '"',
	.name_max = 63,
	.columns_max = 1600,
	.row_max = 8160,
	.reserved = postgres_system,
	.text = "text",
	.boolean = "boolean",
	.integer = "bigint",
	.nested = "json",
	.json = "json",
	.decimal = {{131072, 16383, UINT_MAX, "numeric", false}},
	.date = "date",
	.zoned = "timestamptz",
	.local = "timestamp",
	.fraction = 6,
	.year_min = 1,
	.year_max = 9999,
	.key = KEY,
	.end = END,
	.no_key = NO_KEY,
	.copy = true,
    },
    {
	.name = "duckdb",
	.quote = '"',
	.folds = true,
	.text = "VARCHAR",
	.boolean = "BOOLEAN",
	.integer = "BIGINT",
	.nested = "JSON",
	.json = "JSON",
	.decimal = {{38, 0, 38, "HUGEINT", false},
	    {38, 38, 38, "DECIMAL(38, ", true}},
	.real = "DOUBLE",
	.date = "DATE",
	.zoned = "TIMESTAMPTZ",
	.local = "TIMESTAMP",
	.fraction = 6,
	.year_min = 1,
	.year_max = 9999,
	.key = KEY,
	.end = END,
	.no_key = NO_KEY,
	.read_csv = true,
    },
    {
	.name = "sqlite",
	.quote = '"',
	.folds = true,
	.columns_max = 2000,
	.text = "TEXT",
	.boolean = "TEXT",
	.integer = "INTEGER",
	.nested = "TEXT",
	.json = "TEXT",
	.real = "REAL",
	.date = "TEXT",
	.zoned = "TEXT",
	.local = "TEXT",
	.fraction = UINT_MAX,
	.year_min = 1,
	.year_max = 9999,
	.key = KEY,
	.end = END,
	.no_key = NO_KEY,
    },
    {
	.name = "mysql",
	.quote = '`',
	.folds = true,
	.name_max = 64,
	.columns_max = 1017,
	.row_max = 8125,
	.text = "LONGTEXT",
	.key_text = "VARCHAR(768)",
	.boolean = "BOOLEAN",
	.integer = "BIGINT",
	.nested = "JSON",
	.json = "JSON",
	.decimal = {{38, 30, 38, "DECIMAL(38, ", true},
	    {65, 30, 65, "DECIMAL(65, ", true}},
	.date = "DATE",
	.zoned = "DATETIME(3)",
	.local = "DATETIME(3)",
	.fraction = 3,
	.year_min = 1001,
	.year_max = 9998,
	.key = KEY,
	.end = END,
	.no_key = NO_KEY,
    },
    {
	.name = "clickhouse",
	.quote = '`',
	.backslash = true,
	.text = "String",
	.boolean = "Bool",
	.integer = "Int64",
	.nested = "String",
	.json = "String",
	.decimal = {{38, 0, 38, "Int128", false}, {76, 0, 76, "Int256", false},
	    {76, 76, 76, "Decimal(76, ", true}},
	.real = "Float64",
	.date = "Date32",
	.zoned = "DateTime64(9, 'UTC')",
	.local = "DateTime64(9, 'UTC')",
	.fraction = 9,
	.year_min = 1901,
	.year_max = 2261,
	.nullable = true,
	.outside = true,
	.key = "\n) ENGINE = MergeTree ORDER BY (",
	.end = ");\n",
	.no_key = "\n) ENGINE = MergeTree ORDER BY tuple();\n",
    },
    {
	.name = "bigquery",
	.quote = '`',
	.folds = true,
	.words = true,
	.name_max = 300,
	.columns_max = 10000,
	.text = "STRING",
	.boolean = "BOOL",
	.integer = "INT64",
	.nested = "JSON",
	.json = "JSON",
	.decimal = {{29, 9, 38, "NUMERIC", false},
	    {38, 38, 76, "BIGNUMERIC", false}},
	.real = "FLOAT64",
	.date = "DATE",
	.zoned = "TIMESTAMP",
	.local = "DATETIME",
	.fraction = 6,
	.year_min = 2,
	.year_max = 9998,
	.key = KEY,
	.end = ") NOT ENFORCED\n);\n",
	.no_key = NO_KEY,
    },
    {
	.name = "snowflake",
	.quote = '"',
	.name_max = 255,
	.text = "VARCHAR",
	.boolean = "BOOLEAN",
	.integer = "NUMBER(38, 0)",
	.nested = "VARIANT",
	.json = "VARIANT",
	.decimal = {{38, 37, 38, "NUMBER(38, ", true}},
	.real = "FLOAT",
	.date = "DATE",
	.zoned = "TIMESTAMP_TZ(9)",
	.local = "TIMESTAMP_NTZ(9)",
	.fraction = 9,
	.year_min = 2,
	.year_max = 9998,
	.key = KEY,
	.end = END,
	.no_key = NO_KEY,
    },
};

const struct hs_dialect *
hs_dialect_named(const char *name)
{
	for (size_t i = 0; i < sizeof dialects / sizeof *dialects; i++)
		if (strcmp(name, dialects[i].name) == 0)
			return &dialects[i];
	return NULL;
}

/* Adds the narrowest decimal that holds the digits, or text. */
static void
put_decimal(const struct hs_dialect *d, unsigned whole, unsigned fraction,
    struct hs_buf *b)
{
	size_t n = sizeof d->decimal / sizeof *d->decimal;

	for (size_t i = 0; i < n && d->decimal[i].total; i++) {
		const struct hs_decimal *t = &d->decimal[i];
		if (whole > t->whole || fraction > t->fraction ||
		    whole + fraction > t->total)
			continue;
		hs_buf_puts(b, t->type);
		if (t->scaled)
			hs_buf_printf(b, "%u)", fraction);
		return;
	}
	hs_buf_puts(b, d->text);
}

static const char *
time_type(const struct hs_dialect *d, enum hs_type t, const struct hs_facts *f)
{
	/* Without any value the years are 0. */
	if (f->year_max > d->year_max ||
	    (f->year_min && f->year_min < d->year_min))
		return d->text;
	if (t == HS_TYPE_DATE)
		return d->date;
	/* With an offset in some values only, neither type keeps them all: the
	 * others, dates too, would move with the session's zone. */
	if (f->fraction > d->fraction || (f->zoned && (f->local || f->day)))
		return d->text;
	return f->local ? d->local : d->zoned;
}

void
hs_dialect_put_type(
    const struct hs_dialect *d, const struct hs_field *f, struct hs_buf *b)
{
	const struct hs_facts *x = &f->facts;
	enum hs_type t = hs_field_type(f);

	switch (t) {
	case HS_TYPE_BOOLEAN: hs_buf_puts(b, d->boolean); break;
	case HS_TYPE_INTEGER:
		if (x->big)
			put_decimal(d, x->whole, 0, b);
		else
			hs_buf_puts(b, d->integer);
		break;
	case HS_TYPE_NUMBER:
		if (d->real && x->whole + x->fraction <= DOUBLE_DIGITS)
			hs_buf_puts(b, d->real);
		else
			put_decimal(d, x->whole, x->fraction, b);
		break;
	case HS_TYPE_DATE:
	case HS_TYPE_DATETIME: hs_buf_puts(b, time_type(d, t, x)); break;
	case HS_TYPE_OBJECT:
	case HS_TYPE_ARRAY: hs_buf_puts(b, d->nested); break;
	default: hs_buf_puts(b, d->text);
	}
}

bool
hs_dialect_is_text(const struct hs_dialect *d, const struct hs_field *f)
{
	struct hs_buf b = {0};

	hs_dialect_put_type(d, f, &b);
	bool text = hs_span_is(hs_buf_span(&b), d->text);
	hs_buf_free(&b);
	return text;
}
