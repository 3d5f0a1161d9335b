/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef CLICKHOUSE_CLUSTER_H
#define CLICKHOUSE_CLUSTER_H

#include <stdbool.h>

#include "buf.h"
#include "db.h"
#include "dialect.h"
#include "err.h"
#include "table.h"

/*
 * A table on a cluster is two: each shard has one with its rows, TABLE_local,
 * and one of engine Distributed before it, TABLE, which has the rows of all
 * shards.  cluster_free() releases in any case.
 */
struct cluster {
	const char *name;  /* NULL: there is none */
	const char *shard; /* the expression for a new table, or NULL */

	bool exists;	   /* the Distributed table does; */
	bool stale;	   /* its columns are not those of the shards' table */
	struct hs_buf key; /* the expression that places a row; or empty */
	struct hs_buf quoted; /* the Distributed table, for statements */
};

/* Looks at the cluster and at both tables, which have to be alike on all
 * shards.  t is the table that is asked for, and becomes the shards'. */
int cluster_read(struct cluster *c, struct table *t, struct db *db,
    const struct hs_dialect *d, struct hs_err *e);

/* Reads "Distributed(CLUSTER, DATABASE, TABLE, KEY...)", as the server writes
 * it, into four buffers; false: it is none. */
bool cluster_parse(struct hs_span full, struct hs_buf part[4]);

/* Adds " ENGINE = Distributed(...)" before a table of that database. */
void cluster_put_engine(const struct cluster *c, const struct hs_buf *database,
    struct hs_span table, struct hs_buf *b);

/* Adds to e, which says that something should be tried later, the shard that
 * does not answer. */
void cluster_blame(const struct cluster *c, struct db *db, struct hs_err *e);

void cluster_free(struct cluster *c);

#endif
