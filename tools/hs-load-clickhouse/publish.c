/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* The rows become the table. */
#include "publish.h"

static void
put_table(struct job *j, struct hs_buf *b)
{
	hs_buf_put(b, hs_buf_span(&j->table.quoted));
}

/* Whether rows go to a table that readers see. */
static bool
in_place(const struct job *j)
{
	return j->replacing && !j->hidden;
}

/* Whether a new Distributed table comes before the shards'. */
static bool
has_front(const struct job *j)
{
	const struct cluster *c = &j->cluster;

	return c->name && (!c->exists || c->stale || j->alters.len > 0);
}

/* Adds a query of the table's rows. */
static void
put_count(struct job *j, struct hs_buf *b)
{
	hs_buf_puts(b, "SELECT count() FROM ");
	job_put_table(j, b);
	hs_buf_puts(b, j->table.replacing ? " FINAL" : "");
}

/* Refuses to lose more rows than --max-removed allows. */
static int
check_removed(struct job *j, struct hs_buf *sql, struct hs_err *e)
{
	const struct hs_schema *s = &j->load.rows.schema;
	unsigned long long had = 0, gone = 0, max = j->max_removed;

	put_count(j, sql);
	if (db_number(&j->db, sql, &had, e) < 0)
		return -1;
	put_count(j, sql);
	/* Without records there is no key. */
	if (s->key.n > 0) {
		hs_buf_puts(sql, " WHERE (");
		job_put_key(j, sql);
		hs_buf_puts(sql, j->cluster.name ? ") GLOBAL NOT IN (SELECT "
						 : ") NOT IN (SELECT ");
		job_put_key(j, sql);
		hs_buf_puts(sql, " FROM ");
		staging_put_whole(&j->staging, STAGING_ROWS, sql);
		hs_buf_addc(sql, ')');
	}
	if (db_number(&j->db, sql, &gone, e) < 0)
		return -1;
	if (j->percent ? gone * 100 <= max * had : gone <= max)
		return 0;
	return hs_err_set(e, HS_DATA,
	    "%s: %llu of %llu rows would be removed; --max-removed allows "
	    "%llu%s",
	    job_name(j), gone, had, max, j->percent ? "%" : "");
}

/* Adds the rows to a table that keeps the last of a key; each partition is
 * one step. */
static int
attach(struct job *j, enum staging_kind rows, const char *partition,
    struct hs_buf *sql, struct hs_err *e)
{
	hs_buf_puts(sql, "ALTER TABLE ");
	if (j->hidden)
		staging_put(&j->staging, STAGING_NEXT, sql);
	else
		put_table(j, sql);
	hs_buf_put(sql, hs_buf_span(&j->table.on));
	hs_buf_puts(sql, " ATTACH PARTITION ID ");
	db_put_text(sql, hs_span_str(partition));
	hs_buf_puts(sql, " FROM ");
	staging_put(&j->staging, rows, sql);
	return db_do(&j->db, HS_IO, sql, e);
}

/* The same by way of the Distributed tables: in one step for each shard. */
static int
send_all(
    struct job *j, enum staging_kind rows, struct hs_buf *sql, struct hs_err *e)
{
	struct hs_span absent = hs_buf_span(&j->absent);

	if (rows == STAGING_ROWS)
		absent.len = 0;
	if (db_set_pace(&j->db, DB_ONE_STEP, e) < 0)
		return -1;
	hs_buf_puts(sql, "INSERT INTO ");
	if (j->hidden)
		staging_put_whole(&j->staging, STAGING_NEXT, sql);
	else
		job_put_table(j, sql);
	hs_buf_puts(sql, " (");
	job_put_columns(j, sql);
	hs_buf_put(sql, absent);
	hs_buf_puts(sql, ") SELECT ");
	job_put_columns(j, sql);
	hs_buf_put(sql, absent);
	hs_buf_puts(sql, " FROM ");
	staging_put_whole(&j->staging, rows, sql);
	return db_do(&j->db, HS_IO, sql, e);
}

static int
attach_all(
    struct job *j, enum staging_kind rows, struct hs_buf *sql, struct hs_err *e)
{
	struct hs_buf ids = {0}, id = {0};
	const char *one;

	if (j->load.rows.schema.records == 0)
		return 0;
	/* Old versions do not know ATTACH on a cluster. */
	if (j->cluster.name && (j->hidden || !j->db.modern))
		return send_all(j, rows, sql, e);
	if (j->table.partition.len == 0 || j->db.dry_run)
		return attach(j, rows, "all", sql, e);
	hs_buf_puts(sql, "SELECT DISTINCT partition_id FROM system.parts");
	table_put_where(&j->table, NULL, sql);
	hs_buf_printf(
	    sql, " AND active AND table = '%s%c'", j->staging.own, rows);
	int rc = db_ask(&j->db, sql, e);
	if (rc == 0) {
		hs_buf_put(&ids, hs_buf_span(&j->db.answer));
		rc = hs_buf_check(&ids, e, "partitions");
	}
	struct hs_span rest = hs_buf_span(&ids);
	while (rc == 0 && rest.len > 0) {
		db_cell(&rest, &id);
		one = hs_buf_str(&id);
		rc = one ? attach(j, rows, one, sql, e)
			 : hs_err_mem(e, "a partition");
	}
	hs_buf_free(&ids);
	hs_buf_free(&id);
	return rc;
}

/* Adds to a statement that a table takes the place of another. */
static void
put_swap(struct job *j, enum staging_kind next, const struct hs_buf *table,
    enum staging_kind old, struct hs_buf *sql)
{
	bool exchange = j->table.exists && j->table.swaps;

