/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef FETCH_LOOKUP_H
#define FETCH_LOOKUP_H

#include <stddef.h>
#include <stdint.h>

#include "session.h"
#include "object.h"

/*
 * What is asked before records are: names of objects and properties, totals,
 * the daily quota.  Each function waits for its answer.
 */

/* Owned strings; zeroed is empty. */
struct names {
	char **v;
	size_t n, cap;
};

int names_add(struct names *s, const char *text, size_t len);
void names_free(struct names *s);

/* Adds the names of a list, separated by commas or white space, leaving out
 * those that are there already. */
int names_split(struct names *s, const char *list, struct hs_err *e);

/* Replaces custom names in o, its own and the associated ones, by their
 * objectTypeId, with one look at the schemas if there are any. HS_NOOBJECT
 * lists the names there are; several matches are HS_NOOBJECT too. */
int lookup_type(struct session *api, struct hs_object *o, struct hs_err *e);

/* The custom objects' names, for a message: adds them to text, or nothing. */
void lookup_customs(struct session *api, char *text, size_t size);

/* The names of all properties of a type. */
int lookup_properties(struct session *api, const char *type,
    struct names *names, struct hs_err *e);

/* How many records the search knows. */
int lookup_total(struct session *api, const char *type,
    unsigned long long *total, struct hs_err *e);

/*
 * What the search knows of a list of records: how many, and the greatest id.
 * Asked for without waiting; known is set when the answer is there, and never
 * if it fails.  Has to stay until then or until the session drops it.
 */
struct lookup_range {
	bool asked;
	bool known;
	unsigned long long total;
	uint64_t greatest; /* 0: not a number */
	struct call call;
};
int lookup_range_post(
    struct session *api, struct lookup_range *r, const char *type);

/* The daily quota and what is used of it. */
int lookup_daily(
    struct session *api, long *limit, long *used, struct hs_err *e);

#endif
