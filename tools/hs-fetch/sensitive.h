/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef FETCH_SENSITIVE_H
#define FETCH_SENSITIVE_H

#include "lookup.h"

/*
 * Sensitive properties, which have two degrees.  The API's list of a type's
 * properties leaves them out, and has a list of them for each degree.  Listing
 * them takes no scope of its own; reading their values takes one a degree.
 */

/* Adds the names of both degrees. */
int sensitive_names(struct session *api, const char *type, struct names *names,
    struct hs_err *e);

/* How many there are; 0 also where the API does not say. */
size_t sensitive_count(struct session *api, const char *type);

/* Adds to a refusal which scopes their values take. */
void sensitive_explain(const char *type, struct hs_err *e);

#endif
