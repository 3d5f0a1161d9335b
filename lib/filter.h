/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_FILTER_H
#define HS_FILTER_H

#include <stdbool.h>
#include <stddef.h>

#include "err.h"
#include "out.h"
#include "page.h"

/*
 * A filter of streams: files in, standard output out.  It reads each line,
 * passes its records to a function that may change them, and copies the rest
 * of the line byte for byte.  Nothing of a line is written before all of it is
 * known to be valid, and no line that has come waits for the next one.
 *
 *	struct hs_filter f = {.max_line = HS_IN_MAX_LINE, .record = change,
 *	    .with = &state};
 *	if (hs_filter_run(&f, paths, &e) < 0) …
 */
struct hs_filter;

/*
 * Reads the record that pg->scan stands at.  Where it is to change, appends
 * to f->out.buf with hs_filter_copy() the text up to there, then what takes
 * the place of the text, and moves *copied behind that text.  What stays
 * behind *copied is copied later.  -1: pg->scan has failed.
 */
typedef int hs_filter_record(
    struct hs_filter *f, struct hs_page *pg, const char **copied);

/* Reads a line to its end and appends what is to become of it. */
typedef int hs_filter_line(
    struct hs_filter *f, struct hs_page *pg, struct hs_err *e);

struct hs_filter {
	bool records;	 /* write bare records, one a line, not pages */
	size_t max_line; /* bytes; longer lines are refused */
	hs_filter_record *record;
	hs_filter_line *line; /* NULL: hs_filter_records() */
	void *with;	      /* the caller's */

	struct hs_out out;
	unsigned long long pages, records_read;
};

/* Passes files on; without any, standard input.  What was written before a
 * failure stands. */
int hs_filter_run(struct hs_filter *f, char *const *paths, struct hs_err *e);

/* The usual line: its records through f->record, the rest as it is. */
int hs_filter_records(
    struct hs_filter *f, struct hs_page *pg, struct hs_err *e);

/* Appends the text from *copied to `to` and moves *copied there. */
static inline void
hs_filter_copy(struct hs_filter *f, const char **copied, const char *to)
{
	hs_buf_add(&f->out.buf, *copied, (size_t)(to - *copied));
	*copied = to;
}

#endif
