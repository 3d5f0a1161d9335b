/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* A schema as CREATE TABLE. */
#include "output.h"

#include <stdlib.h>

#include "json.h"
#include "rowsize.h"
#include "sqlnames.h"

static void
put_column(const struct hs_schema *s, const struct hs_sqlnames *n, size_t i,
    struct hs_buf *b)
{
	const struct hs_dialect *d = n->dialect;
	struct hs_span original = s->columns.name[i];
	bool in_key = hs_columns_has(&s->key, original);
	bool nullable = d->nullable && !in_key;
	bool last = i + 1 == s->n && (s->key.n == 0 || d->outside);

	hs_buf_puts(b, "\n\t");
	hs_sqlnames_put(n, i, b);
	hs_buf_puts(b, nullable ? " Nullable(" : " ");
	if (in_key && d->key_text && hs_dialect_is_text(d, &s->field[i]))
		hs_buf_puts(b, d->key_text);
	else
		hs_dialect_put_type(d, &s->field[i], b);
	hs_buf_puts(b, nullable ? ")" : "");
	hs_buf_puts(b, last ? "" : ",");
	if (!hs_span_eq(hs_sqlnames_at(n, i), original)) {
		/* JSON has no line end in a string; one would end the
		 * comment. */
		hs_buf_puts(b, " -- ");
		hs_json_string(b, original);
	}
}

/* Adds the key's columns in the key's order. */
static void
put_key(
    const struct hs_schema *s, const struct hs_sqlnames *n, struct hs_buf *b)
{
	hs_buf_puts(b, n->dialect->key);
	for (size_t i = 0; i < s->key.n; i++) {
		hs_buf_puts(b, i ? ", " : "");
		hs_sqlnames_put(
		    n, hs_columns_at(&s->columns, s->key.name[i]), b);
	}
	hs_buf_puts(b, n->dialect->end);
}

/* Whether a CSV of the column may hold "" where the type has no such value. */
static bool
is_blank(const struct hs_dialect *d, const struct hs_field *f)
{
	return f->blank > 0 && !hs_dialect_is_text(d, f);
}

/* Adds the command that loads it: COPY takes "" for a value unless told
 * otherwise. */
static void
put_copy(
    const struct hs_schema *s, const struct hs_sqlnames *n, struct hs_buf *b)
{
	const char *before = ", FORCE_NULL (", *end = ")\n";

	hs_buf_puts(b, "-- \\copy ");
	hs_buf_put(b, hs_buf_span(&n->table));
	hs_buf_puts(b, " FROM 'FILE.csv' WITH (FORMAT csv, HEADER");
	for (size_t i = 0; i < s->n; i++) {
		if (!is_blank(n->dialect, &s->field[i]))
			continue;
		hs_buf_puts(b, before);
		hs_sqlnames_put(n, i, b);
		before = ", ";
		end = "))\n";
	}
	hs_buf_puts(b, end);
}

static bool
has_own_names(const struct hs_schema *s, const struct hs_sqlnames *n)
{
	for (size_t i = 0; i < s->n; i++)
		if (!hs_span_eq(hs_sqlnames_at(n, i), s->columns.name[i]))
			return false;
	return true;
}

/* Adds a name as a string of SQL. */
static void
put_string(struct hs_span text, struct hs_buf *b)
{
	hs_buf_addc(b, '\'');
	for (size_t i = 0; i < text.len; i++) {
		if (text.p[i] == '\'')
			hs_buf_addc(b, '\'');
		hs_buf_addc(b, text.p[i]);
	}
	hs_buf_addc(b, '\'');
}

/* Adds the command that loads it into DuckDB, which else guesses the quotes
 * from the first 20,480 rows.  A text "" is an empty string, a cell without
 * quotes null. */
