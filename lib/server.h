/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_SERVER_H
#define HS_SERVER_H

#include <stdbool.h>

#include "address.h"
#include "buf.h"
#include "err.h"

/*
 * A database server, or a file, as an address names it:
 *
 *	scheme://USER:PASSWORD@HOST:PORT/DATABASE?name=value
 *
 * All parts may be absent.  Zeroed is empty; hs_server_free() wipes and
 *releases in any case.
 */
struct hs_server {
	struct hs_address address;
	struct hs_address user, password, hosts; /* parts of its authority */
	bool trial;	    /* set beforehand: nothing may change */
	bool exposed;	    /* a password is written out in the address */
	struct hs_buf text; /* for the client's arguments */
};

/* Reads the address; HS_CONFIG. */
int hs_server_read(struct hs_server *s, const char *address, struct hs_err *e);

/* Takes the port off a host; a colon in [an IPv6 address] begins none. */
struct hs_span hs_server_take_port(struct hs_span *host);

void hs_server_free(struct hs_server *s);

#endif
