/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef CLICKHOUSE_TABLE_H
#define CLICKHOUSE_TABLE_H

#include <stdbool.h>

#include "buf.h"
#include "columns.h"
#include "db.h"
#include "dialect.h"
#include "err.h"

/*
 * A table, as the server has it.  table_name() fills the first part,
 * table_read() the rest; table_free() releases in any case.
 */
struct table {
	struct hs_buf database, name; /* as they are */
	struct hs_buf quoted;	      /* both, for statements */
	const char *cluster;	      /* it is one of each shard; or NULL */
	struct hs_buf on;	      /* " ON CLUSTER ...", or empty */

	bool exists;
	bool swaps;	/* the database knows EXCHANGE TABLES */
	bool replacing; /* the last row of a key remains */
	bool versioned; /* by VERSION_COLUMN */
	struct hs_buf engine, full, partition, sorting, primary;
	struct hs_columns columns;
	struct table_column {
		struct hs_buf type;
		bool computed; /* cannot be inserted */
		bool key;
	} * column;
	size_t cap;
};

/* NAME or DATABASE.NAME. */
int table_name(struct table *t, const struct db *db, const char *name,
    const struct hs_dialect *d, struct hs_err *e);

/* Gives it another name. */
int table_call(struct table *t, struct hs_span database, struct hs_span name,
    const struct hs_dialect *d, struct hs_err *e);

int table_read(struct table *t, struct db *db, struct hs_err *e);

/* Adds that table of system, or those of all shards. */
void table_put_system(
    const struct table *t, const char *name, struct hs_buf *b);

/* Adds "WHERE database = … AND NAME = …". */
void table_put_where(const struct table *t, const char *name, struct hs_buf *b);

void table_free(struct table *t);

#endif
