/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_LOAD_CSV_ROWS_H
#define HS_LOAD_CSV_ROWS_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "columns.h"
#include "csvin.h"
#include "err.h"
#include "out.h"
#include "page.h"

/* DuckDB's sample ends with row 20,480, or, likely, before it with wide
 * rows. */
#define ROWS_SAMPLE 20000
#define ROWS_SAMPLE_BYTES ((size_t)4 << 20)

/*
 * Records as CSV rows.  The columns are those given beforehand, then the
 * records' other members in order of first appearance.  A null or missing
 * member is an empty cell, an empty string is "", a nested value is its JSON
 * text, numbers and booleans keep their text.  Of a name that stands twice in
 * a record the last one counts.
 *
 * A row is written as soon as its record is read, with a cell for each column
 * known by then.  Rows from before a column's first appearance are short;
 * rows_pad() completes them once all columns are known.
 *
 * Failure is HS_DATA naming line, record and column, or HS_SYSTEM.
 */
struct rows {
	struct hs_columns columns;
	size_t given;  /* how many of them were given beforehand */
	bool *carried; /* which of those the stream has */
	unsigned long long rows;
	bool replace_invalid;	   /* U+FFFD for half a surrogate pair */
	bool quote_names;	   /* in the header, needed or not */
	bool drop_empty;	   /* no column without a value */
	bool escape_formulas;	   /* a quote before what a spreadsheet runs */
	struct hs_members members; /* private: of the current record */
	struct hs_span *cell;	   /* private: the same by column */
	bool *filled;		   /* private: which of them had a value */
	size_t cells;
	struct hs_buf scratch;
};

/* Takes the columns of a Table Schema as those given beforehand. */
int rows_schema(struct rows *r, const char *path, struct hs_err *e);

/* Reads the record that pg stands at whole and adds its row to b. */
int rows_add(
    struct rows *r, struct hs_page *pg, struct hs_buf *b, struct hs_err *e);

/* A column's name as the header has it, without CSV's quotes; it lasts until
 * the next call here. */
int rows_name(
    struct rows *r, size_t column, struct hs_span *name, struct hs_err *e);

/* Adds the header's cell of a column, or all of them; no line end. */
int rows_heading(
    struct rows *r, size_t column, struct hs_buf *b, struct hs_err *e);
int rows_header(struct rows *r, struct hs_buf *b, struct hs_err *e);

/* Whether some record has the column's member, null or not. */
bool rows_carried(const struct rows *r, size_t column);

/* Whether the table leaves the column out: there are records, and it is null,
 * "" or missing in all of them. */
bool rows_dropped(const struct rows *r, size_t column);

/* Copies rows that were written before, completing the short ones, and leaving
 * out what is dropped. */
int rows_pad(
    struct rows *r, struct hs_csvin *in, struct hs_out *out, struct hs_err *e);

void rows_free(struct rows *r);

#endif
