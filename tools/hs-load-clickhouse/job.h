/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef CLICKHOUSE_JOB_H
#define CLICKHOUSE_JOB_H

#include <stdbool.h>
#include <stddef.h>

#include "cluster.h"
#include "db.h"
#include "dialect.h"
#include "sqlload.h"
#include "sqlnames.h"
#include "staging.h"
#include "table.h"

/* A load: what is asked, and what its steps know. */
struct job {
	/* What is asked; the strings stay the caller's. */
	struct hs_sqlload load;
	const char *address;
	bool no_alter; /* leave the table's columns alone */
	bool text;     /* new columns are all text */
	bool optimize; /* collapse a merged table */
	bool limited;  /* max_removed is set */
	bool percent;  /* it is of the table's rows, in hundred */
	unsigned long long max_removed;
	struct db db;		/* its timeout and dry_run */
	struct cluster cluster; /* its name and shard */

	/* From job_open() on. */
	struct hs_dialect dialect;
	struct hs_sqlnames names; /* of the stream's columns */
	struct table table;
	struct staging staging;
	/* Rows go to a table that is plain, where each counts, and from there
	 * in one step to one that keeps the last of a key; */
	bool replacing;
	bool hidden;	      /* that one is made, and published in its turn. */
	bool versioned;	      /* rows have a version */
	bool *blank;	      /* columns, in which "" is null */
	struct hs_buf alters; /* what makes the columns fit */
	struct hs_buf absent; /* the table's columns that are not the
			       * stream's, quoted: ", a, b" */
};

/* Names everything, cleans up, looks at the table. */
int job_open(struct job *j, struct hs_err *e);

/* Adds the columns of the stream, or those of its key. */
void job_put_columns(const struct job *j, struct hs_buf *b);
void job_put_key(const struct job *j, struct hs_buf *b);

/* Adds the table that is read: on a cluster the Distributed one. */
void job_put_table(const struct job *j, struct hs_buf *b);

/* Its name, for messages. */
const char *job_name(const struct job *j);

/* Whether the column is of the key. */
bool job_is_key(const struct job *j, size_t column);

void job_free(struct job *j);

#endif
