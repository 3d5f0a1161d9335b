/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* How the list would name associations. */
#include "naming.h"

#include <stdlib.h>
#include <string.h>

#include "changed.h"

#define ASKED_MAX 64 /* records for one type of object */

int
naming_open(struct fetch *f)
{
	size_t n = f->o->object->assocs;

	if (!changed_searches(f->o) || n == 0)
		return 0;
	f->naming = calloc(n, sizeof *f->naming);
	return f->naming ? 0 : hs_err_mem(f->e, "associations");
}

void
naming_free(struct fetch *f)
{
	for (size_t i = 0; f->naming && i < f->o->object->assocs; i++) {
		words_free(&f->naming[i].words);
		free(f->naming[i].key);
	}
	free(f->naming);
}

int
naming_wanted(struct assoc_from *from, struct hs_span list)
{
	struct naming *n = from->naming;

	if (!n || from->example || n->asked == ASKED_MAX)
		return 0;
	if (targets_look(from, list) < 0)
		return -1;
	return from->unknown || !n->key;
}

int
naming_take(struct assoc_from *from, struct hs_span record)
{
	struct hs_span associations, key = {0}, value = HS_SPAN("{}");
	struct naming *n = from->naming;
	struct hs_scan s;

	n->asked++;
	if (hs_scan_path(record, "associations", &associations) > 0) {
		hs_scan_init(&s, associations);
		/* The one there is. */
		if (hs_scan_enter(&s, '{') == 0)
			hs_scan_pair(&s, &key, &value);
	}
	if (*value.p != '{')
		value = HS_SPAN("{}");
	from->example = strndup(value.p, value.len);
	if (key.p && !n->key)
		n->key = strndup(key.p, key.len);
	if (!from->example || (key.p && !n->key))
		return -1;
	from->inlined = hs_span_str(from->example);
	int r = targets_open(from);
	/* The endpoint's answer counts. */
	from->shown = 0;
	return r;
}
