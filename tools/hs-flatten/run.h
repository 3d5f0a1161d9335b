/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_FLATTEN_RUN_H
#define HS_FLATTEN_RUN_H

#include <stdbool.h>

#include "err.h"
#include "filter.h"
#include "flatten.h"

/* Files in, standard output out: the records of each line are made flat, or
 * rows take their place, of the link table or of histories. */
struct run {
	struct hs_filter filter; /* max_line, and records for -r */
	bool links;		 /* --links */
	bool history;		 /* --history */

	/* Private. */
	struct flatten flat;
	unsigned long long partial; /* records with partial associations */
};

/* Passes files on; without any, standard input.  What was written before a
 * failure stands. */
int run_files(struct run *run, char *const *paths, struct hs_err *e);

#endif
