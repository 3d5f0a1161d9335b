/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/*
 * Which properties come.
 *
 * A property for which a record has no value is null.  One that is missing in
 * every record does not exist, or the token may not see it.  One that is
 * missing in some got lost, as when an answer was cut to valid JSON: for that
 * --verify-count looks into each record.
 */
#include "parts.h"

#include <stdlib.h>
#include <string.h>

static int
by_bytes(const void *a, const void *b)
{
	const struct hs_span *x = a, *y = b;
	size_t n = x->len < y->len ? x->len : y->len;
	int r = memcmp(x->p, y->p, n);

	return r != 0 ? r : (x->len > y->len) - (x->len < y->len);
}

static int
sort_names(struct fetch *f)
{
	const struct names *names =
	    f->o->verify ? &f->o->properties : &f->o->named;

	f->name = calloc(names->n + 1, sizeof *f->name);
	f->met = calloc(names->n + 1, sizeof *f->met);
	if (!f->name || !f->met)
		return hs_err_mem(f->e, "property names");
	for (size_t i = 0; i < names->n; i++)
		f->name[i] = hs_span_str(names->v[i]);
	qsort(f->name, names->n, sizeof *f->name, by_bytes);
	for (size_t i = 0; i < names->n; i++)
		if (i == 0 || !hs_span_eq(f->name[i], f->name[i - 1]))
			f->name[f->names++] = f->name[i];
	f->unmet = f->names;
	return 0;
}

/* Notes which of the names a record has, by the record's number; how many. */
static size_t
meet(struct fetch *f, const struct cell *c)
{
	struct hs_span text = c->batch.p ? c->batch : c->item->text;
	struct hs_span properties, key, value;
	struct hs_scan s;
	size_t n = 0;

	f->stamp++;
	hs_scan_init(&s, text);
	if (hs_scan_pick_one(&s, "properties", &properties) < 0 ||
	    !properties.p)
		return 0;
	hs_scan_init(&s, properties);
	if (hs_scan_enter(&s, '{') < 0)
		return 0;
	while (hs_scan_pair(&s, &key, &value) > 0) {
		const struct hs_span *at =
		    bsearch(&key, f->name, f->names, sizeof *f->name, by_bytes);

		if (!at || f->met[at - f->name] == f->stamp)
			continue;
		f->unmet -= f->met[at - f->name] == 0;
		f->met[at - f->name] = f->stamp;
		n++;
	}
	return n;
}

static int
check_record(struct fetch *f, const struct cell *c)
{
	struct hs_span id = c->item->id, lost = {0};

	if (meet(f, c) == f->names)
		return 0;
	for (size_t i = 0; i < f->names && !lost.p; i++)
		if (f->met[i] != f->stamp)
			lost = f->name[i];
	return hs_err_set(f->e, HS_PROTOCOL,
	    "%s: record %.*s comes without the property %.*s; its page was "
	    "not written",
	    f->o->label, (int)id.len, id.p,
	    (int)(lost.len < 200 ? lost.len : 200), lost.p);
}

int
verify_page(struct page *pg)
{
	struct fetch *f = pg->f;

	if (!f->name && sort_names(f) < 0)
		return -1;
	for (size_t i = 0; i < pg->n; i++) {
		if (pg->cell[i].gone)
			continue;
		if (f->o->verify && check_record(f, &pg->cell[i]) < 0)
			return -1;
		if (!f->o->verify && f->unmet > 0)
			meet(f, &pg->cell[i]);
	}
	return 0;
}

void
verify_absent(struct fetch *f)
{
	if (f->p->records == 0 || !f->o->absent)
		return;
	for (size_t i = 0; i < f->names && f->unmet > 0; i++)
		if (f->met[i] == 0)
			f->o->absent(f->o->user, f->name[i]);
}

/* The search must not know of more. */
int
verify_count(struct fetch *f)
{
	unsigned long long total, have = f->o->records + f->accepted;

	have -= f->p->dropped;
	if (lookup_total(f->api, f->o->object->type, NULL, &total, f->e) < 0)
		return -1;
	if (have >= total)
		return 0;
	return hs_err_set(f->e, HS_PROTOCOL,
	    "%s: the list had %llu records, the search knows of %llu; the "
	    "last page was not written",
	    f->o->label, have, total);
}

void
verify_free(struct fetch *f)
{
	free(f->name);
	free(f->met);
}
