/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_LOAD_CSV_SHAPE_H
#define HS_LOAD_CSV_SHAPE_H

#include <stdbool.h>
#include <stddef.h>

#include "columns.h"
#include "csvin.h"
#include "err.h"
#include "rows.h"
#include "span.h"

/*
 * The columns of a table that takes in a stream: its own in their order, then
 * those that only the stream has.  A zeroed struct is a table without
 * columns.
 */
struct shape {
	struct hs_columns old; /* the table's own */
	size_t *from;	       /* for each: the stream's column + 1, or 0 when
				* the stream doesn't carry it */
	size_t *extra;	       /* the columns that only the stream has */
	size_t extras;
	bool same; /* the stream has the table's columns in the
		    * same order, and no others */
};

/* Reads the table's header, the row that in stands at; HS_DATA when two
 * columns have one name. */
int shape_read(struct shape *sh, const struct hs_csvin *in, struct hs_err *e);

/* Adds the stream's columns. */
int shape_map(struct shape *sh, struct rows *rows, struct hs_err *e);

/* Finds a key's column by its name, in the stream's rows and, if the table
 * has columns, in the table.  1: the stream doesn't carry it; 2: the table
 * doesn't have it. */
int shape_key(const struct shape *sh, struct rows *rows, struct hs_span name,
    size_t *in_stream, size_t *in_table, struct hs_err *e);

void shape_free(struct shape *sh);

#endif
