/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef FETCH_LIST_H
#define FETCH_LIST_H

#include "fetch.h"

/*
 * A whole list, as the pages of hs-stream(5).  What one answer cannot carry
 * is brought together here: properties beyond an URL's length (the ids are
 * listed, the properties read in batches), associations past the inline page,
 * and, where the list's order allows it, several stretches of the list read
 * at once.  The pages come out in order, each written when it is whole, the
 * same whatever the number of jobs.
 */
/* Fetches into out, flushing every page.  seen has the ids of the pages
 * before, if any.  *p has the sums, of a run that failed too. */
int list_fetch(struct session *api, const struct list_options *o,
    struct seen *seen, struct hs_out *out, struct list_counts *p,
    struct hs_err *e);

/* The list's URL and how its properties come: for --dry-run. */
struct list_plan {
	struct hs_buf url;
	bool batches;	/* properties come by batch read */
	unsigned limit; /* records a page */
};
int list_plan(struct session *api, const struct list_options *o,
    struct list_plan *plan, struct hs_err *e);

#endif
