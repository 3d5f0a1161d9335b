/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_LOAD_CSV_CSV_H
#define HS_LOAD_CSV_CSV_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "span.h"

/*
 * CSV as RFC 4180 defines it, over bytes that somebody else owns; rows end
 * with LF or CRLF, any byte may stand in a quoted cell, and any but comma,
 * quote, CR and LF in another.  An empty cell is a null, "" an empty string.
 *
 * Nothing here allocates but into the caller's hs_buf.
 */

/* Writing: text as a cell; 0, or -1 as hs_buf_add().  Quotes are put where
 * they must be: around nothing (an empty cell would be a null), around comma,
 * quote, CR and LF, and around the two bytes \. alone, where PostgreSQL's
 * COPY would end. */
int csv_put(struct hs_buf *b, struct hs_span text);

/* The same with quotes in any case. */
int csv_put_quoted(struct hs_buf *b, struct hs_span text);

/* Where a row ends. */
struct csv_row {
	size_t len;		/* its bytes, line end included */
	size_t body;		/* without the line end */
	size_t cells;
	const char *why;	/* of a -1, a literal */
	size_t at;		/* the offending byte */
};

/*
 * Finds the end of the row that text, which is not empty, starts with: 1.
 * 0: it does not end in text; unless `last` there is more to read.  -1: it is
 * not CSV, row->why and row->at say what and where.  A row that was found is
 * well-formed, so the functions below can trust it.
 */
int csv_find_row(struct hs_span text, bool last, struct csv_row *row);

/* Takes the next cell off a well-formed row's body, quotes included: true.
 * After the last one rest->p is NULL, and that gives false. */
bool csv_next_cell(struct hs_span *rest, struct hs_span *cell);

/* What a cell says, without its quotes.  Where quotes stand doubled in it the
 * text is made at the end of scratch, and lasts until that is next used.
 * 0, or -1 as hs_buf_add(). */
int csv_unquote(
    struct hs_span cell, struct hs_buf *scratch, struct hs_span *text);

#endif
