/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_LOAD_SQL_SERVER_H
#define HS_LOAD_SQL_SERVER_H

#include <stdbool.h>

#include "address.h"
#include "buf.h"
#include "client.h"
#include "err.h"
#include "span.h"

/*
 * A PostgreSQL server as an address names it:
 *
 *	postgres://USER:PASSWORD@HOST:PORT/DATABASE?sslmode=verify-full
 *
 * All parts may be absent; libpq then takes its own defaults.  The parameters
 * are libpq's.  The password goes to psql in the environment, the rest as an
 * argument.
 *
 * Zeroed is empty; server_free() wipes and releases in any case.
 */
struct server {
	struct hs_address address;
	struct hs_address user, password, hosts; /* parts of its authority */
	bool exposed; /* a password is written out in the address */
	struct hs_buf conninfo;
};

/* Reads the address; HS_CONFIG. */
int server_read(struct server *s, const char *address, struct hs_err *e);

/* Sets the client's program, arguments and password. */
int server_client(struct server *s, struct client *c, struct hs_err *e);

/* What psql's failure means: fills e from its exit status and what it said;
 * -1. */
int server_failure(int status, struct hs_span said, struct hs_err *e);

void server_free(struct server *s);

#endif
