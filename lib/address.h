/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_ADDRESS_H
#define HS_ADDRESS_H

#include <stdbool.h>
#include <stddef.h>

#include "err.h"

/*
 * Addresses of sources and sinks:
 *
 *	scheme:path?name=value&…
 *	scheme://authority/path?name=value&…
 *
 *	hubspot://?api_key={HUBSPOT_API_KEY}
 *	dataos://warehouse?purpose=rw
 *	csv:tables/crm
 *
 * In authority, path and values, {NAME} and ${NAME} stand for a variable of
 * the environment, and %XX for a byte.  The text is split first, so that a
 * variable's content is never read as punctuation; %7B is a brace.  '+' and
 * '#' stand for themselves.  A variable that is not set is an error, and the
 * message names it.
 *
 * Failure is HS_CONFIG.  A message never repeats a value, which may be a
 * secret.  All strings are in one piece of memory, which is wiped when freed.
 */
#define HS_ADDRESS_MAX 65536 /* bytes, expanded; more is refused */
#define HS_ADDRESS_PARAMS 64

struct hs_param {
	const char *name;
	const char *value;
	bool literal; /* written out, no variable in it */
};

struct hs_address {
	const char *scheme;    /* lower case */
	const char *authority; /* what follows "//"; NULL without "//" */
	const char *path;      /* "" when there is none */
	struct hs_param param[HS_ADDRESS_PARAMS];
	size_t params;
	char *memory; /* private */
};

/* Splits text.  With expand false, variables stay as they are written. */
int hs_address_parse(
    struct hs_address *a, const char *text, bool expand, struct hs_err *e);

/* The parameter of that name, or NULL. */
const struct hs_param *hs_address_param(
    const struct hs_address *a, const char *name);

/* Wipes and releases; safe on a zeroed or failed address. */
void hs_address_free(struct hs_address *a);

#endif