	hs_buf_puts(sql, sql->len > 0 ? ", "
			 : exchange   ? "EXCHANGE TABLES "
				      : "RENAME TABLE ");
	if (j->table.exists && !exchange) {
		hs_buf_put(sql, hs_buf_span(table));
		hs_buf_puts(sql, " TO ");
		staging_put(&j->staging, old, sql);
		hs_buf_puts(sql, ", ");
	}
	staging_put(&j->staging, next, sql);
	hs_buf_puts(sql, exchange ? " AND " : " TO ");
	hs_buf_put(sql, hs_buf_span(table));
}

/* Makes a Distributed table with the columns of another. */
static int
make_front(
    struct job *j, enum staging_kind next, struct hs_buf *sql, struct hs_err *e)
{
	hs_buf_puts(sql, "CREATE TABLE ");
	staging_put(&j->staging, STAGING_FRONT, sql);
	hs_buf_put(sql, hs_buf_span(&j->table.on));
	hs_buf_puts(sql, " AS ");
	if (in_place(j))
		put_table(j, sql);
	else
		staging_put(&j->staging, next, sql);
	cluster_put_engine(
	    &j->cluster, &j->table.database, hs_buf_span(&j->table.name), sql);
	return db_do(&j->db, HS_CANTCREATE, sql, e);
}

/* What is hidden takes the place of the table, and of the Distributed one
 * before it. */
static int
swap(struct job *j, struct hs_buf *sql, struct hs_err *e)
{
	enum staging_kind next = j->hidden ? STAGING_NEXT : STAGING_ROWS;

	if (has_front(j) && make_front(j, next, sql, e) < 0)
		return -1;
	if (!in_place(j))
		put_swap(j, next, &j->table.quoted, STAGING_OLD, sql);
	if (has_front(j))
		put_swap(j, STAGING_FRONT, &j->cluster.quoted,
		    STAGING_FRONT_OLD, sql);
	if (sql->len == 0 && !sql->failed)
		return 0;
	hs_buf_put(sql, hs_buf_span(&j->table.on));
	return db_do(&j->db, HS_IO, sql, e);
}

static int
alter(struct job *j, struct hs_buf *sql, struct hs_err *e)
{
	if (j->alters.len == 0)
		return 0;
	hs_buf_puts(sql, "ALTER TABLE ");
	put_table(j, sql);
	hs_buf_put(sql, hs_buf_span(&j->table.on));
	hs_buf_addc(sql, ' ');
	hs_buf_put(sql, hs_buf_span(&j->alters));
	return db_do(&j->db, HS_IO, sql, e);
}

int
publish(struct job *j, enum staging_kind rows, struct hs_err *e)
{
	struct hs_buf sql = {0};
	int rc = 0;

	if (j->limited && j->table.exists && !j->db.dry_run)
		rc = check_removed(j, &sql, e);
	if (rc == 0 && in_place(j)) {
		rc = alter(j, &sql, e);
		if (rc == 0)
			rc = swap(j, &sql, e);
	}
	if (rc == 0 && j->replacing)
		rc = attach_all(j, rows, &sql, e);
	if (rc == 0 && !in_place(j))
		rc = swap(j, &sql, e);
	if (rc == 0 && j->optimize)
		rc = db_set_pace(&j->db, DB_PATIENT, e);
	if (rc == 0 && j->optimize) {
		hs_buf_puts(&sql, "OPTIMIZE TABLE ");
		put_table(j, &sql);
		hs_buf_put(&sql, hs_buf_span(&j->table.on));
		hs_buf_puts(&sql, " FINAL");
		rc = db_do(&j->db, HS_IO, &sql, e);
	}
	hs_buf_free(&sql);
	return rc;
}

/* Whether rows go by way of a table of that kind. */
static bool
is_made(const struct job *j, enum staging_kind kind)
{
	if (kind == STAGING_JOIN)
		return in_place(j) && j->absent.len > 0;
	return kind == STAGING_ROWS || j->hidden;
}

/* Whether a load that went well leaves a table of that kind. */
static bool
is_left(const struct job *j, enum staging_kind kind)
{
	bool swapped = j->table.exists && !in_place(j);
	bool front = j->table.exists && has_front(j);

	switch (kind) {
	case STAGING_ROWS: return j->replacing || j->table.swaps;
	case STAGING_JOIN: return is_made(j, kind);
	case STAGING_NEXT: return j->hidden && swapped && j->table.swaps;
	case STAGING_OLD: return swapped && !j->table.swaps;
	case STAGING_FRONT: return front && j->table.swaps;
	default: return front && !j->table.swaps;
	}
}

int
publish_clean(struct job *j, bool all, struct hs_err *e)
{
	static const enum staging_kind kinds[] = {STAGING_ROWS, STAGING_JOIN,
	    STAGING_NEXT, STAGING_OLD, STAGING_FRONT, STAGING_FRONT_OLD};
	struct hs_buf sql = {0};
	int rc = 0;

	/* Those before the shards' tables are this server's alone. */
	for (size_t i = 0; j->cluster.name && rc == 0 && i < 3; i++) {
		if (!all && !is_made(j, kinds[i]))
			continue;
		hs_buf_puts(&sql, "DROP TABLE IF EXISTS ");
		staging_put_whole(&j->staging, kinds[i], &sql);
		rc = db_do(&j->db, HS_IO, &sql, e);
	}
	for (size_t i = 0; rc == 0 && i < sizeof kinds / sizeof *kinds; i++) {
		if (!all && !is_left(j, kinds[i]))
			continue;
		hs_buf_puts(&sql, "DROP TABLE IF EXISTS ");
		staging_put(&j->staging, kinds[i], &sql);
		hs_buf_put(&sql, hs_buf_span(&j->table.on));
		rc = db_do(&j->db, HS_IO, &sql, e);
	}
	hs_buf_free(&sql);
	return rc;
}
