/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* --since: what changed, by the search. */
#include "changed.h"

#include <stdio.h>

#include "grow.h"
#include "since.h"

static int
add_associations(struct answer *l, const struct hs_object *o)
{
	for (size_t i = 0; i < l->n; i++) {
		l->item[i].partial = l->partials;
		l->item[i].partials = o->assocs;
		for (size_t k = 0; k < o->assocs; k++) {
			if (HS_GROW(l->partial, l->partials, l->partial_cap) <
			    0)
				return -1;
			l->partial[l->partials++] = (struct partial_assoc){
			    hs_span_str(o->assoc[k]), HS_SPAN("{}")};
		}
	}
	return 0;
}

int
changed_page(struct answer *l, const struct list_options *o, struct hs_err *e)
{
	if (l->more && l->n == 0)
		return hs_err_set(e, HS_PROTOCOL,
		    "the search names a next page after one without records");
	if (l->more)
		l->after = l->item[l->n - 1].id;
	return add_associations(l, o->object) < 0
		   ? hs_err_mem(e, "associations")
		   : 0;
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
