/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef FETCH_FORM_H
#define FETCH_FORM_H

#include <stdbool.h>

#include "http.h"

/*
 * Members of request bodies that the specification requires although they say
 * nothing.  The live API has done without them, and has refused an empty list
 * of properties.  So each is sent or left out as is usual; after a 400 that
 * names one, it is the other way, once and for the rest of the run.
 */
enum {
	FORM_FILTERS = 1,    /* filterGroups, empty */
	FORM_PROPERTIES = 2, /* properties of a search, empty */
	FORM_AFTER = 4,	     /* after, of a search: 0 */
	FORM_HISTORY = 8,    /* propertiesWithHistory, empty */
};

struct form {
	unsigned out;	  /* what is left out */
	unsigned changed; /* and is no longer as usual */
};

#define FORM_USUAL ((struct form){FORM_PROPERTIES, 0})

/* Whether a body is worth a second form, after a 400: mine is what it may do
 * without, and sent what was left out of it. */
bool form_turn(
    struct form *f, const struct request *r, unsigned mine, unsigned sent);

#endif
