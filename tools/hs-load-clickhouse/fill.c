/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Tables that nobody sees yet. */
#include "fill.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "fit.h"
#include "rows.h"
#include "types.h"

static void
put(struct job *j, struct hs_buf *b, const char *before, enum staging_kind kind)
{
	hs_buf_puts(b, before);
	staging_put(&j->staging, kind, b);
}

static void
put_whole(
    struct job *j, struct hs_buf *b, const char *before, enum staging_kind kind)
{
	hs_buf_puts(b, before);
	staging_put_whole(&j->staging, kind, b);
}

static void
put_create(struct job *j, struct hs_buf *b, enum staging_kind kind)
{
	put(j, b, "CREATE TABLE ", kind);
	hs_buf_put(b, hs_buf_span(&j->table.on));
}

/* Adds the columns of a new table, and its engine. */
static void
put_definition(struct job *j, bool replacing, struct hs_buf *b)
{
	for (size_t i = 0; i < j->load.rows.schema.n; i++) {
		hs_buf_puts(b, i ? ", " : " (");
		hs_sqlnames_put(&j->names, i, b);
		hs_buf_addc(b, ' ');
		fit_put_type(j, i, b);
	}
	if (replacing)
		hs_buf_puts(b,
		    ", " VERSION_COLUMN
		    " UInt64) ENGINE = ReplacingMergeTree(" VERSION_COLUMN ")");
	else
		hs_buf_puts(b, ") ENGINE = MergeTree");
}

static void
put_order(struct job *j, struct hs_buf *b)
{
	hs_buf_puts(b, " ORDER BY ");
	if (j->load.rows.schema.key.n == 0) {
		hs_buf_puts(b, "tuple()");
		return;
	}
	hs_buf_addc(b, '(');
	job_put_key(j, b);
	hs_buf_addc(b, ')');
}

/* Adds a list as the table's own definition has it, with a parenthesis or
 * without: newer servers take rows only from a table whose text is the same. */
static void
put_list(const struct table *t, const char *before, struct hs_span keys,
    struct hs_buf *b)
{
	const char *at = strstr(t->full.data, before);
	bool bare = at && at[strlen(before)] != '(';

	hs_buf_puts(b, before);
	hs_buf_puts(b, bare ? "" : "(");
	hs_buf_put(b, keys);
	hs_buf_puts(b, bare ? "" : ")");
}

/* Adds an engine that keeps all rows, in the order of the table's. */
static void
put_plain(struct job *j, struct hs_buf *b)
{
	const struct table *t = &j->table;

	hs_buf_puts(b, " ENGINE = MergeTree");
	if (!t->exists) {
		put_order(j, b);
		return;
	}
	if (t->partition.len > 0)
		hs_buf_printf(b, " PARTITION BY %s", t->partition.data);
	if (t->sorting.len > 0)
		put_list(t, " ORDER BY ", hs_buf_span(&t->sorting), b);
	else
		hs_buf_puts(b, " ORDER BY tuple()");
	if (!hs_span_eq(hs_buf_span(&t->primary), hs_buf_span(&t->sorting)))
		put_list(t, " PRIMARY KEY ", hs_buf_span(&t->primary), b);
}

static int
alter(
    struct job *j, enum staging_kind kind, struct hs_buf *sql, struct hs_err *e)
{
	if (j->alters.len == 0)
		return 0;
	put(j, sql, "ALTER TABLE ", kind);
	hs_buf_put(sql, hs_buf_span(&j->table.on));
	hs_buf_addc(sql, ' ');
	hs_buf_put(sql, hs_buf_span(&j->alters));
	return db_do(&j->db, HS_DATA, sql, e);
}

/* Refuses a merge where more than its key places a row. */
static int
check_place(
    struct job *j, enum staging_kind kind, struct hs_buf *sql, struct hs_err *e)
{
	const struct hs_buf *key = &j->cluster.key;

