/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_DIFF_RUN_H
#define HS_DIFF_RUN_H

#include <stdbool.h>
#include <stddef.h>

#include "changes.h"
#include "err.h"
#include "format.h"
#include "out.h"
#include "shape.h"
#include "side.h"
#include "target.h"

/*
 * A run of hs-diff.  The caller zeroes the struct, fills its first part, and
 * releases it with run_free() in any case.
 *
 * Standard output gets the changes; with `output`, what the new side holds,
 * byte for byte.
 */
struct run {
	/* What is asked; the strings stay the caller's. */
	struct side side[2];  /* path, max_line, may_lack, require_pages */
	struct shape shape;   /* key, only, ignore, all */
	struct format format; /* form, full, colour, utf8 */
	const char *output;   /* a file for the changes, or NULL */
	bool append;	      /* they are added to it */
	hs_target_warn *warn;
	hs_target_guard *guard; /* removes the file on a signal */

	/* What came of it. */
	struct changes changes;
	bool changed; /* some record or column */

	/* Private. */
	struct hs_target target; /* of output */
	struct hs_out out;	 /* standard output */
};

/* Runs, and closes standard output. */
int run(struct run *r, struct hs_err *e);

void run_free(struct run *r);

#endif
