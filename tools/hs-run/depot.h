/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_RUN_DEPOT_H
#define HS_RUN_DEPOT_H

#include <stdbool.h>
#include <stddef.h>

#include "address.h"
#include "err.h"

/*
 * Where a pipeline's address leads on this machine.  dataos://NAME is a
 * depot: a name for an address that is given elsewhere, by the caller or in
 * HS_DEPOT_NAME (the name in capitals, - as _); a sink's is the folder NAME
 * when nobody says.  A depot's address that begins with / or . is a folder.
 */
struct depot {
	const char *name;
	const char *address;
};

struct depots {
	struct depot *v; /* zeroed is empty */
	size_t n;
};

#define DEPOT_NAME_MAX 64 /* bytes */

struct place {
	char *folder;	     /* a folder, its variables filled in; or NULL */
	const char *text;    /* else the address as it is written: the
			      * caller's, or the environment's */
	struct hs_address a; /* that, its variables unfilled */
};

/* Failure is HS_CONFIG or HS_SYSTEM; the caller frees in both cases. */
int place_source(struct place *place, const char *address,
    const struct depots *d, struct hs_err *e);
int place_sink(struct place *place, const char *address, const struct depots *d,
    struct hs_err *e);

void place_free(struct place *place);

/* Adds NAME=ADDRESS, which stays the caller's and is cut in two.  *literal:
 * the address is HubSpot's and has its token written out.  Failure is HS_USAGE
 * or HS_SYSTEM. */
int depots_add(struct depots *d, char *arg, bool *literal, struct hs_err *e);

void depots_free(struct depots *d);

/* Whether the name can be a depot's. */
bool depot_is_name(const char *name);

#endif
