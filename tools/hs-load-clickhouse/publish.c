/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* The rows become the table. */
#include "publish.h"

static void
put_table(struct job *j, struct hs_buf *b)
{
	hs_buf_put(b, hs_buf_span(&j->table.quoted));
}

/* Adds a query of the table's rows. */
static void
put_count(struct job *j, struct hs_buf *b)
{
	hs_buf_puts(b, "SELECT count() FROM ");
	put_table(j, b);
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
		hs_buf_puts(sql, ") NOT IN (SELECT ");
		job_put_key(j, sql);
		hs_buf_puts(sql, " FROM ");
		staging_put(&j->staging, STAGING_ROWS, sql);
		hs_buf_addc(sql, ')');
	}
	if (db_number(&j->db, sql, &gone, e) < 0)
		return -1;
	if (j->percent ? gone * 100 <= max * had : gone <= max)
		return 0;
	return hs_err_set(e, HS_DATA,
	    "%s: %llu of %llu rows would be removed; --max-removed allows "
	    "%llu%s",
	    j->table.quoted.data, gone, had, max, j->percent ? "%" : "");
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
	hs_buf_puts(sql, " ATTACH PARTITION ID ");
	db_put_text(sql, hs_span_str(partition));
	hs_buf_puts(sql, " FROM ");
	staging_put(&j->staging, rows, sql);
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
	if (j->table.partition.len == 0 || j->db.dry_run)
		return attach(j, rows, "all", sql, e);
	hs_buf_puts(sql, "SELECT DISTINCT partition_id FROM system.parts");
	table_put_where(&j->table, NULL, sql);
	hs_buf_printf(
	    sql, " AND active AND table = '%s%c'", j->staging.own, rows);
	int rc = db_ask(&j->db, sql, e);
	if (rc == 0)
		hs_buf_put(&ids, hs_buf_span(&j->db.answer));
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

/* The hidden table takes the place of the table. */
static int
swap(struct job *j, struct hs_buf *sql, struct hs_err *e)
{
	enum staging_kind next = j->hidden ? STAGING_NEXT : STAGING_ROWS;
	bool exchange = j->table.exists && j->table.swaps;

	hs_buf_puts(sql, exchange ? "EXCHANGE TABLES " : "RENAME TABLE ");
	if (j->table.exists && !exchange) {
		put_table(j, sql);
		hs_buf_puts(sql, " TO ");
		staging_put(&j->staging, STAGING_OLD, sql);
		hs_buf_puts(sql, ", ");
	}
	staging_put(&j->staging, next, sql);
	hs_buf_puts(sql, exchange ? " AND " : " TO ");
	put_table(j, sql);
	return db_do(&j->db, HS_IO, sql, e);
}

static int
alter(struct job *j, struct hs_buf *sql, struct hs_err *e)
{
	if (j->alters.len == 0)
		return 0;
	hs_buf_puts(sql, "ALTER TABLE ");
	put_table(j, sql);
	hs_buf_addc(sql, ' ');
	hs_buf_put(sql, hs_buf_span(&j->alters));
	return db_do(&j->db, HS_IO, sql, e);
}

int
publish(struct job *j, enum staging_kind rows, struct hs_err *e)
{
	struct hs_buf sql = {0};
	bool in_place = j->replacing && !j->hidden;
	int rc = 0;

	if (j->limited && j->table.exists && !j->db.dry_run)
		rc = check_removed(j, &sql, e);
	if (rc == 0 && in_place)
		rc = alter(j, &sql, e);
	if (rc == 0 && j->replacing)
		rc = attach_all(j, rows, &sql, e);
	if (rc == 0 && !in_place)
		rc = swap(j, &sql, e);
	if (rc == 0 && j->optimize) {
		hs_buf_puts(&sql, "OPTIMIZE TABLE ");
		put_table(j, &sql);
		hs_buf_puts(&sql, " FINAL");
		rc = db_do(&j->db, HS_IO, &sql, e);
	}
	hs_buf_free(&sql);
	return rc;
}

/* Whether a load that went well leaves a table of that kind. */
static bool
is_left(const struct job *j, enum staging_kind kind)
{
	bool in_place = j->replacing && !j->hidden;
	bool swapped = j->table.exists && !in_place;

	switch (kind) {
	case STAGING_ROWS: return j->replacing || j->table.swaps;
	case STAGING_JOIN: return in_place && j->absent.len > 0;
	case STAGING_NEXT: return j->hidden && swapped && j->table.swaps;
	default: return swapped && !j->table.swaps;
	}
}

int
publish_clean(struct job *j, bool all, struct hs_err *e)
{
	static const enum staging_kind kinds[] = {
	    STAGING_ROWS, STAGING_JOIN, STAGING_NEXT, STAGING_OLD};
	struct hs_buf sql = {0};
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < sizeof kinds / sizeof *kinds; i++) {
		if (!all && !is_left(j, kinds[i]))
			continue;
		hs_buf_puts(&sql, "DROP TABLE IF EXISTS ");
		staging_put(&j->staging, kinds[i], &sql);
		rc = db_do(&j->db, HS_IO, &sql, e);
	}
	hs_buf_free(&sql);
	return rc;
}
