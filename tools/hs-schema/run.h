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
 * hs_schema_run_end() in any case.
 *
 * Standard output gets the schema; or, where that goes to a file, the stream,
 * byte for byte; or, where it is only compared, what changed.
 */
typedef void hs_schema_say(const char *fmt, ...)
    __attribute__((format(printf, 1, 2)));

enum hs_schema_format { HS_SCHEMA_JSON, HS_SCHEMA_TABLE, HS_SCHEMA_SQL };

struct hs_schema_run {
	/* What is asked; the strings stay the caller's. */
	enum hs_schema_format format;
	const struct hs_dialect *dialect;	/* of SQL */
	const char *table;		/* its name in SQL, or NULL */
	size_t width;			/* of a table for people, */
	bool utf8;			/* which is not ASCII only */
	const char *output;		/* a file for the schema, or NULL */
	const char *key, *declared, *diff;	/* each may be NULL */
	size_t max_line;
	int err;			/* descriptor for what changed, where
					 * standard output has the stream */
	hs_schema_say *warn;
	void (*doomed)(const char *path);	/* told what a signal has to
						 * remove; NULL: nothing */

	/* What came of it. */
	struct hs_schema schema;
	bool drift;			/* diff found something */

	/* Private. */
	struct hs_in in;
	struct hs_page page;
	struct hs_out out;		/* standard output */
	struct hs_target target;	/* of output */
	struct hs_schema definitions, old;
};

int hs_schema_run(struct hs_schema_run *run, struct hs_err *e);

/* Writes what is due to standard output and closes it: rc, what came of the
 * run, unless only this fails.  The schema stays until
 * hs_schema_run_free(). */
int hs_schema_run_end(struct hs_schema_run *run, int rc, struct hs_err *e);

void hs_schema_run_free(struct hs_schema_run *run);

#endif
