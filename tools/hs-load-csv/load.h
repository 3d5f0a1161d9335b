/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_LOAD_CSV_LOAD_H
#define HS_LOAD_CSV_LOAD_H

#include <stdbool.h>
#include <stddef.h>

#include "err.h"
#include "out.h"
#include "page.h"
#include "rows.h"

/*
 * A stream into rows in a file, in one pass.  The header is written after some
 * megabytes of rows.  If a column appears after that, the file is `late`, and
 * load_table() has to copy it.
 *
 * DuckDB guesses from the first 20,480 rows whether quotes mean anything.  The
 * names in the header of a large table are quoted unless a cell near its
 * beginning is.
 */
struct load {
	struct rows rows;    /* its options and schema are the caller's */
	struct hs_out *out;  /* where they go */
	bool bare;	     /* write no header: the rows will be merged or
			      * copied */
	bool mark;	     /* a byte order mark stands before the header */
	bool late;	     /* the file lacks columns */
	bool quotes;	     /* private: a cell of the sample is quoted */
	size_t sampled;	     /* private: its bytes */
	struct hs_buf early; /* private: rows that wait for the header */
	bool started;
	size_t columns; /* in the header */
};

/* Reads the stream to its end; the caller asks whether it is complete.
 * HS_DATA also when no record has a member. */
int load_stream(struct load *l, struct hs_page *pg, struct hs_err *e);

/* Writes header and rows to out; fd is the file that load_stream() wrote, all
 * of it flushed. */
int load_table(struct load *l, int fd, struct hs_out *out, struct hs_err *e);

void load_free(struct load *l);

#endif
