/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_CSV_H
#define HS_CSV_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "err.h"
#include "span.h"

/*
 * CSV as RFC 4180 defines it, over bytes that the caller owns.  Rows end with
 * LF or CRLF.  A quoted cell may hold any byte, another cell any but comma,
 * quote, CR and LF.  An empty cell is a null, "" an empty string.
 */

/* The byte order mark of UTF-8.  Excel takes a file without it for one in the
 * encoding of its country. */
#define HS_CSV_MARK "\xef\xbb\xbf"

/* Adds text as a cell.  It is quoted where it must be: when it is empty (an
 * empty cell is a null), has a comma, quote, CR or LF, or is \. alone, where
 * PostgreSQL's COPY would end. */
void hs_csv_put(struct hs_buf *b, struct hs_span text);

/* The same, always quoted. */
void hs_csv_put_quoted(struct hs_buf *b, struct hs_span text);

/* Where a row ends. */
struct hs_csv_row {
	size_t len;  /* its bytes, line end included */
	size_t body; /* without the line end */
	size_t cells;
	const char *why; /* reason of a -1, a literal */
	size_t at;	 /* the offending byte */
};

/*
 * Finds the end of the row that text, which is not empty, starts with: 1.
 * 0: text ends before the row does; `last` says that there is no more text.
 * -1: text is not CSV; row->why and row->at say what and where.
 *
 * The functions below need a row that was found, a well-formed one.
 */
int hs_csv_find_row(struct hs_span text, bool last, struct hs_csv_row *row);

/* Takes the next cell off a row's body, quotes included: true.  After the
 * last one rest->p is NULL, and that gives false. */
bool hs_csv_next_cell(struct hs_span *rest, struct hs_span *cell);

/* What a cell says, without its quotes.  Where quotes stand doubled in it the
 * text is made at the end of scratch, and lasts until that moves; a failure is
 * scratch's.  It takes no more room there than the cell has bytes. */
struct hs_span hs_csv_unquote(struct hs_span cell, struct hs_buf *scratch);

/* The cells of a row: spans of its body.  Zeroed is empty; the caller frees
 * v. */
struct hs_csv_cells {
	struct hs_span *v;
	size_t n, cap;
};

/* Takes a row's body apart; HS_SYSTEM for memory. */
int hs_csv_split(struct hs_csv_cells *c, struct hs_span body, struct hs_err *e);

#endif
