/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef FETCH_LIST_H
#define FETCH_LIST_H

#include <stdbool.h>
#include <stdint.h>

#include "lookup.h"
#include "session.h"
#include "object.h"
#include "out.h"
#include "seen.h"

/*
 * A whole list, as the pages of hs-stream(5).  What one answer cannot carry
 * is brought together here: properties beyond an URL's length (the ids are
 * listed, the properties read in batches), associations past the inline page,
 * and, where the list's order allows it, several stretches of the list read
 * at once.  The pages come out in order, each written when it is whole, the
 * same whatever the number of jobs.
 */
#define URL_MAX 8000	/* an encoded URL; HubSpot's limit is ~16,200 */

struct list_counts {
	unsigned long long pages, records, dropped;
	unsigned long long guesses;	/* pages asked for by guess */
	unsigned long long wasted;	/* answers that brought nothing new */
	size_t bytes;		/* of the last page */
};

struct list_options {
	struct hs_object *object;	/* resolved */
	const char *label;		/* the member hs.object */
	const char *request;		/* the member hs.request */
	bool some_properties;		/* properties says which; else the
					 * API's few */
	struct names properties;
	struct names history;
	bool archived;
	bool verify;
	unsigned long long limit;	/* 0: all */
	struct lookup_range *range;	/* not NULL; asked for or not */
	/* Where an earlier run stopped; after is NULL at the start. */
	const char *after;
	unsigned long long page, records;
	/* Called before the first page is written; or NULL. */
	int (*begin)(void *user, struct hs_err *e);
	void (*progress)(void *user, const struct list_counts *p);
	void *user;
};

/* Fetches into out, flushing every page.  seen has the ids of the pages
 * before, if any.  *p has the sums, of a run that failed too. */
int list_fetch(struct session *api, const struct list_options *o,
    struct seen *seen, struct hs_out *out, struct list_counts *p,
    struct hs_err *e);

/* The list's URL and how its properties come: for --dry-run. */
struct list_plan {
	struct hs_buf url;
	bool batches;		/* properties come by batch read */
	unsigned limit;		/* records a page */
};
int list_plan(struct session *api, const struct list_options *o,
    struct list_plan *plan, struct hs_err *e);

#endif
