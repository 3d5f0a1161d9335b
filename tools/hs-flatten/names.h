/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_FLATTEN_NAMES_H
#define HS_FLATTEN_NAMES_H

#include <stdbool.h>

#include "buf.h"
#include "columns.h"
#include "scan.h"

/*
 * The names of a flat record, which are to differ (flatten.h has the rule).
 * For nearly every record names_differ() finds that at a glance.  For the
 * others names_collect() builds sets of the names that are taken, and
 * names_prefix() gives each property, then each association, its prefixes.
 *
 * Zeroed is ready.  Functions that return -1 have failed s with the reason.
 */
struct names {
	struct hs_columns taken; /* by the record's members */
	struct hs_columns used;	 /* by properties, and what got prefixes */
	struct hs_buf name;
};

/* Whether no name of these members is there twice, as far as a quick look
 * can tell. */
bool names_differ(const struct hs_members *record,
    const struct hs_members *props, const struct hs_members *assocs);

/* Starts the sets with the names of a record. */
int names_collect(struct names *n, const struct hs_members *record,
    const struct hs_members *props, struct hs_scan *s);

/* Appends the prefixes to b that the member's name needs. */
int names_prefix(struct names *n, struct hs_buf *b, const struct hs_member *m,
    bool is_property, struct hs_scan *s);

void names_free(struct names *n);

#endif
