/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_FLATTEN_FLATTEN_H
#define HS_FLATTEN_FLATTEN_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "links.h"
#include "names.h"
#include "scan.h"

/*
 * A CRM record made flat: the members of `properties` move to the top level,
 * behind `id`, and each association becomes an array column named by its key.
 * Values keep their bytes.
 *
 * No name is used twice.  A property with the name of a record member becomes
 * properties_NAME, an association with the name of a member or a property
 * becomes associations_NAME, and the prefix is repeated while the new name is
 * taken too.  The names properties and associations are always taken, so that
 * a flat record stays as it is.  So is results for an array, since a bare
 * record with that member would be read as a page.
 *
 * Zeroed is ready.  The spans it holds are of the text last read.
 */
struct flatten {
	struct hs_span id;	/* the last record's id as it came, or empty */
	struct hs_span partial; /* key of an association whose own paging
				 * names a next page; or empty */

	/* Private. */
	struct hs_members record, props, assocs;
	size_t id_at, props_at, assocs_at; /* in record */
	struct names names;
	struct links links;
};

/* Both return 0, or -1 when s has failed.  Where b runs out of memory, b
 * remembers it. */

/* Reads the record that s stands at and appends it flat to b.  One that is
 * flat already, or of `schemas`, is not appended: *same is true. */
int flatten_record(
    struct flatten *f, struct hs_scan *s, struct hs_buf *b, bool *same);

/* Reads the record and appends a row of the link table for each of its
 * associations, `separator` before every row but the first:
 * {"from_id":…,"to_id":…,"association":…,"type":…}.  *rows counts them. */
int flatten_links(struct flatten *f, struct hs_scan *s, struct hs_buf *b,
    char separator, size_t *rows);

void flatten_free(struct flatten *f);

#endif
