/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* --since: what changed, by the search. */
#include "changed.h"

#include <stdio.h>

#include "since.h"

int
changed_page(struct answer *l, struct hs_err *e)
{
	if (!l->more)
		return 0;
	if (l->n == 0)
		return hs_err_set(e, HS_PROTOCOL,
		    "the search names a next page after one without records");
	l->after = l->item[l->n - 1].id;
	return 0;
}

bool
changed_before(const struct list_options *o, const struct item *it)
{
	char text[SINCE_SIZE];

	if (!o->since || !o->archived)
		return false;
	snprintf(text, sizeof text, "%.*s",
	    it->archived.len < sizeof text ? (int)it->archived.len : 0,
	    it->archived.p);
	int64_t at = since_time(text);
	/* A record that does not say when it was archived may be new. */
	return at >= 0 && at < since_time(o->since);
}
