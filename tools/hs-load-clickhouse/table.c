/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* What the server says of a table. */
#include "table.h"

#include <stdlib.h>
#include <string.h>

#include "grow.h"
#include "sqlnames.h"
#include "types.h"

int
table_call(struct table *t, struct hs_span database, struct hs_span name,
    const struct hs_dialect *d, struct hs_err *e)
{
	hs_buf_clear(&t->database);
	hs_buf_clear(&t->name);
	hs_buf_clear(&t->quoted);
	hs_buf_put(&t->database, database);
	hs_buf_put(&t->name, name);
	if (t->cluster && t->on.len == 0) {
		hs_buf_puts(&t->on, " ON CLUSTER ");
		hs_sqlnames_quote(d, hs_span_str(t->cluster), &t->on);
	}
	hs_sqlnames_quote(d, hs_buf_span(&t->database), &t->quoted);
	hs_buf_addc(&t->quoted, '.');
	hs_sqlnames_quote(d, hs_buf_span(&t->name), &t->quoted);
	if (hs_buf_check(&t->database, e, "the table's name") < 0 ||
	    hs_buf_check(&t->name, e, "the table's name") < 0 ||
	    hs_buf_check(&t->on, e, "the cluster's name") < 0)
		return -1;
	return hs_buf_str(&t->quoted) ? 0 : hs_err_mem(e, "the table's name");
}

int
table_name(struct table *t, const struct db *db, const char *name,
    const struct hs_dialect *d, struct hs_err *e)
{
	const char *dot = strchr(name, '.');
	struct hs_span database = hs_buf_span(&db->database);

	if (dot)
		database = hs_span(name, (size_t)(dot - name));
	return table_call(t, database, hs_span_str(dot ? dot + 1 : name), d, e);
}

void
table_put_system(const struct table *t, const char *name, struct hs_buf *b)
{
	if (!t->cluster) {
		hs_buf_printf(b, "system.%s", name);
		return;
	}
	hs_buf_puts(b, "cluster(");
	db_put_text(b, hs_span_str(t->cluster));
	hs_buf_printf(b, ", system, %s)", name);
}

void
table_put_where(const struct table *t, const char *name, struct hs_buf *b)
{
	hs_buf_puts(b, " WHERE database = ");
	db_put_text(b, hs_buf_span(&t->database));
	if (!name)
		return;
	hs_buf_printf(b, " AND %s = ", name);
	db_put_text(b, hs_buf_span(&t->name));
}

static bool
ends(const struct hs_buf *b, const char *with)
{
	size_t n = strlen(with);

	return b->len >= n && memcmp(b->data + b->len - n, with, n) == 0;
}

static int
read_table(struct table *t, struct db *db, struct hs_buf *sql, struct hs_err *e)
{
	struct hs_buf *to[] = {
	    &t->engine, &t->full, &t->partition, &t->sorting, &t->primary};
	static const char version[] = VERSION_COLUMN ")";

	hs_buf_puts(sql, "SELECT engine, engine_full, partition_key, "
			 "sorting_key, primary_key FROM system.tables");
	table_put_where(t, "name", sql);
	if (db_ask(db, sql, e) < 0)
		return -1;
	t->exists = db->answer.len > 0;
	struct hs_span rest = hs_buf_span(&db->answer);
	for (size_t i = 0; i < sizeof to / sizeof *to; i++) {
		db_cell(&rest, to[i]);
		if (!hs_buf_str(to[i]))
			return hs_err_mem(e, "a table");
	}
	t->replacing = ends(&t->engine, "ReplacingMergeTree");
	t->versioned = t->replacing && strstr(t->full.data, version);
	return 0;
}

static int
add_column(struct table *t, struct hs_span *rest, struct hs_buf *cell,
    struct hs_err *e)
{
	size_t i = t->columns.n;

	if (HS_GROW(t->column, i, t->cap) < 0)
		return hs_err_mem(e, "columns");
	struct table_column *c = &t->column[i];
	*c = (struct table_column){0};
	db_cell(rest, cell);
	if (hs_columns_add(&t->columns, hs_buf_span(cell), &i, e) < 0)
		return -1;
	db_cell(rest, &c->type);
	db_cell(rest, cell);
	c->computed = hs_span_is(hs_buf_span(cell), "1");
	db_cell(rest, cell);
	c->key = hs_span_is(hs_buf_span(cell), "1");
	if (!hs_buf_str(&c->type))
		return hs_err_mem(e, "columns");
	return hs_buf_check(cell, e, "columns");
}

static int
read_columns(
    struct table *t, struct db *db, struct hs_buf *sql, struct hs_err *e)
{
	struct hs_buf cell = {0};

	hs_buf_puts(sql,
	    "SELECT name, type, default_kind IN ('MATERIALIZED', 'ALIAS'), "
	    "is_in_sorting_key FROM system.columns");
	table_put_where(t, "table", sql);
	int rc = db_ask(db, sql, e);
	struct hs_span rest = hs_buf_span(&db->answer);
	while (rc == 0 && rest.len > 0)
		rc = add_column(t, &rest, &cell, e);
	hs_buf_free(&cell);
	return rc;
}

static int
read_database(
    struct table *t, struct db *db, struct hs_buf *sql, struct hs_err *e)
{
	hs_buf_puts(sql, "SELECT count() FROM system.databases WHERE name = ");
	db_put_text(sql, hs_buf_span(&t->database));
	hs_buf_puts(sql, " AND engine <> 'Ordinary'");
	unsigned long long n = 0;
	int rc = db_number(db, sql, &n, e);
	t->swaps = db->modern && n > 0;
	return rc;
}

int
table_read(struct table *t, struct db *db, struct hs_err *e)
{
	struct hs_buf sql = {0};
	int rc = read_table(t, db, &sql, e);

	if (rc == 0)
		rc = read_columns(t, db, &sql, e);
	if (rc == 0)
		rc = read_database(t, db, &sql, e);
	hs_buf_free(&sql);
	return rc;
}

void
table_free(struct table *t)
{
	struct hs_buf *all[] = {&t->database, &t->name, &t->quoted, &t->engine,
	    &t->full, &t->partition, &t->sorting, &t->primary, &t->on};

	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		hs_buf_free(all[i]);
	for (size_t i = 0; i < t->columns.n; i++)
		hs_buf_free(&t->column[i].type);
	free(t->column);
	hs_columns_free(&t->columns);
}
