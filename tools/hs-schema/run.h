/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_SCHEMA_RUN_H
#define HS_SCHEMA_RUN_H

#include <stdbool.h>
#include <stddef.h>

#include "columns.h"
#include "dialect.h"
#include "err.h"
#include "in.h"
#include "out.h"
#include "page.h"
#include "schema.h"
#include "tableschema.h"
#include "target.h"

/*
 * A run of hs-schema, from the files that it is given to the schema written.
 * The caller zeroes the struct, fills its first part, and releases it with
 * run_free() in any case.
 *
 * Standard output gets the schema; with `output`, the stream, byte for byte;
 * with `diff` alone, what changed.
 */
enum format {
	FORMAT_NONE,
	FORMAT_JSON,
	FORMAT_TABLE,
	FORMAT_SQL,
	FORMAT_BIGQUERY
};

struct run {
	/* What is asked; the strings stay the caller's. */
	enum format format;		  /* none given: JSON */
	const struct hs_dialect *dialect; /* for SQL */
	const char *table;		  /* its name in SQL, or NULL */
	size_t width;			  /* of a table for people, */
	bool utf8;			  /* which may have more than ASCII */
	const char *output;		  /* a file for the schema, or NULL */
	struct hs_columns key;		  /* the primary key; empty: the
					   * object's own */
	const char *declared, *diff;	  /* files, or NULL */
	bool drop_empty;		  /* no columns without a value */
	const char *rest; /* the column of those that have no room in SQL; or
			   * NULL */
	size_t max_line;
	int err; /* descriptor for what changed, where
		  * standard output has the stream */
	hs_target_warn *warn;
	hs_target_guard *guard; /* removes the file on a signal */

	/* What came of it. */
	struct hs_schema schema;
	bool drift; /* diff found something */

	/* Private. */
	struct hs_in in;
	struct hs_page page;
	struct hs_out out;	 /* standard output */
	struct hs_target target; /* of output */
	struct hs_tableschema definitions, old;
};

/* Runs, and closes standard output. */
int run(struct run *r, struct hs_err *e);

void run_free(struct run *r);

#endif
