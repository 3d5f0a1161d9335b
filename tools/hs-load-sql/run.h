/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_LOAD_SQL_RUN_H
#define HS_LOAD_SQL_RUN_H

#include <stdbool.h>

#include "client.h"
#include "columns.h"
#include "err.h"
#include "in.h"
#include "page.h"
#include "rows.h"
#include "script.h"
#include "server.h"

/*
 * A run of hs-load-sql: standard input becomes a script, on standard output or
 * for the client that it starts.  The caller zeroes the struct, fills its
 * first part, and releases it with run_free() in any case.
 */
typedef void run_say(const char *fmt, ...)
    __attribute__((format(printf, 1, 2)));

struct run {
	/* What is asked; the strings stay the caller's. */
	struct script script; /* its table and options */
	struct rows rows;     /* its options */
	struct hs_columns key;
	const char *address; /* or NULL: the script to standard output */
	bool allow_incomplete, require_pages;
	size_t max_line;
	run_say *warn; /* unless -q is given */
	run_say *say;  /* always */

	/* Private. */
	struct hs_in in;
	struct hs_page page;
	struct hs_out out;
	struct server server;
	struct client client;
};

int run(struct run *r, struct hs_err *e);

void run_free(struct run *r);

#endif
