/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_FLATTEN_RUN_H
#define HS_FLATTEN_RUN_H

#include <stdbool.h>
#include <stddef.h>

#include "err.h"
#include "flatten.h"
#include "out.h"

/*
 * Files in, standard output out: each line is read, its records are made
 * flat, and the rest of it is copied.  Nothing of a line is written before
 * all of it is known to be valid.
 */
struct run {
	bool records;	 /* -r */
	bool links;	 /* --links */
	size_t max_line; /* --max-line */
	struct hs_out out;
	unsigned long long pages, records_read;

	/* Private. */
	struct flatten flat;
	unsigned long long partial; /* records with partial associations */
};

/* Passes files on; without any, standard input.  What was written before a
 * failure stands. */
int run_files(struct run *run, char *const *paths, struct hs_err *e);

#endif
