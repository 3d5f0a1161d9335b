/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_LOAD_SQL_SERVER_H
#define HS_LOAD_SQL_SERVER_H

#include <stdbool.h>

#include "address.h"
#include "buf.h"
#include "err.h"

/*
 * A database server, or a file, as an address names it:
 *
 *	scheme://USER:PASSWORD@HOST:PORT/DATABASE?name=value
 *
 * All parts may be absent.  Zeroed is empty; server_free() wipes and releases
 * in any case.
 */
struct server {
	struct hs_address address;
	struct hs_address user, password, hosts; /* parts of its authority */
	bool trial;	    /* set beforehand: nothing may change */
	bool exposed;	    /* a password is written out in the address */
	struct hs_buf text; /* for the client's arguments */
};

/* Reads the address; HS_CONFIG. */
int server_read(struct server *s, const char *address, struct hs_err *e);

void server_free(struct server *s);

#endif
