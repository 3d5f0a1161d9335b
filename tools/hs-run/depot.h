/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_RUN_DEPOT_H
#define HS_RUN_DEPOT_H

#include <stdbool.h>
#include <stddef.h>

#include "address.h"
#include "err.h"
#include "span.h"

/*
 * Where a pipeline's address leads on this machine.  dataos://NAME is a
 * depot: a name for an address that is given elsewhere, with -D or in
 * HS_DEPOT_NAME (the name in capitals, - as _).  A sink's depot without an
 * address is the folder NAME.  A depot's address that begins with / or . is a
 * folder.
 */
struct depot {
	struct hs_span name;
	const char *address;
};

/* Zeroed is empty. */
struct depots {
	struct depot *v;
	size_t n, cap;
};

#define DEPOT_NAME_MAX 64 /* bytes */

/* Where an address leads: a folder or another address. */
struct place {
	char *folder;	     /* its variables filled in; or NULL */
	const char *text;    /* the address as it is written, in the pipeline
			      * or the environment, or with -D */
	struct hs_address a; /* that, its variables unfilled */
};

/* Failure is HS_CONFIG or HS_SYSTEM; the caller frees in both cases. */
int place_source(struct place *place, const char *address,
    const struct depots *d, struct hs_err *e);
int place_sink(struct place *place, const char *address, const struct depots *d,
    struct hs_err *e);

/* Whether the address has a password that is written out,
 * scheme://user:password@host. */
bool place_has_password(const struct place *place);

/* The address without such a password, *text, and *password; both are
 * allocated, and *password is NULL when there is none. */
int place_hide_password(
    const struct place *place, char **text, char **password, struct hs_err *e);

void place_free(struct place *place);

/* Adds NAME=ADDRESS, which stays the caller's and must last.  *literal: the
 * address is HubSpot's and its token is written out.  Failure is HS_USAGE or
 * HS_SYSTEM. */
int depots_add(
    struct depots *d, const char *arg, bool *literal, struct hs_err *e);

void depots_free(struct depots *d);

#endif
