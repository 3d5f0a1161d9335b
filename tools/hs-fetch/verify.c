/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/*
 * --verify-count: what an answer that was cut to valid JSON leaves out.
 *
 * A property that a record does not have a value for is null; one that is
 * not there at all was not asked for, is not the type's, or got lost.
 */
#include "parts.h"

#include <stdlib.h>

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
	const struct names *names = &f->o->properties;

	f->name = calloc(names->n, sizeof *f->name);
	f->met = calloc(names->n, sizeof *f->met);
	if (!f->name || !f->met)
		return hs_err_mem(f->e, "property names");
	for (size_t i = 0; i < names->n; i++)
		f->name[i] = hs_span_str(names->v[i]);
	qsort(f->name, names->n, sizeof *f->name, by_bytes);
	for (size_t i = 0; i < names->n; i++)
		if (i == 0 || !hs_span_eq(f->name[i], f->name[i - 1]))
			f->name[f->names++] = f->name[i];
	return 0;
}

/* Notes which of the names are there, by the number of the record. */
static size_t
meet(struct fetch *f, struct hs_span properties)
{
	struct hs_scan s;
	struct hs_span key;
	size_t n = 0;

	f->stamp++;
	hs_scan_init(&s, properties);
	if (!properties.p || hs_scan_peek(&s) != '{')
		return 0;
	hs_scan_enter(&s, '{');
	while (hs_scan_member(&s, &key) > 0 && hs_scan_value(&s, NULL) == 0) {
		const struct hs_span *at =
		    bsearch(&key, f->name, f->names, sizeof *f->name, by_bytes);

		if (!at || f->met[at - f->name] == f->stamp)
			continue;
		f->met[at - f->name] = f->stamp;
		n++;
	}
	return n;
}

static struct hs_span
properties_of(struct hs_span record)
{
	struct hs_span key, value, found = {0};
	struct hs_scan s;

	hs_scan_init(&s, record);
	hs_scan_enter(&s, '{');
	while (hs_scan_member(&s, &key) > 0 && hs_scan_value(&s, &value) == 0)
		if (hs_scan_is(key, "properties"))
			found = value;
	return found;
}

static int
check_record(struct fetch *f, const struct cell *c)
{
	struct hs_span text = c->batch.p ? c->batch : c->item->text;
	struct hs_span id = c->item->id, lost = {0};

	if (meet(f, properties_of(text)) == f->names)
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

	if (!f->o->verify || f->o->properties.n == 0)
		return 0;
	if (!f->name && sort_names(f) < 0)
		return -1;
	for (size_t i = 0; i < pg->n; i++)
		if (!pg->cell[i].gone && check_record(f, &pg->cell[i]) < 0)
			return -1;
	return 0;
}

/* The search must not know of more. */
int
verify_count(struct fetch *f)
{
	unsigned long long total, have = f->o->records + f->accepted;

	have -= f->p->dropped;
	if (lookup_total(f->api, f->o->object->type, &total, f->e) < 0)
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
