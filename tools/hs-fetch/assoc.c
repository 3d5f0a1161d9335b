/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Associations past the inline page: which are asked for together. */
#include "parts.h"

#include <stdlib.h>
#include <string.h>

#include "grow.h"
#include "hash.h"
#include "linked.h"

#define BATCHES_MAX 200 /* types whose associations a page may lack */
#define INPUTS_MAX 1000 /* of a request */
#define SHOWN_BYTES ((size_t)1 << 20) /* of lists, then a request is full */

void
assoc_free(struct fetch *f)
{
	while (f->assocs) {
		struct assoc_batch *b = f->assocs;

		f->assocs = b->next;
		linked_free(b);
	}
}

int
assoc_flush(struct fetch *f)
{
	for (struct assoc_batch *b = f->assocs; b; b = b->next)
		if (b->open && linked_post(b) < 0)
			return -1;
	return 0;
}

int
assoc_go_on(struct fetch *f)
{
	for (struct assoc_batch *b = f->assocs; b; b = b->next)
		if (b->waiting && linked_post(b) < 0)
			return -1;
	return 0;
}

/* The type's name in a path: the key under which it came, where "line items"
 * stands for line_items. */
static char *
type_of(struct hs_span key)
{
	char *s = calloc(1, key.len + 1);

	if (!s)
		return NULL;
	s[hs_scan_decode(key, s, NULL)] = '\0';
	for (char *p = s; *p != '\0'; p++)
		if (*p == ' ')
			*p = '_';
	return s;
}

static struct assoc_batch *
new_batch(struct fetch *f, struct hs_span key)
{
	struct assoc_batch *b = calloc(1, sizeof *b);
	char *to = b ? type_of(key) : NULL;

	if (!to) {
		free(b);
		hs_err_mem(f->e, "associations");
		return NULL;
	}
	b->f = f;
	b->key = key;
	b->to = to;
	b->open = true;
	b->call.owner = b;
	*f->assocs_last = b;
	f->assocs_last = &b->next;
	return b;
}

/* The one that takes more records of the page.  NULL with e filled. */
static struct assoc_batch *
batch_for(struct page *pg, struct hs_span key)
{
	struct assoc_batch *b = pg->f->assocs;
	size_t n = 0;

	for (; b && !(b->open && hs_span_eq(b->key, key)); b = b->next)
		n += b->open;
	if (b)
		return b;
	if (n >= BATCHES_MAX) {
		hs_err_set(pg->f->e, HS_PROTOCOL,
		    "%s: page %llu: records have too many associations with "
		    "more than %d types",
		    pg->f->o->label, pg->number, BATCHES_MAX);
		return NULL;
	}
	return new_batch(pg->f, key);
}

static int
add_from(struct page *pg, size_t cell, size_t nth)
{
	struct cell *c = &pg->cell[cell];
	const struct partial_assoc *a =
	    &c->src->partial[c->item->partial + nth];
	struct assoc_batch *b = batch_for(pg, a->key);

	if (!b)
		return -1;
	if (!c->joined)
		c->joined = calloc(c->item->partials, sizeof *c->joined);
	if (!c->joined || HS_GROW(b->from, b->n, b->cap) < 0 ||
	    hs_index_add(&b->by_id, hs_hash(c->item->id), b->n) < 0)
		return hs_err_mem(pg->f->e, "associations");
	pg->pending += b->n == 0 || b->from[b->n - 1].pg != pg;
	b->shown += a->value.len;
	b->from[b->n++] = (struct assoc_from){.pg = pg,
	    .cell = cell,
	    .nth = nth,
	    .labels = pg->f->o->labels,
	    .naming = pg->f->naming ? &pg->f->naming[nth] : NULL,
	    .inlined = a->value,
	    .results = &c->joined[nth]};
	return 0;
}

/* Whether the associations of all records are read. */
static bool
all_read(const struct fetch *f)
{
	return f->o->labels || f->naming;
}

/* Whether another page's records may be too many. */
static bool
is_full(const struct assoc_batch *b)
{
	return b->n + b->f->limit > INPUTS_MAX || b->shown > SHOWN_BYTES;
}

int
assoc_page(struct page *pg)
{
	for (size_t i = 0; i < pg->n; i++)
		for (size_t k = 0; k < pg->cell[i].item->partials; k++)
			if (add_from(pg, i, k) < 0)
				return -1;
	for (struct assoc_batch *b = pg->f->assocs; b; b = b->next)
		if (b->open && (!all_read(pg->f) || is_full(b)) &&
		    linked_post(b) < 0)
			return -1;
	return 0;
}
