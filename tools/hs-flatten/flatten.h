/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_FLATTEN_H
#define HS_FLATTEN_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "links.h"
#include "columns.h"
#include "scan.h"

/*
 * A CRM record made flat: the members of `properties` stand at the top level
 * behind `id`, each association is an array column named by its key.  Values
 * keep their bytes.
 *
 * A name is never used twice: a property whose name a record member has is
 * called properties_NAME, an association whose name a member or a property
 * has associations_NAME; where even that is taken the prefix is repeated.
 * The names properties and associations are always taken, so that a flat
 * record is left alone; so is results for an array, which would make a page
 * of a bare record.
 *
 * Zeroed is ready.  Spans that it holds are of the text last read.
 */
struct hs_flatten {
	struct hs_span id;	/* the last record's id as it came, or empty */
	struct hs_span partial;	/* key of an association that is not all
				 * here (it has a paging of its own), or NULL */

	/* Private. */
	struct hs_members record, props, assocs;
	size_t id_at, props_at, assocs_at;	/* in record */
	struct hs_columns taken, prop_names;
	struct hs_links links;
	struct hs_buf name;
	const char *why;	/* reason of the failure */
};

/* Reads the record that s stands at and appends it flat to b, unless it is
 * flat (or of `schemas`) as it is: then nothing is appended and *same is
 * true.  -1: s failed. */
int hs_flatten_record(
    struct hs_flatten *f, struct hs_scan *s, struct hs_buf *b, bool *same);

/* Reads the record and appends a row of the link table for each of its
 * associations, `separator` before every row but the first:
 * {"from_id":…,"to_id":…,"association":…,"type":…}.  *rows counts them. */
int hs_flatten_links(struct hs_flatten *f, struct hs_scan *s, struct hs_buf *b,
    char separator, size_t *rows);

void hs_flatten_free(struct hs_flatten *f);

#endif