	if (memmem(key->data, key->len, "rand", 4))
		return hs_err_set(e, HS_DATA,
		    "a row's shard must come from its key, and not from "
		    "chance");
	hs_buf_puts(sql, "SELECT ");
	hs_buf_put(sql, hs_buf_span(&j->cluster.key));
	hs_buf_puts(sql, " FROM (SELECT ");
	job_put_key(j, sql);
	put(j, sql, " FROM ", kind);
	hs_buf_puts(sql, ") LIMIT 1");
	if (db_ask(&j->db, sql, e) == 0)
		return 0;
	if (e->kind == HS_IO)
		e->kind = HS_DATA;
	return hs_err_at(e, "a row's shard must come from its key");
}

/* On a cluster: the table that has the rows of all shards, for this server
 * alone. */
static int
make_whole(
    struct job *j, enum staging_kind kind, struct hs_buf *sql, struct hs_err *e)
{
	char name[sizeof j->staging.own + 1];

	if (!j->cluster.name)
		return 0;
	if (j->load.merge && !j->db.dry_run && check_place(j, kind, sql, e) < 0)
		return -1;
	snprintf(name, sizeof name, "%s%c", j->staging.own, (char)kind);
	put_whole(j, sql, "CREATE TABLE ", kind);
	put(j, sql, " AS ", kind);
	cluster_put_engine(
	    &j->cluster, &j->table.database, hs_span_str(name), sql);
	return db_do(&j->db, HS_CANTCREATE, sql, e);
}

/* The table that will be the table. */
static int
make_next(struct job *j, struct hs_buf *sql, struct hs_err *e)
{
	put_create(j, sql, STAGING_NEXT);
	if (j->table.exists) {
		hs_buf_puts(sql, " AS ");
		hs_buf_put(sql, hs_buf_span(&j->table.quoted));
	} else {
		put_definition(j, true, sql);
		put_order(j, sql);
	}
	if (db_do(&j->db, HS_CANTCREATE, sql, e) < 0)
		return -1;
	if (alter(j, STAGING_NEXT, sql, e) < 0)
		return -1;
	return make_whole(j, STAGING_NEXT, sql, e);
}

/* The table that takes the rows. */
static int
make_rows(struct job *j, struct hs_buf *sql, struct hs_err *e)
{
	put_create(j, sql, STAGING_ROWS);
	if (j->table.exists) {
		hs_buf_puts(sql, " AS ");
		hs_buf_put(sql, hs_buf_span(&j->table.quoted));
	} else if (j->replacing) {
		put(j, sql, " AS ", STAGING_NEXT);
	} else {
		put_definition(j, false, sql);
		put_order(j, sql);
	}
	if (j->replacing)
		put_plain(j, sql);
	if (db_do(&j->db, HS_CANTCREATE, sql, e) < 0)
		return -1;
	if (alter(j, STAGING_ROWS, sql, e) < 0)
		return -1;
	return make_whole(j, STAGING_ROWS, sql, e);
}

static int
make(struct job *j, struct hs_buf *sql, struct hs_err *e)
{
	if (!j->table.exists && strchr(j->load.table, '.')) {
		hs_buf_puts(sql, "CREATE DATABASE IF NOT EXISTS ");
		hs_sqlnames_quote(
		    &j->dialect, hs_buf_span(&j->table.database), sql);
		hs_buf_put(sql, hs_buf_span(&j->table.on));
		if (db_do(&j->db, HS_CANTCREATE, sql, e) < 0)
			return -1;
	}
	if (j->hidden && make_next(j, sql, e) < 0)
		return -1;
	return make_rows(j, sql, e);
}

/* A version later than all of the table's, whatever its clock was. */
static int
choose_version(
    struct job *j, struct hs_buf *sql, unsigned long long *v, struct hs_err *e)
{
	struct timespec now;
	unsigned long long last = 0;

	clock_gettime(CLOCK_REALTIME, &now);
	*v = (unsigned long long)now.tv_sec * 1000000000U +
	     (unsigned long long)now.tv_nsec;
	if (!j->table.exists || !j->load.merge)
		return 0;
	hs_buf_puts(sql, "SELECT max(" VERSION_COLUMN ") FROM ");
	job_put_table(j, sql);
	if (db_number(&j->db, sql, &last, e) < 0)
		return -1;
	if (*v <= last)
		*v = last + 1;
	return 0;
}

