/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_LOAD_CSV_SHAPE_H
#define HS_LOAD_CSV_SHAPE_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "err.h"
#include "keys.h"
#include "rows.h"
#include "span.h"

/* Cells of a row, spans of whatever the row was; zeroed is empty. */
struct cells {
	struct hs_span *v;
	size_t n, cap;
};

/* Takes a well-formed row's body apart; HS_SYSTEM for memory. */
int cells_split(struct cells *c, struct hs_span body, struct hs_err *e);

/*
 * How the columns of a table that there is and those of a stream come
 * together: the table's own, in their order, then what the stream has besides.
 * A zeroed struct is a table without columns.
 */
struct shape {
	size_t old_n;		/* columns of the table */
	size_t *from;		/* for each: the stream's column + 1, or 0 when
				 * the stream doesn't carry it */
	size_t *extra;		/* the stream's columns that are new */
	size_t extras;
	bool same;		/* the stream's columns are the table's */
	struct shape_name {
		struct hs_span name;
		size_t index;
	} *named;		/* private: the table's columns by name */
	struct hs_buf text;
};

/* Reads the table's header, a row's body; HS_DATA when two columns have one
 * name. `name` is the table's. */
int shape_read(struct shape *sh, struct hs_span header, const char *name,
    struct hs_err *e);

/* Adds the stream's columns. */
int shape_map(struct shape *sh, struct rows *rows, struct hs_err *e);

/* Finds a key column by its name: its place in the stream's rows and, if the
 * table has columns, in the table's.  1: the stream doesn't carry it; 2: the
 * table doesn't have it. */
int shape_key(const struct shape *sh, struct rows *rows,
    struct hs_span name, size_t *in_stream, size_t *in_table, struct hs_err *e);

void shape_free(struct shape *sh);

#endif
