/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef FETCH_CHANGED_H
#define FETCH_CHANGED_H

#include "fetch.h"

/*
 * Only what changed since a time: a list that is read with the search, in the
 * order of ids, each page from the last id of the one before.  So the search's
 * limit of 10,000 results, which is one query's, is no end.  The search knows
 * no archived records: these come from their list, without the older ones.
 */
#define CHANGED_PAGE 200 /* records, the search's limit */

/* Whether the list is read with the search. */
static inline bool
changed_searches(const struct list_options *o)
{
	return o->since && !o->archived;
}

/* Has a page of the search name its last id as the cursor of the next, and its
 * records have the associations to read that are asked for. */
int changed_page(
    struct answer *l, const struct list_options *o, struct hs_err *e);

/* Whether the record was archived before the time. */
bool changed_before(const struct list_options *o, const struct item *it);

#endif
