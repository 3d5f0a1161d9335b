/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_LABEL_RUN_H
#define HS_LABEL_RUN_H

#include "columns.h"
#include "definitions.h"
#include "err.h"
#include "filter.h"
#include "record.h"

/*
 * Definitions from files, then the stream from standard input to standard
 * output.  Nothing is written before all definitions are read.
 */
struct run {
	struct hs_columns only;	 /* -p */
	struct record record;	 /* its options */
	struct hs_filter filter; /* its max_line */

	unsigned long long labels; /* that were found */

	/* Private. */
	struct definitions definitions;
};

int run_stream(struct run *run, char *const *paths, struct hs_err *e);

#endif
