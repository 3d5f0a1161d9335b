/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Columns that hold the stream. */
#include "fit.h"

#include <stdlib.h>

#include "types.h"

void
fit_put_type(const struct job *j, size_t column, struct hs_buf *b)
{
	bool key = job_is_key(j, column);

	hs_buf_puts(b, key ? "" : "Nullable(");
	if (j->text)
		hs_buf_puts(b, j->dialect.text);
	else
		hs_dialect_put_type(
		    &j->dialect, &j->load.rows.schema.field[column], b);
	hs_buf_puts(b, key ? "" : ")");
}

static int
no_alter(const struct job *j, const char *what, size_t i, struct hs_err *e)
{
	struct hs_span name = hs_sqlnames_at(&j->names, i);

	return hs_err_set(e, HS_DATA, "--no-alter: %s: column %.*s %s",
	    j->table.quoted.data, (int)name.len, name.p, what);
}

/* Has a column's type hold the values; type is the one that a new column would
 * have. */
static int
widen(struct job *j, size_t i, const struct table_column *c,
    struct hs_buf *type, struct hs_err *e)
{
	struct hs_span name = hs_sqlnames_at(&j->names, i);

	if (c->computed || c->key)
		return hs_err_set(e, HS_DATA,
		    "%s: column %.*s is %s and does not hold the stream's "
		    "values, which need %s; it %s and cannot be changed: load "
		    "into a "
		    "new table",
		    j->table.quoted.data, (int)name.len, name.p, c->type.data,
		    hs_buf_str(type),
		    c->key ? "orders the table" : "is computed");
	if (j->no_alter)
		return no_alter(j, "would be widened", i, e);
	hs_buf_puts(&j->alters, j->alters.len ? ", " : "");
	hs_buf_puts(&j->alters, "MODIFY COLUMN ");
	hs_sqlnames_put(&j->names, i, &j->alters);
	hs_buf_addc(&j->alters, ' ');
	/* A replaced table holds new values alone. */
	if (!j->load.merge) {
		hs_buf_put(&j->alters, hs_buf_span(type));
		return 0;
	}
	size_t at = j->alters.len;
	types_join(hs_buf_span(&c->type), hs_buf_span(type), &j->alters);
	hs_buf_clear(type);
	hs_buf_add(type, j->alters.data + at, j->alters.len - at);
	return 0;
}

static void
add(struct job *j, size_t i, const struct hs_buf *type)
{
	hs_buf_puts(&j->alters, j->alters.len ? ", " : "");
	hs_buf_puts(&j->alters, "ADD COLUMN ");
	hs_sqlnames_put(&j->names, i, &j->alters);
	hs_buf_addc(&j->alters, ' ');
	hs_buf_put(&j->alters, hs_buf_span(type));
}

/* A column that the table has: keeps its type, or gets another, *type. */
static int
fit_known(struct job *j, size_t i, const struct table_column *c,
    struct hs_buf *type, struct hs_err *e)
{
	const struct hs_field *f = &j->load.rows.schema.field[i];
	unsigned long long blank =
	    types_is_text(hs_buf_span(&c->type)) ? f->blank : 0;
	bool nulls = f->filled + blank < j->load.rows.schema.records;

	if (c->computed || !types_hold(hs_buf_span(&c->type), f, nulls)) {
		/* Only nulls are new. */
		if (!c->computed &&
		    types_hold(hs_buf_span(&c->type), f, false)) {
			hs_buf_clear(type);
			hs_buf_printf(type, "Nullable(%s)", c->type.data);
		}
		return widen(j, i, c, type, e);
	}
	hs_buf_clear(type);
	hs_buf_put(type, hs_buf_span(&c->type));
	return 0;
}

static int
fit_column(struct job *j, size_t i, struct hs_buf *type, struct hs_err *e)
{
	const struct hs_field *f = &j->load.rows.schema.field[i];
	size_t at =
	    hs_columns_at(&j->table.columns, hs_sqlnames_at(&j->names, i));

	hs_buf_clear(type);
	fit_put_type(j, i, type);
	if (at != HS_COLUMNS_NONE) {
		if (fit_known(j, i, &j->table.column[at], type, e) < 0)
			return -1;
	} else if (j->table.exists && j->no_alter) {
		return no_alter(j, "would be added", i, e);
	} else if (j->table.exists) {
		add(j, i, type);
	}
	j->blank[i] = f->blank > 0 && !types_is_text(hs_buf_span(type));
	return hs_buf_check(type, e, "a type");
}

/* Notes the table's columns that the stream does not have. */
static int
find_absent(struct job *j, struct hs_err *e)
{
	struct hs_columns stream = {0};
	size_t at;
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < j->load.rows.schema.n; i++)
		rc = hs_columns_add(
		    &stream, hs_sqlnames_at(&j->names, i), &at, e);
	for (size_t i = 0; rc == 0 && i < j->table.columns.n; i++) {
		struct hs_span name = j->table.columns.name[i];
		if (j->table.column[i].computed ||
		    hs_span_is(name, VERSION_COLUMN) ||
		    hs_columns_has(&stream, name))
			continue;
		hs_buf_puts(&j->absent, ", ");
		hs_sqlnames_quote(&j->dialect, name, &j->absent);
	}
	hs_columns_free(&stream);
	return rc < 0 ? rc : hs_buf_check(&j->absent, e, "columns");
}

int
fit(struct job *j, struct hs_err *e)
{
	size_t n = j->load.rows.schema.n;
	struct hs_buf type = {0};
	int rc = 0;

	j->blank = calloc(n + 1, sizeof *j->blank);
	if (!j->blank)
		return hs_err_mem(e, "columns");
	if (!j->table.exists && j->no_alter)
		return hs_err_set(e, HS_DATA,
		    "--no-alter: there is no table %s", j->table.quoted.data);
	for (size_t i = 0; rc == 0 && i < n; i++)
		rc = fit_column(j, i, &type, e);
	hs_buf_free(&type);
	if (rc == 0)
		rc = find_absent(j, e);
	return rc < 0 ? rc : hs_buf_check(&j->alters, e, "columns");
}
