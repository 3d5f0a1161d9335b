/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* The pages that are written: made of the list's records, in order. */
#include "pages.h"

#include <stdlib.h>
#include <string.h>

#include "changed.h"
#include "grow.h"
#include "parts.h"

#define LABELLED 5     /* half as many further pages may await labels */
#define EMPTY_MAX 1000 /* empty pages in a row that name a next one */

static struct page *
new_page(struct fetch *f)
{
	struct page *pg = calloc(1, sizeof *pg);

	if (!pg) {
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
free_page(struct fetch *f, struct page *pg)
{
	fill_free(pg);
	f->assoc_bytes -= pg->assoc_bytes;
	for (size_t i = 0; i < pg->n; i++) {
		struct cell *c = &pg->cell[i];

		for (size_t k = 0; c->joined && k < c->item->partials; k++)
			hs_buf_free(&c->joined[k]);
		free(c->joined);
		answer_free(c->src);
	}
	for (size_t i = 0; i < pg->answers_n; i++)
		answer_free(pg->answers[i]);
	free(pg->answers);
	free(pg->cell);
	free(pg->after);
	hs_buf_free(&pg->extra);
	free(pg);
}

void
pages_free(struct fetch *f)
{
	while (f->pages) {
		struct page *pg = f->pages;

		f->pages = pg->next;
		free_page(f, pg);
	}
	f->last = &f->pages;
}

/* The page that takes the next record, if one is open. */
static struct page *
current(struct fetch *f)
{
	struct page *pg = f->pages;

	while (pg && pg->next)
		pg = pg->next;
	return pg && !pg->closed ? pg : NULL;
}

static int
close_page(struct fetch *f, struct page *pg, struct hs_span after)
{
	pg->closed = true;
	if (after.p) {
		pg->after = strndup(after.p, after.len);
		if (!pg->after)
			return hs_err_mem(f->e, "cursor");
	}
	if (fill_page(pg) < 0)
		return -1;
	return assoc_page(pg);
}

/* Whether the record, byte for byte, is among the first n of an answer. */
static bool
is_among(const struct answer *l, size_t n, const struct item *it)
{
	for (size_t i = 0; i < n; i++)
		if (hs_span_eq(l->item[i].text, it->text))
			return true;
	return false;
}

/* The ids of a path's records may not be their own.  A list that moves gives
 * the end of a page once more on the next. */
static int
check_again(struct fetch *f, const struct answer *l, const struct item *it)
{
	if (l->regular || it->id.len == 0)
		return 0;
	if (is_among(l, (size_t)(it - l->item), it))
		return hs_err_set(f->e, HS_PROTOCOL,
		    "%s: a page has record %.*s twice", f->o->label,
		    (int)it->id.len, it->id.p);
	if (f->before && is_among(f->before, f->before->n, it))
		return hs_err_set(f->e, HS_LATER,
		    "%s: record %.*s came twice: the list moved while it was "
		    "read; run again",
		    f->o->label, (int)it->id.len, it->id.p);
	return 0;
}

/* A record that comes again on another page has moved in the list meanwhile;
 * a page that has it twice is broken. */
static int
check_id(struct fetch *f, const struct answer *l, const struct item *it)
{
	if (f->o->object->path)
		return check_again(f, l, it);
	if (it->id.len == 0)
		return 0;
	int r = seen_add(f->seen, it->numeric ? it->number : seen_hash(it->id));
	if (r < 0)
		return hs_err_mem(f->e, "ids");
	if (r > 0)
		return 0;
	for (const struct item *i = l->item; i < it; i++)
		if (hs_span_eq(i->id, it->id))
			return hs_err_set(f->e, HS_PROTOCOL,
			    "%s: a page has record %.*s twice", f->o->label,
			    (int)it->id.len, it->id.p);
	/* To go on at the same place again would not help. */
	if (f->o->after)
		return hs_err_set(f->e, HS_DATA,
		    "%s: record %.*s is in the output of an earlier run: the "
		    "list has moved since; begin again without --resume",
		    f->o->label, (int)it->id.len, it->id.p);
	return hs_err_set(f->e, HS_LATER,
	    "%s: record %.*s came twice: the list moved while it was read; "
	    "run again",
	    f->o->label, (int)it->id.len, it->id.p);
}

static int
add_cell(struct page *pg, struct answer *l, const struct item *it)
{
	if (HS_GROW(pg->cell, pg->n, pg->cap) < 0)
		return hs_err_mem(pg->f->e, "page");
	pg->cell[pg->n++] =
	    (struct cell){.src = l, .item = it, .updated = it->updated};
	l->refs++;
	return 0;
}

/* A cursor between two records of a regular page: the API's own kind, as far
 * as that is known. */
static int
close_between(struct page *pg, const struct item *last, const struct item *next)
{
	struct fetch *f = pg->f;
	uint64_t n = next->number;

	/* Right for "from" and "beyond", unless next is there. */
	if (f->sense == CURSOR_UNKNOWN && n > last->number + 1)
		n = last->number + 1;
	else if (f->sense == CURSOR_BEYOND)
		n = last->number;
	char *text = cursor_write(f->form, n);
	if (!text)
		return hs_err_mem(f->e, "cursor");
	int r = close_page(f, pg, hs_span_str(text));
	free(text);
	return r;
}

/* Puts one record into the open page, or a new one. */
static int
add_record(struct fetch *f, struct answer *l, const struct item *it)
{
	struct page *pg = current(f);

	if (check_id(f, l, it) < 0)
		return -1;
	if (changed_before(f->o, it))
		return 0;
	if (pg && l->regular && f->limit > 0 && pg->n >= f->limit) {
		if (close_between(pg, pg->cell[pg->n - 1].item, it) < 0)
			return -1;
		pg = NULL;
	}
	if (!pg)
		pg = new_page(f);
	if (!pg)
		return -1;
	f->accepted++;
	return add_cell(pg, l, it);
}

static int
check_cursor(struct fetch *f, const struct answer *l)
{
	int r = seen_add(&f->cursors, seen_hash(l->after));

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

/* l's end has been reached: does our page end, too? */
static int
end_answer(struct fetch *f, struct answer *l)
{
	struct page *pg = current(f);

	if (f->o->object->path) {
		answer_free(f->before);
		f->before = l;
		l->refs++;
	}
	f->done = !l->more || (f->o->limit > 0 && f->accepted >= f->o->limit);
	if (l->more && check_cursor(f, l) < 0)
		return -1;
	f->empty = l->n > 0 ? 0 : f->empty + 1;
	if (f->empty > EMPTY_MAX)
		return hs_err_set(f->e, HS_PROTOCOL,
		    "%s: %d empty pages in a row", f->o->label, EMPTY_MAX);
	if (!f->done && l->regular && (!pg || pg->n < f->limit))
		return 0;
	if (!pg)
		pg = new_page(f);
	if (!pg)
		return -1;
	hs_buf_put(&pg->extra, hs_buf_span(&l->extra));
	return close_page(f, pg, l->more ? l->after : hs_span(NULL, 0));
}

int
pages_accept(struct fetch *f, struct answer *l, size_t n)
{
	struct page *pg = current(f);

	if (f->done)
		return 0;
	/* Stop regrouping: from here on each page is one of the API's. */
	if (pg && !l->regular && l->requested &&
	    close_page(f, pg, hs_span_str(l->requested)) < 0)
		return -1;
	for (size_t i = 0; i < n; i++)
		if (add_record(f, l, &l->item[i]) < 0)
			return -1;
	return n == l->n ? end_answer(f, l) : 0;
}

bool
pages_full(const struct fetch *f)
{
	size_t jobs = (size_t)f->api->options.jobs;

	if (f->o->labels || f->naming)
		jobs += LABELLED;
	return f->open > 1 &&
	       (f->open > 2 * jobs || f->open * f->page_bytes > HELD_BYTES);
}

static int
write_page(struct page *pg)
{
	struct fetch *f = pg->f;

	if ((f->o->verify || f->o->absent) && verify_page(pg) < 0)
		return -1;
	if (f->p->pages == 0 && f->o->begin &&
	    f->o->begin(f->o->user, f->e) < 0)
		return -1;
	if (join_page(pg, &f->out->buf) < 0)
		return -1;
	if (hs_out_commit(f->out, f->e) < 0 || hs_out_flush(f->out, f->e) < 0)
		return -1;
	f->p->pages++;
	if (f->o->progress)
		f->o->progress(f->o->user, f->p);
	return 0;
}

static int
write_whole(struct fetch *f, bool last)
{
	while (f->pages) {
		struct page *pg = f->pages;

		if (!pg->closed || pg->pending > 0)
			return 0;
		/* The last page makes the stream whole: not before the total
		 * was compared. */
		if (f->o->verify && !pg->after && !last)
			return 0;
		if (write_page(pg) < 0)
			return -1;
		f->pages = pg->next;
		if (!f->pages)
			f->last = &f->pages;
		f->open--;
		f->filled -= pg->filled;
		free_page(f, pg);
		for (pg = f->pages; pg; pg = pg->next)
			if (fill_go_on(pg) < 0)
				return -1;
		if (assoc_go_on(f) < 0)
			return -1;
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
