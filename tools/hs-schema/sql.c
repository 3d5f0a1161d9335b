/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* A schema as CREATE TABLE. */
#include "output.h"

#include "json.h"
#include "sqlnames.h"

static void
put_column(const struct hs_schema *s, const struct hs_sqlnames *n, size_t i,
    struct hs_buf *b)
{
	const struct hs_dialect *d = n->dialect;
	struct hs_span original = s->columns.name[i];
	bool nullable = d->nullable && !hs_columns_has(&s->key, original);
	bool last = i + 1 == s->n && (s->key.n == 0 || d->outside);

	hs_buf_puts(b, "\n\t");
	hs_sqlnames_put(n, i, b);
	hs_buf_puts(b, nullable ? " Nullable(" : " ");
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

static void
put_statement(
    const struct hs_schema *s, const struct hs_sqlnames *n, struct hs_buf *b)
{
	if (n->dialect->copy)
		put_copy(s, n, b);
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

int
put_sql(const struct hs_schema *s, const struct hs_dialect *d,
    const char *table, struct hs_buf *b, struct hs_err *e)
{
	struct hs_sqlnames n;

	if (s->n == 0)
		return hs_err_set(
		    e, HS_DATA, "no records, so no columns for a table");
	if (d->columns_max && s->n > d->columns_max)
		return hs_err_set(e, HS_DATA,
		    "%zu columns: a table of %s has at most %zu", s->n, d->name,
		    d->columns_max);
	int rc = hs_sqlnames_make(&n, d, table, &s->columns, e);
	if (rc == 0)
		put_statement(s, &n, b);
	hs_sqlnames_free(&n);
	return rc;
}
