/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_COPYROWS_H
#define HS_COPYROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <sys/types.h>

#include "copyblank.h"
#include "err.h"
#include "out.h"
#include "page.h"
#include "schema.h"

/*
 * Records as rows in a file without a name, and what their columns hold
 * (schema).
 *
 * The form is PostgreSQL's COPY text: a row is a line; a tab stands between
 * cells; \N is null.  Backslash, tab, LF and CR in a cell are written \\, \t,
 * \n, \r.  A null or missing member is null; a nested value is its JSON text;
 * numbers and booleans keep theirs.  Of a name that stands twice in a record
 * the last one counts.
 *
 * A row is written as soon as its record is read, with a cell for each column
 * known by then.  hs_copyrows_next() completes the short ones.
 *
 * A NUL character (unless the database takes it) and half a surrogate pair
 * are refused, or, with replace_invalid, dropped and replaced by U+FFFD; in
 * nested values, too.  Failure is HS_DATA naming line, record and column, or
 * HS_SYSTEM.
 *
 * The caller zeroes the struct, sets the options, calls hs_copyrows_open(), and
 * releases it with hs_copyrows_free() in any case.
 */
struct hs_copyrows {
	struct hs_schema schema;
	bool replace_invalid;
	bool takes_nul;	   /* the database does */
	bool hold;	   /* cells are values of JSON, for hs_copyrows_put() */
	bool keep_blanks;  /* for nulls */
	const bool *drop;  /* columns that hs_copyrows_next() leaves out; or
			    * NULL */
	const bool *nulls; /* columns whose empty texts it writes as null; or
			    * NULL */
	struct hs_copyblanks blanks; /* where empty texts stand, but for
				      * columns that are text for sure */

	/* Private. */
	struct hs_out out; /* the file */
	bool open;
	struct hs_copycell { /* of the current record, by column */
		struct hs_span value;
		bool escaped; /* it has a backslash */
	} * cell;
	size_t cells;
	struct hs_copyrows_part { /* rows with the same number of cells */
		unsigned long long bytes;
		size_t columns;
	} * part;
	size_t parts, cap;
	struct hs_buf filled;	   /* rows with their nulls */
	struct hs_copyblank blank; /* while rows are copied: the next one, */
	size_t column;		   /* where in a row we are, */
	bool begun;		   /* and whether a cell of it is written */
	struct hs_buf scratch;
	size_t reading;		 /* the part that is read, from 1; 0: none is */
	unsigned long long left; /* bytes of it that are not read */
	off_t at;		 /* where in the file */
	struct hs_buf block;	 /* of hs_copyrows_row(), which has read */
	size_t taken;		 /* so many of its bytes */
};

int hs_copyrows_open(struct hs_copyrows *r, struct hs_err *e);

/* Reads the record that pg stands at whole and writes its row. */
int hs_copyrows_add(
    struct hs_copyrows *r, struct hs_page *pg, struct hs_err *e);

/* Writes a row of values of JSON, those of a file that was held; an empty one
 * is null. */
int hs_copyrows_put(struct hs_copyrows *r, const struct hs_page *pg,
    const struct hs_span *value, size_t columns, struct hs_err *e);

/* When all records are added: adds some bytes of the rows to b, in their order,
 * each row with a cell for every column: 1; 0: there are no more. */
int hs_copyrows_next(struct hs_copyrows *r, struct hs_buf *b, struct hs_err *e);

/* The same, row by row, without the line end.  A row lasts until the next
 * call. */
int hs_copyrows_row(
    struct hs_copyrows *r, struct hs_span *row, struct hs_err *e);

/* Takes a row's next cell; false: there are no more.  *row begins as it was
 * given and ends as NULL. */
static inline bool
hs_copyrows_cell(struct hs_span *row, struct hs_span *cell)
{
	if (!row->p)
		return false;
	const char *tab = memchr(row->p, '\t', row->len);
	*cell = hs_span(row->p, tab ? (size_t)(tab - row->p) : row->len);
	*row =
	    tab ? hs_span(tab + 1, row->len - cell->len - 1) : hs_span(NULL, 0);
	return true;
}

/* Goes back to the first row. */
void hs_copyrows_rewind(struct hs_copyrows *r);

/* Copies all rows to out in the same way. */
int hs_copyrows_copy(
    struct hs_copyrows *r, struct hs_out *out, struct hs_err *e);

void hs_copyrows_free(struct hs_copyrows *r);

#endif
