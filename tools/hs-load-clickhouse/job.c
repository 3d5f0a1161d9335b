/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* What the steps of a load know. */
#include "job.h"

#include <stdlib.h>
#include <string.h>

#include "types.h"

bool
job_is_key(const struct job *j, size_t column)
{
	const struct hs_schema *s = &j->load.rows.schema;

	return hs_columns_has(&s->key, s->columns.name[column]);
}

void
job_put_columns(const struct job *j, struct hs_buf *b)
{
	for (size_t i = 0; i < j->load.rows.schema.n; i++) {
		hs_buf_puts(b, i ? ", " : "");
		hs_sqlnames_put(&j->names, i, b);
	}
	if (j->versioned)
		hs_buf_puts(b, ", " VERSION_COLUMN);
}

void
job_put_key(const struct job *j, struct hs_buf *b)
{
	const struct hs_schema *s = &j->load.rows.schema;

	for (size_t i = 0; i < s->key.n; i++) {
		hs_buf_puts(b, i ? ", " : "");
		hs_sqlnames_put(
		    &j->names, hs_columns_at(&s->columns, s->key.name[i]), b);
	}
}

void
job_put_table(const struct job *j, struct hs_buf *b)
{
	hs_buf_put(b, hs_buf_span(j->cluster.name ? &j->cluster.quoted
						  : &j->table.quoted));
}

const char *
job_name(const struct job *j)
{
	return j->cluster.name ? j->cluster.quoted.data : j->table.quoted.data;
}

/* Rows of other engines may not be those that were sent, or not stay. */
static int
check_replace(const struct job *j, struct hs_err *e)
{
	static const char *const plain[] = {"MergeTree", "ReplicatedMergeTree",
	    "SharedMergeTree", "Log", "TinyLog", "StripeLog", "Memory"};
	const char *engine = j->table.engine.data;

	for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
		if (strcmp(engine, plain[i]) == 0)
			return 0;
	if (j->table.replacing)
		return 0;
	return hs_err_set(e, HS_DATA,
	    "%s: its engine is %s; a table of MergeTree or ReplacingMergeTree "
	    "can be replaced%s",
	    j->table.quoted.data, engine,
	    strcmp(engine, "Distributed") == 0 ? ", and this one with --cluster"
					       : "");
}

/* Whether the rows of a key collapse: they must have the same partition, and
 * no other column in their order. */
static bool
has_same_key(const struct job *j)
{
	const struct hs_schema *s = &j->load.rows.schema;
	size_t keys = 0, same = 0;

	for (size_t i = 0; i < j->table.columns.n; i++)
		keys += j->table.column[i].key;
	for (size_t i = 0; i < s->n; i++) {
		size_t at = hs_columns_at(
		    &j->table.columns, hs_sqlnames_at(&j->names, i));
		same += job_is_key(j, i) && at != HS_COLUMNS_NONE &&
			j->table.column[at].key;
	}
	return keys == same && same == s->key.n;
}

/* Has the cluster place rows as --shard says, or by their key. */
static int
place(struct job *j, struct hs_err *e)
{
	struct hs_buf *b = &j->cluster.key;

	if (j->table.exists && j->load.merge)
		return hs_err_set(e, HS_DATA,
		    "%s: it has no expression that places a row, so rows of "
		    "one key may be on two shards",
		    job_name(j));
	if (j->cluster.shard)
		hs_buf_puts(b, j->cluster.shard);
	else if (j->load.rows.schema.key.n == 0)
		hs_buf_puts(b, "rand()");
	else {
		hs_buf_puts(b, "cityHash64(");
		job_put_key(j, b);
		hs_buf_addc(b, ')');
	}
	return 0;
}

static int
check_merge(const struct job *j, struct hs_err *e)
{
	const struct table *t = &j->table;

	if (!t->versioned)
		return hs_err_set(e, HS_DATA,
		    "%s: its engine is %s; a merge needs "
		    "ReplacingMergeTree(" VERSION_COLUMN
		    "), with which it makes new tables",
		    t->quoted.data, t->engine.data);
	if (t->partition.len > 0)
		return hs_err_set(e, HS_DATA,
		    "%s: it has partitions (%s), which a merge cannot change "
		    "in one step",
		    t->quoted.data, t->partition.data);
	if (!has_same_key(j))
		return hs_err_set(e, HS_DATA,
		    "%s: its order is (%s), and not the key of the merge",
		    t->quoted.data, t->sorting.data);
	return 0;
}

int
job_open(struct job *j, struct hs_err *e)
{
	const struct hs_columns *c = &j->load.rows.schema.columns;
	struct table *t = &j->table;

	j->dialect = types_dialect(j->db.modern);
	t->cluster = j->cluster.name;
	if (hs_sqlnames_make(&j->names, &j->dialect, j->load.table, c, e) < 0 ||
	    table_name(t, &j->db, j->load.table, &j->dialect, e) < 0)
		return -1;
	if (j->cluster.name &&
	    cluster_read(&j->cluster, t, &j->db, &j->dialect, e) < 0)
		return -1;
	staging_init(&j->staging, t, &j->dialect);
	if (staging_sweep(&j->staging, &j->db, e) < 0 ||
	    table_read(t, &j->db, e) < 0)
		return -1;
	j->replacing = t->exists ? t->replacing : j->load.merge;
	j->versioned = t->exists ? t->versioned : j->load.merge;
	j->hidden = j->replacing && !(j->load.merge && t->exists);
	if (j->cluster.name && j->cluster.key.len == 0 && place(j, e) < 0)
		return -1;
	if (hs_buf_check(&j->cluster.key, e, "an expression") < 0)
		return -1;
	if (!t->exists)
		return 0;
	return j->load.merge ? check_merge(j, e) : check_replace(j, e);
}

void
job_free(struct job *j)
{
	hs_sqlnames_free(&j->names);
	table_free(&j->table);
	cluster_free(&j->cluster);
	free(j->blank);
	hs_buf_free(&j->alters);
	hs_buf_free(&j->absent);
	hs_sqlload_free(&j->load);
	db_close(&j->db);
}
