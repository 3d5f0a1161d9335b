/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_PAGE_H
#define HS_PAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "in.h"
#include "page-label.h"
#include "scan.h"

/*
 * The reader of hs-stream(5): lines that are pages (objects with an array
 * called results) or bare records, and the test for a complete stream.
 *
 *	hs_page_init(&pg, &in, true);
 *	while ((r = hs_page_next(&pg, &e)) > 0) {
 *		while ((r = hs_page_record(&pg, &e)) > 0)
 *			…read one value with pg.scan…
 *		if (r < 0) break;
 *		…the line is valid as a whole…
 *	}
 *	if (r < 0 || hs_page_complete(&pg, require_pages, &e) < 0) …
 *
 * Lines are read once: the caller's walk over a record validates it.  A
 * caller whose walk fails returns hs_page_fault().
 *
 * A program that publishes a table sets publish.  The reader then refuses
 * (HS_DATA) a mix of pages and bare records, an error body of the API, pages
 * whose hs.page does not count 0, 1, 2, … of one hs.object and hs.request, and
 * a second stream of another object.  Filters take lines as they come.
 */

struct hs_page {
	struct hs_in *in;
	bool publish;

	/* The line being read. */
	struct hs_span line;
	bool is_page;		/* a page, not a bare record */
	struct hs_scan scan;	/* stands at a record after a 1 */
	struct hs_span results; /* a page's text between [ and ]; its end is
				 * known behind the last record */

	/* The stream so far. */
	unsigned long long pages;
	unsigned long long records;
	struct hs_page_label last; /* of the last page read to its end */
	bool since;		   /* one of them had hs.since */

	/* Private. */
	struct hs_page_label label; /* of the page being read */
	unsigned state;
	char start[32];	  /* how the last bare record starts, up to its first */
	size_t start_len; /* value; 0 when that is not known */
};

void hs_page_init(struct hs_page *pg, struct hs_in *in, bool publish);

/* Goes to the next line: 1; 0 at the end of input; -1. */
int hs_page_next(struct hs_page *pg, struct hs_err *e);

/* Goes to the line's next record, which the caller reads whole with pg->scan:
 * 1.  0: there are no more, and all of the line is valid.  -1. */
int hs_page_record(struct hs_page *pg, struct hs_err *e);

/* Fills e with why and where pg->scan failed: line, column, record; -1. */
int hs_page_fault(struct hs_page *pg, struct hs_err *e);

/* At the end of input: 0 when the stream is complete, or of bare records and
 * require_pages is false; else HS_DATA and what is missing. */
int hs_page_complete(
    const struct hs_page *pg, bool require_pages, struct hs_err *e);

/* Likewise: 0 when the stream may replace a table; HS_DATA when it carries
 * only what changed (hs.since), which can be merged. */
int hs_page_replaces(const struct hs_page *pg, struct hs_err *e);

#endif
