/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef FETCH_RUN_H
#define FETCH_RUN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "buf.h"
#include "choose.h"
#include "digest.h"
#include "list.h"
#include "lookup.h"
#include "session.h"
#include "err.h"
#include "object.h"
#include "out.h"
#include "output.h"
#include "progress.h"
#include "resume.h"
#include "seen.h"

/*
 * A run of hs-fetch, from the names on the command line to the end of the
 * output: opens the session, resolves the names, reads the lists of
 * properties, fetches into standard output or a file, sums up.  The caller
 * zeroes the struct, fills its first part, and frees it with
 * run_free() in any case.
 *
 * A run that fails before the first page is there leaves the output file as it
 * was, and no new one.
 */
typedef void run_say(const char *fmt, ...)
    __attribute__((format(printf, 1, 2)));

struct run {
	/* What is asked; the strings stay the caller's. */
	struct session_options session; /* note and user are set here */
	struct list_options list;	/* so are label, object, names */
	struct hs_object object;	/* as parsed */
	struct choice choice;		/* of properties */
	const char *output;		/* a file, or NULL */
	struct hs_buf *plan;		/* NULL, or: fetch nothing, and add
					 * what would be requested to this */
	const char *mark;		/* a file for the time, or NULL */
	bool resume;
	bool restart;	      /* with resume: begin anew what has changed */
	bool draw;	      /* progress, if there is a terminal */
	run_say *note, *warn; /* for a run with -v; without -q */

	/* What came of it, failure or not. */
	char label[HS_OBJECT_NAME_MAX + 16];
	char request[DIGEST_SIZE];
	struct session api;
	struct list_counts sum;
	struct hs_out out;
	int64_t started;

	/* Private. */
	struct seen seen;
	struct output file;
	struct resume resumed;
	struct progress progress;
	struct lookup_range range;
	struct names absent; /* properties that no record has */
};

int run(struct run *r, struct hs_err *e);

void run_free(struct run *r);

#endif
