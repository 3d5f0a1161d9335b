/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef FETCH_LOOKUP_H
#define FETCH_LOOKUP_H

#include <stddef.h>
#include <stdint.h>

#include "session.h"
#include "object.h"

/*
 * What is asked for before the records: names of objects and properties,
 * totals, the daily quota.  Each function but one waits for its answer.
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

/* Replaces the custom names in o, its own and the associated ones, by their
 * objectTypeIds.  Asks for the schemas once if there is such a name.
 * HS_NOOBJECT, which lists the names, when none or several match. */
int lookup_type(struct session *api, struct hs_object *o, struct hs_err *e);

/* Adds the names of the custom objects to text, for a message; nothing when
 * they can't be had. */
void lookup_customs(struct session *api, char *text, size_t size);

/* The names of a type's properties.  query, "" or like "?a=b", chooses among
 * them; without one there are some. */
int lookup_properties(struct session *api, const char *type, const char *query,
    struct names *names, struct hs_err *e);

/* How many records the search knows; since not NULL: that changed since. */
int lookup_total(struct session *api, const char *type, const char *since,
    unsigned long long *total, struct hs_err *e);

/* How many records of the type the counts of all types name: false when they
 * don't, or can't be had. */
bool lookup_usage(
    struct session *api, const char *type, unsigned long long *total);

/*
 * What the search knows of a list of records: how many there are, the greatest
 * id, and how the last ones lie.  Posted without waiting: known is set when the
 * answer has come, and never if it fails.  The struct must stay until then, or
 * until the session drops the call.
 */
#define LOOKUP_TAIL 100
struct lookup_range {
	bool asked;
	bool known;
	unsigned long long total;
	uint64_t greatest; /* 0: not a number */
	uint64_t tail;	   /* ids between the last LOOKUP_TAIL; or 0 */
	struct session *api;
	const char *type;
	struct call call;
};
int lookup_range_post(
    struct session *api, struct lookup_range *r, const char *type);

/* The daily quota and what is used of it. */
int lookup_daily(
    struct session *api, long *limit, long *used, struct hs_err *e);

#endif