static void
put_read_csv(
    const struct hs_schema *s, const struct hs_sqlnames *n, struct hs_buf *b)
{
	const char *before = " REPLACE (", *end = "";

	hs_buf_puts(b, "-- INSERT INTO ");
	hs_buf_put(b, hs_buf_span(&n->table));
	hs_buf_puts(b, " SELECT *");
	for (size_t i = 0; i < s->n; i++) {
		if (!is_blank(n->dialect, &s->field[i]))
			continue;
		hs_buf_puts(b, before);
		hs_buf_puts(b, "nullif(");
		hs_sqlnames_put(n, i, b);
		hs_buf_puts(b, ", '') AS ");
		hs_sqlnames_put(n, i, b);
		before = ", ";
		end = ")";
	}
	hs_buf_puts(b, end);
	hs_buf_puts(b, " FROM read_csv('FILE.csv', header = true, "
		       "delim = ',', quote = '\"', escape = '\"', "
		       "all_varchar = true, allow_quoted_nulls = false");
	bool own = has_own_names(s, n);
	for (size_t i = 0; !own && i < s->n; i++) {
		hs_buf_puts(b, i ? ", " : ", names = [");
		put_string(hs_sqlnames_at(n, i), b);
	}
	hs_buf_puts(b, own ? ");\n" : "]);\n");
}

void
put_sql(
    const struct hs_schema *s, const struct hs_sqlnames *n, struct hs_buf *b)
{
	if (n->dialect->copy)
		put_copy(s, n, b);
	if (n->dialect->read_csv)
		put_read_csv(s, n, b);
	hs_buf_puts(b, "CREATE TABLE ");
	hs_buf_put(b, hs_buf_span(&n->table));
	hs_buf_puts(b, " (");
	for (size_t i = 0; i < s->n; i++)
		put_column(s, n, i, b);
	if (s->key.n > 0)
		put_key(s, n, b);
	else
		hs_buf_puts(b, n->dialect->no_key);
}

static size_t
count_empty(const struct hs_schema *s)
{
	size_t n = 0;

	for (size_t i = 0; i < s->n; i++)
		n += hs_field_empty(&s->field[i]);
	return n;
}

void
put_limits(
    const struct hs_schema *s, const struct hs_dialect *d, struct hs_buf *b)
{
	size_t bytes = d->row_max ? hs_rowsize_longest(d, s, NULL, 1) : 0;

	/* From nine tenths on. */
	if (d->columns_max && s->n > d->columns_max / 10 * 9)
		hs_buf_printf(b,
		    "%zu columns, and a table of %s has at most %zu; "
		    "--drop-empty leaves out %zu without a value",
		    s->n, d->name, d->columns_max, count_empty(s));
	else if (bytes > d->row_max)
		hs_buf_printf(b,
		    "a record with %zu values may take %zu bytes, and a row "
		    "of %s has %zu; --rest COLUMN puts some together, or fetch "
		    "fewer properties (hs-fetch -p)",
		    s->fullest, bytes, d->name, d->row_max);
}

/* Whether a table has room for what is not moved, with a quarter to spare. */
static bool
has_room(const struct hs_schema *s, const struct hs_dialect *d,
    const bool *moved, size_t columns)
{
	return (!d->columns_max || columns <= d->columns_max) &&
	       (!d->row_max ||
		   hs_rowsize_longest(d, s, moved, 1) <= d->row_max / 4 * 3);
}

int
gather_columns(struct hs_schema *s, const struct hs_dialect *d,
    const char *rest, struct hs_err *e)
{
	struct hs_sparse *v = calloc(s->n + 1, sizeof *v);
	bool *moved = calloc(s->n + 1, sizeof *moved);
	size_t n = 0, k = 0;
	int rc = 0;

	if (v && moved) {
		n = hs_schema_sparsest(s, v);
		while (k < n && !has_room(s, d, moved, s->n - k + (k > 0)))
			moved[v[k++].column] = true;
		if (hs_schema_field(s, hs_span_str(rest)))
			rc = hs_err_set(e, HS_DATA,
			    "--rest: the stream has a column %s of its own",
			    rest);
		else if (k > 0)
			rc = hs_schema_gather(s, moved, hs_span_str(rest), e);
	} else {
		rc = hs_err_mem(e, "columns");
	}
	free(v);
	free(moved);
	return rc;
}

int
name_columns(struct hs_sqlnames *n, const struct hs_schema *s,
    const struct hs_dialect *d, const char *table, struct hs_err *e)
{
	if (s->n == 0)
		return hs_err_set(
		    e, HS_DATA, "no records, so no columns for a table");
	if (d->columns_max && s->n > d->columns_max)
		return hs_err_set(e, HS_DATA,
		    "%zu columns: a table of %s has at most %zu; fewer "
		    "properties (hs-fetch -p), --rest COLUMN or --filled may "
		    "help: %zu columns have no value",
		    s->n, d->name, d->columns_max, count_empty(s));
	return hs_sqlnames_make(n, d, table, &s->columns, e);
}