static int
insert(struct job *j, struct hs_buf *sql, struct hs_err *e)
{
	struct rows rows = {.from = &j->load.rows, .versioned = j->versioned};
	int rc = 0;

	for (size_t i = 0; i < j->load.rows.schema.n; i++)
		if (j->blank[i])
			rows.blank = j->blank;
	if (j->versioned)
		rc = choose_version(j, sql, &rows.version, e);
	if (rc == 0) {
		put_whole(j, sql, "INSERT INTO ", STAGING_ROWS);
		hs_buf_puts(sql, " (");
		job_put_columns(j, sql);
		hs_buf_puts(sql, ") FORMAT TabSeparated");
		rc = db_insert(&j->db, sql, rows_next, &rows, e);
	}
	hs_buf_free(&rows.block);
	return rc;
}

static int
count(
    struct job *j, enum staging_kind kind, struct hs_buf *sql, struct hs_err *e)
{
	unsigned long long n, want = j->load.rows.schema.records;

	if (j->db.dry_run)
		return 0;
	put_whole(j, sql, "SELECT count() FROM ", kind);
	if (db_number(&j->db, sql, &n, e) < 0)
		return -1;
	return n == want
		   ? 0
		   : hs_err_set(e, HS_IO,
			 "%llu records were sent, and the server has %llu",
			 want, n);
}

/* Adds what the merged rows have in columns that the stream lacks. */
static int
join(struct job *j, struct hs_buf *sql, struct hs_err *e)
{
	struct hs_span absent = hs_buf_span(&j->absent);

	put_create(j, sql, STAGING_JOIN);
	put(j, sql, " AS ", STAGING_ROWS);
	if (db_do(&j->db, HS_CANTCREATE, sql, e) < 0)
		return -1;
	if (make_whole(j, STAGING_JOIN, sql, e) < 0)
		return -1;
	put_whole(j, sql, "INSERT INTO ", STAGING_JOIN);
	hs_buf_puts(sql, " (");
	job_put_columns(j, sql);
	hs_buf_put(sql, absent);
	hs_buf_puts(sql, ") SELECT ");
	job_put_columns(j, sql);
	hs_buf_put(sql, absent);
	hs_buf_puts(sql, " FROM (SELECT ");
	job_put_columns(j, sql);
	put_whole(j, sql, " FROM ", STAGING_ROWS);
	hs_buf_puts(sql, ") AS s ANY LEFT JOIN (SELECT ");
	job_put_key(j, sql);
	hs_buf_put(sql, absent);
	hs_buf_puts(sql, " FROM ");
	job_put_table(j, sql);
	hs_buf_puts(sql, " FINAL WHERE (");
	job_put_key(j, sql);
	/* GLOBAL: asked once, and not by each shard of all others. */
	hs_buf_puts(
	    sql, j->cluster.name ? ") GLOBAL IN (SELECT " : ") IN (SELECT ");
	job_put_key(j, sql);
	put_whole(j, sql, " FROM ", STAGING_ROWS);
	hs_buf_puts(sql, ")) AS t USING (");
	job_put_key(j, sql);
	hs_buf_addc(sql, ')');
	if (db_do(&j->db, HS_IO, sql, e) < 0)
		return -1;
	return count(j, STAGING_JOIN, sql, e);
}

int
fill(struct job *j, enum staging_kind *rows, struct hs_err *e)
{
	struct hs_buf sql = {0};
	int rc = make(j, &sql, e);

	*rows = STAGING_ROWS;
	if (rc == 0 && j->load.rows.schema.records > 0)
		rc = insert(j, &sql, e);
	if (rc == 0)
		rc = count(j, STAGING_ROWS, &sql, e);
	if (rc == 0 && j->load.merge && j->table.exists && j->absent.len > 0) {
		*rows = STAGING_JOIN;
		rc = join(j, &sql, e);
	}
	hs_buf_free(&sql);
	return rc;
}
