/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef FETCH_CHOOSE_H
#define FETCH_CHOOSE_H

#include "fetch.h"

/* Which properties to fetch: what -p, --history and --sensitive say. */
struct choice {
	const char *properties; /* default, @FILE, a list, which may hold all,
				 * or NULL: all */
	const char *history;	/* a list, which may hold all; NULL */
	bool sensitive;		/* all has sensitive ones, too */
	size_t left_out;	/* set: so many of these all leaves out */
};

/* Puts the names into o; o->object is resolved. */
int choose_properties(struct session *api, struct choice *c,
    struct list_options *o, struct hs_err *e);

#endif
