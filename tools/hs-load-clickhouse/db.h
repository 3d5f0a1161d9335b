/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef CLICKHOUSE_DB_H
#define CLICKHOUSE_DB_H

#include <stdbool.h>

#include "buf.h"
#include "err.h"
#include "http.h"
#include "out.h"
#include "server.h"
#include "span.h"

/*
 * A server that runs statements.
 *
 * The caller zeroes the struct, fills the first part, calls db_open(), and
 * releases it with db_close() in any case.
 */
struct db {
	long timeout;		 /* seconds without a byte */
	bool cluster;		 /* statements wait for all of its servers */
	bool dry_run;		 /* print what would change something */
	struct hs_server server; /* private from here on, but for it, */
	struct http *http;
	struct hs_out out; /* what is printed */
	struct hs_buf answer;
	struct hs_buf database; /* the one that names are of */
	long wait;		/* seconds for all of a cluster */
	bool one_step;
	bool modern; /* version 22 or later */
};

/* Reads the address.  HS_CONFIG. */
int db_read(struct db *d, const char *address, struct hs_err *e);

/* Asks the server for its version.  HS_CONFIG, HS_LATER, HS_REFUSED. */
int db_open(struct db *d, struct hs_err *e);

/* Runs a statement that changes nothing; d->answer are rows whose cells
 * db_cell() takes.  sql is cleared. */
int db_ask(struct db *d, struct hs_buf *sql, struct hs_err *e);

/* Takes the next cell of a row of the answer into b, as it is. */
void db_cell(struct hs_span *rest, struct hs_buf *b);

/* The n numbers that the answer's row is; or the only one. */
int db_numbers(struct db *d, struct hs_buf *sql, unsigned long long *v,
    size_t n, struct hs_err *e);
int db_number(
    struct db *d, struct hs_buf *sql, unsigned long long *n, struct hs_err *e);

/* Runs one that changes something; kind is the failure's where the server's
 * error has no better one.  sql is cleared. */
int db_do(
    struct db *d, enum hs_kind kind, struct hs_buf *sql, struct hs_err *e);

/* Runs one that reads rows. */
int db_insert(struct db *d, struct hs_buf *sql, http_more *more, void *data,
    struct hs_err *e);

/* Adds a text as a literal. */
void db_put_text(struct hs_buf *b, struct hs_span text);

/* What follows takes as long as --timeout allows, on all of a cluster; or it
 * waits five seconds at most, and not for a cluster; or it inserts all rows
 * in one step. */
enum db_pace { DB_PATIENT, DB_HURRY, DB_ONE_STEP };
int db_set_pace(struct db *d, enum db_pace pace, struct hs_err *e);

void db_close(struct db *d);

#endif
