/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Pages of ours: made of the list's records, written in order. */
#include "parts.h"

#include <stdlib.h>
#include <string.h>

#define FILL_BYTES ((size_t)8 << 20) /* a batch, before there was one */
#define EMPTY_MAX 1000 /* empty pages in a row that name a next one */

static struct page *
new_page(struct fetch *f)
{
	struct page *pg = calloc(1, sizeof(*pg));

	if (pg == NULL) {
		hs_err_mem(f->e, "page");
		return NULL;
	}
	pg->f = f;
	pg->number = f->number++;
	*f->last = pg;
	f->last = &pg->next;
	f->open++;
	return pg;
}

static void
free_page(struct page *pg)
{
	fill_free(pg);
	link_free(pg);
	for (size_t i = 0; i < pg->n; i++) {
		struct cell *c = &pg->cell[i];

		for (size_t k = 0; c->joined && k < c->item->overs; k++)
			hs_buf_free(&c->joined[k]);
		free(c->joined);
		hs_listed_free(c->src);
	}
	for (size_t i = 0; i < pg->answers_n; i++)
		hs_listed_free(pg->answers[i]);
	free(pg->answers);
	free(pg->cell);
	free(pg->after);
	hs_buf_free(&pg->extra);
	free(pg);
}

void
pages_free(struct fetch *f)
{
	while (f->pages != NULL) {
		struct page *pg = f->pages;

		f->pages = pg->next;
		free_page(pg);
	}
	f->last = &f->pages;
}

/* The page that takes the next record, if one is open. */
static struct page *
current(struct fetch *f)
{
	struct page *pg = f->pages;

	while (pg != NULL && pg->next != NULL)
		pg = pg->next;
	return pg != NULL && !pg->closed ? pg : NULL;
}

static int
close_page(struct fetch *f, struct page *pg, struct hs_span after)
{
	pg->closed = true;
	if (after.p != NULL) {
		pg->after = strndup(after.p, after.len);
		if (pg->after == NULL)
			return hs_err_mem(f->e, "cursor");
	}
	if (fill_page(pg) < 0)
		return -1;
	return link_page(pg);
}

static int
check_id(struct fetch *f, const struct hs_item *it)
{
	int r;

	if (it->id.len == 0)
		return 0;
	r = hs_seen_add(
	    f->seen, it->numeric ? it->number : hs_seen_hash(it->id));
	if (r < 0)
		return hs_err_mem(f->e, "ids");
	if (r > 0)
		return 0;
	return hs_err_set(f->e, HS_PROTOCOL,
	    "%s: record %.*s came twice: the list moved while it was read; "
	    "run again",
	    f->o->label, (int)it->id.len, it->id.p);
}

static int
add_cell(struct page *pg, struct hs_listed *l, const struct hs_item *it)
{
	if (pg->n == pg->cap) {
		size_t cap = pg->cap ? pg->cap * 2 : 100;
		struct cell *cell = reallocarray(pg->cell, cap, sizeof(*cell));

		if (cell == NULL)
			return hs_err_mem(pg->f->e, "page");
		pg->cell = cell;
		pg->cap = cap;
	}
	pg->cell[pg->n++] =
	    (struct cell){.src = l, .item = it, .updated = it->updated};
	l->refs++;
	return 0;
}

/* Puts one record into the open page, or a new one. */
static int
add_record(struct fetch *f, struct hs_listed *l, const struct hs_item *it)
{
	struct page *pg = current(f);

	if (check_id(f, it) < 0)
		return -1;
	if (pg != NULL && f->repage && pg->n == f->limit) {
		if (close_page(f, pg, it->id) < 0)
			return -1;
		pg = NULL;
	}
	if (pg == NULL)
		pg = new_page(f);
	if (pg == NULL)
		return -1;
	f->accepted++;
	return add_cell(pg, l, it);
}

