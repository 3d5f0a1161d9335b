/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_LOAD_CSV_MERGE_H
#define HS_LOAD_CSV_MERGE_H

#include <stdbool.h>
#include <stddef.h>

#include "err.h"
#include "out.h"
#include "rows.h"

/*
 * A table and the rows of a stream become one, by key: a row of the table
 * whose key the stream has takes the stream's values in its place, new keys
 * are appended, new columns are added.  Columns that the stream doesn't carry
 * keep their values; of equal keys in the stream the last one counts.  Rows
 * that stay as they are, are copied byte for byte, and so are the table's
 * line ends and byte order mark.
 *
 * Memory holds the stream's keys (keys), not rows.
 *
 * Failure is HS_DATA for a record without key, a key of the stream's that
 * stands twice in the table, and a table that is not one (not CSV, rows of
 * different length, columns of the same name); HS_IO or HS_SYSTEM.
 */
struct merge {
	/* Given. */
	struct rows *rows;
	int fd;			/* where their rows have been written */
	int old;		/* the table; -1 for none */
	const char *name;	/* of the table, for messages */
	const char *source;	/* of the stream, for messages */
	const struct hs_columns *key;	/* its columns, at most KEY_MAX */
	size_t max_row;
	bool replace;		/* count as if rows not in the stream went */
	struct hs_out *out;	/* NULL: count only */

	/* Found. */
	unsigned long long added, changed, unchanged, removed;
	unsigned long long repeated;	/* records another one took over */
	size_t new_columns;
};

int merge(struct merge *m, struct hs_err *e);

#endif
