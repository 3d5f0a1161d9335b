/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_LOAD_CSV_MERGE_H
#define HS_LOAD_CSV_MERGE_H

#include <stdbool.h>
#include <stddef.h>

#include "columns.h"
#include "err.h"
#include "out.h"
#include "rows.h"

/*
 * Merges the rows of a stream into a table, by key.  A row of the table whose
 * key the stream has takes the stream's values in its place; new keys are
 * appended; new columns are added.  Columns that the stream doesn't carry keep
 * their values.  Of equal keys in the stream the last one counts.  Rows that
 * don't change are copied byte for byte; line ends stay, and the last row has
 * one.
 *
 * Memory holds the stream's keys (keys.h), not rows.
 *
 * Failure is HS_DATA for a record without a key, a key of the stream that
 * stands twice in the table, and a table that is not one (not CSV, rows of
 * different length, two columns of one name); HS_IO or HS_SYSTEM.
 */
struct merge {
	/* Given. */
	struct rows *rows;
	int fd;			      /* where the stream's rows are written */
	int old;		      /* the table; -1 for none */
	const char *name;	      /* of the table, for messages */
	const char *source;	      /* of the stream, for messages */
	const struct hs_columns *key; /* its columns, at most KEY_MAX */
	size_t max_row;
	bool mark;	    /* the table begins with a byte order mark */
	bool replace;	    /* count as if rows not in the stream went */
	struct hs_out *out; /* NULL: count only */

	/* Found. */
	unsigned long long added, changed, unchanged, removed;
	unsigned long long repeated; /* records with the key of a later
				      * one */
	size_t new_columns;
};

int merge(struct merge *m, struct hs_err *e);

#endif