static int
check_cursor(struct fetch *f, const struct hs_listed *l)
{
	int r = hs_seen_add(&f->cursors, hs_seen_hash(l->after));

	if (r < 0)
		return hs_err_mem(f->e, "cursors");
	if (r > 0)
		return 0;
	return hs_err_set(f->e, HS_PROTOCOL,
	    "%s: the API named the cursor %.*s a second time: the list would "
	    "never end",
	    f->o->label, (int)(l->after.len < 64 ? l->after.len : 64),
	    l->after.p);
}

/* The list breaks its law: from here on its pages are ours. */
static int
stop_repaging(struct fetch *f, const struct hs_listed *l)
{
	struct page *pg = current(f);

	f->repage = false;
	if (pg == NULL || l->requested == NULL)
		return 0;
	return close_page(f, pg, hs_span_str(l->requested));
}

/* l's end has been reached: does our page end, too? */
static int
end_listed(struct fetch *f, struct hs_listed *l)
{
	struct page *pg = current(f);

	f->done = !l->more || (f->o->limit > 0 && f->accepted >= f->o->limit);
	if (l->more && check_cursor(f, l) < 0)
		return -1;
	f->empty = l->n > 0 ? 0 : f->empty + 1;
	if (f->empty > EMPTY_MAX)
		return hs_err_set(f->e, HS_PROTOCOL,
		    "%s: %d empty pages in a row", f->o->label, EMPTY_MAX);
	if (l->more && f->repage && pg != NULL && pg->n < f->limit)
		return 0;
	if (pg == NULL)
		pg = new_page(f);
	if (pg == NULL)
		return -1;
	if (l->extra.len > 0 &&
	    hs_buf_add(&pg->extra, l->extra.data, l->extra.len) < 0)
		return hs_err_mem(f->e, "page");
	return close_page(f, pg, l->more ? l->after : hs_span(NULL, 0));
}

int
pages_accept(
    struct fetch *f, struct hs_listed *l, size_t from, size_t to, bool whole)
{
	if (f->done)
		return 0;
	if (f->repage && !l->lawful && stop_repaging(f, l) < 0)
		return -1;
	for (size_t i = from; i < to; i++)
		if (add_record(f, l, &l->item[i]) < 0)
			return -1;
	return whole ? end_listed(f, l) : 0;
}

bool
pages_full(const struct fetch *f)
{
	size_t jobs = (size_t)f->crm->options.jobs;
	size_t bytes = f->page_bytes;

	/* With batches a page is far bigger than what listed it: how big the
	 * first one tells. */
	if (f->light)
		bytes += f->fill_bytes > 0 ? f->fill_bytes : FILL_BYTES;
	return f->open > 1 &&
	       (f->open > 2 * jobs || f->open * bytes > HELD_BYTES);
}

static int
write_page(struct page *pg)
{
	struct fetch *f = pg->f;

	if (verify_page(pg) < 0)
		return -1;
	if (f->p->pages == 0 && f->o->begin != NULL &&
	    f->o->begin(f->o->user, f->e) < 0)
		return -1;
	if (copy_page(pg, &f->out->buf) < 0)
		return -1;
	if (hs_out_commit(f->out, f->e) < 0 || hs_out_flush(f->out, f->e) < 0)
		return -1;
	f->p->pages++;
	if (f->o->progress != NULL)
		f->o->progress(f->o->user, f->p);
	return 0;
}

static int
write_whole(struct fetch *f, bool last)
{
	while (f->pages != NULL) {
		struct page *pg = f->pages;

		if (!pg->closed || pg->pending > 0)
			return 0;
		/* The last page makes the stream whole: not before the total
		 * was compared. */
		if (f->o->verify && pg->after == NULL && !last)
			return 0;
		if (write_page(pg) < 0)
			return -1;
		f->pages = pg->next;
		if (f->pages == NULL)
			f->last = &f->pages;
		f->open--;
		free_page(pg);
	}
	return 0;
}

int
pages_write(struct fetch *f)
{
	return write_whole(f, false);
}

int
pages_write_last(struct fetch *f)
{
	return write_whole(f, true);
}
