/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_SCHEMA_RUN_H
#define HS_SCHEMA_RUN_H

#include <stdbool.h>
#include <stddef.h>

#include "err.h"
#include "in.h"
#include "out.h"
#include "page.h"
#include "schema.h"
#include "target.h"

/*
 * A run of hs-schema, from the files that it is given to the schema written.
 * The caller zeroes the struct, fills its first part, and ends it with
 * run_end() in any case.
 *
 * Standard output gets the schema; or, where that goes to a file, the stream,
 * byte for byte; or, where it is only compared, what changed.
 */
typedef void say(const char *fmt, ...)
    __attribute__((format(printf, 1, 2)));

enum format { FORMAT_NONE, FORMAT_JSON, FORMAT_TABLE, FORMAT_SQL };

struct run {
	/* What is asked; the strings stay the caller's. */
	enum format format;		/* none given: JSON */
	const struct dialect *dialect;	/* of SQL */
	const char *table;		/* its name in SQL, or NULL */
	size_t width;			/* of a table for people, */
	bool utf8;			/* which is not ASCII only */
	const char *output;		/* a file for the schema, or NULL */
	struct hs_columns key;		/* the key asked for; may be empty */
	const char *declared, *diff;	/* each may be NULL */
	size_t max_line;
	int err;			/* descriptor for what changed, where
					 * standard output has the stream */
	say *warn;
	hs_target_guard *guard;		/* removes the file on a signal */

	/* What came of it. */
	struct schema schema;
	bool drift;			/* diff found something */

	/* Private. */
	struct hs_in in;
	struct hs_page page;
	struct hs_out out;		/* standard output */
	struct hs_target target;	/* of output */
	struct schema definitions, old;
};

int run(struct run *run, struct hs_err *e);

/* Writes what is due to standard output and closes it: rc, what came of the
 * run, unless only this fails.  The schema stays until
 * run_free(). */
int run_end(struct run *run, int rc, struct hs_err *e);

void run_free(struct run *run);

#endif
