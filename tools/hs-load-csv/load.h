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
 * A stream on its way into a table: rows go to a file as they come, in one
 * pass.  As a table, they have the header above them, which is written when
 * some megabytes have been seen; if a column appears after that, the file is
 * `late` and has to be copied once more, with load_table().
 */
struct load {
	struct rows rows;	/* its options and schema are the caller's */
	struct hs_out *out;	/* where they go */
	bool bare;		/* without a header: to be merged or copied */
	bool late;		/* columns are missing in what was written */
	struct hs_buf early;	/* private: rows that wait for the header */
	bool started;
	size_t columns;		/* in the header */
};

/* Reads the stream to its end; whether it is complete is the caller's
 * question.  HS_DATA also when records have no members at all. */
int load_stream(struct load *l, struct hs_page *pg, struct hs_err *e);

/* Writes header and rows to out; fd holds what load_stream() wrote, all of
 * it flushed. */
int load_table(
    struct load *l, int fd, struct hs_out *out, struct hs_err *e);

void load_free(struct load *l);

#endif
