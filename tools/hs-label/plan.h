/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_LABEL_PLAN_H
#define HS_LABEL_PLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "hash.h"
#include "properties.h"
#include "scan.h"

/*
 * What is to be done with a record.  It depends on the record's keys alone and
 * is planned once for all records with the same keys.  The plan lists the
 * members to work on, so that the others cost nothing but to be read and
 * copied.
 *
 * Zeroed but for properties and options it is ready.
 */
struct action {
	size_t member; /* its place in the record */
	size_t property;
	enum { ACTION_NONE, ACTION_ADD, ACTION_REPLACE } label;
	struct text name; /* what the member is called; empty: as before */
	struct text key;  /* the added member: a comma, the name, null */
	size_t pipeline;  /* of a stage: the member that names the pipeline, or
			   * PROPERTIES_NONE */
};

struct plan {
	struct properties *properties;
	bool replace, headings; /* options */

	struct action *v;
	size_t n, cap;
	size_t nested;	    /* the member called properties, or
			     * PROPERTIES_NONE */
	struct hs_buf text; /* of names and keys */

	/* Private. */
	uint64_t number;       /* of the plan, from 1 */
	bool lasts;	       /* it may serve another record */
	size_t members;	       /* of the record */
	uint64_t changes;      /* of its known keys */
	struct hs_index taken; /* its names, once they are needed */
	struct hs_buf spelled, said, key;
};

/* Plans for a record with these members, unless the plan serves it, too.  -1:
 * s has failed. */
int plan_make(struct plan *plan, const struct hs_members *m, struct hs_scan *s);

void plan_free(struct plan *plan);

#endif
