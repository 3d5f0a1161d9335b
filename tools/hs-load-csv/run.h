/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_LOAD_CSV_RUN_H
#define HS_LOAD_CSV_RUN_H

#include <stdbool.h>

#include "err.h"
#include "in.h"
#include "out.h"
#include "page.h"
#include "table.h"
#include "target.h"

/*
 * A run of hs-load-csv: standard input becomes the table, or is counted, or
 * goes to standard output.  The caller zeroes the struct, fills its first
 * part, and releases it with run_free() in any case.
 */
struct run {
	/* What is asked; the strings stay the caller's. */
	struct table table; /* name, key, max_row, merge, and the
			     * options of its load.rows */
	const char *schema; /* a Table Schema's file, or NULL */
	bool to_stdout;	    /* instead of a file */
	bool dry_run, if_changed, allow_incomplete, require_pages;
	hs_target_warn *note, *warn; /* messages with -v; without -q */
	hs_target_guard *guard;	     /* removes the new file on a signal */

	/* Private. */
	struct hs_in in;
	struct hs_page page;
	struct hs_target target;
	struct hs_out spool; /* rows to be counted, or for standard
			      * output */
	struct hs_out out;
};

int run(struct run *r, struct hs_err *e);

void run_free(struct run *r);

#endif
