/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef CLICKHOUSE_STAGING_H
#define CLICKHOUSE_STAGING_H

#include <stdbool.h>
#include <stdint.h>

#include "buf.h"
#include "db.h"
#include "dialect.h"
#include "err.h"
#include "table.h"

/*
 * The tables that a run needs beside its table, in the same database:
 *
 *	_hs_TABLE_PLACE_PID_TIME_RANDOM_KIND
 *
 * TABLE is a hash of the table's name and PLACE one of the machine, its start
 * and its container, so that a later run knows which runs have ended.
 */
enum staging_kind {
	STAGING_ROWS = 'r',  /* takes the stream */
	STAGING_JOIN = 'j',  /* its rows with what the stream lacks */
	STAGING_NEXT = 'n',  /* will be the table, where the rows go on to it */
	STAGING_OLD = 'o',   /* was the table */
	STAGING_FRONT = 'f', /* will be the Distributed table before it */
	STAGING_FRONT_OLD = 'g', /* was it */
};

struct staging {
	char prefix[32]; /* up to TABLE_ */
	char own[112];	 /* up to RANDOM_ */
	const struct table *table;
	const struct hs_dialect *dialect;
};

void staging_init(
    struct staging *s, const struct table *t, const struct hs_dialect *d);

/* Adds the name of this run's table of that kind, for statements. */
void staging_put(
    const struct staging *s, enum staging_kind kind, struct hs_buf *b);

/* The same; on a cluster that of the Distributed table before it, of any. */
void staging_put_whole(
    const struct staging *s, enum staging_kind kind, struct hs_buf *b);

/* Removes what runs that have ended have left behind.  If the last one was
 * ended between the two halves of a swap, the old table gets its name back. */
int staging_sweep(const struct staging *s, struct db *db, struct hs_err *e);

/* Whether the run that made a table of that name has ended for certain. */
bool staging_is_stale(
    const struct staging *s, struct hs_span name, int64_t now);

#endif
