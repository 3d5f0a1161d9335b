/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_LOAD_SQL_RUN_H
#define HS_LOAD_SQL_RUN_H

#include "client.h"
#include "engine.h"
#include "err.h"
#include "out.h"
#include "script.h"
#include "server.h"
#include "sqlload.h"

/*
 * A run of hs-load-sql: standard input becomes a script, on standard output or
 * for the client that it starts.  The caller zeroes the struct, fills its
 * first part, and releases it with run_free() in any case.
 */
struct run {
	/* What is asked; the strings stay the caller's. */
	struct hs_sqlload load;
	struct script script; /* its options */
	const char *address;  /* or NULL: the script to standard output */
	const char *dialect;  /* or NULL */
	hs_sqlload_warn *say; /* always */

	/* Private. */
	const struct engine *engine;
	struct hs_dialect dialect_used;
	struct hs_out out;
	struct hs_server server;
	struct client client;
};

int run(struct run *r, struct hs_err *e);

void run_free(struct run *r);

#endif
