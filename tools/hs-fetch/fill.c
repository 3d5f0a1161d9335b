/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/*
 * The properties of records that were listed without them.
 *
 * One batch read has all the properties of a page's records, so that those of
 * one record come from one moment.  A record whose updatedAt is not the one
 * seen before is read again until two answers agree.  One that is missing is
 * read again, too, and then asked for by itself: only a 404 says that it is
 * gone; anything else would be a hole in the list.
 */
#include "parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "endpoint.h"

#define CHANGES_MAX 5 /* readings of a record that keeps changing */
#define MISSES_MAX 3
#define AGAIN_MS 300

struct fill {
	struct call call;
	struct page *pg;
	int rounds;
	size_t hint;  /* cell that is likely next */
	size_t asked; /* cell that is asked for by itself */
};

static int batch_done(struct call *c, struct hs_err *e);

void
fill_free(struct page *pg)
{
	if (!pg->fill)
		return;
	call_free(&pg->fill->call);
	free(pg->fill);
	pg->fill = NULL;
}

static bool
wanted(const struct cell *c)
{
	return !c->filled && !c->gone && c->src->light;
}

static int
post_batch(struct fill *fl)
{
	struct page *pg = fl->pg;
	struct fetch *f = pg->f;
	struct call *c = &fl->call;
	const char *comma = "";
	int r;

	r = endpoint_url(
	    f->api, &c->url, AT_BATCH_READ, f->o->object->type, "");
	if (r == 0 && f->o->archived)
		r = hs_buf_puts(&c->url, "?archived=true");
	hs_buf_clear(&c->body);
	if (r == 0)
		r = hs_buf_add(&c->body, f->batch.data, f->batch.len);
	for (size_t i = 0; i < pg->n && r == 0; i++) {
		const struct hs_span id = pg->cell[i].item->id;

		if (!wanted(&pg->cell[i]))
			continue;
		r = hs_buf_printf(
		    &c->body, "%s{\"id\":\"%.*s\"}", comma, (int)id.len, id.p);
		comma = ",";
	}
	if (r < 0 || hs_buf_puts(&c->body, "]}") < 0)
		return hs_err_mem(f->e, "batch read");
	c->post = true;
	c->done = batch_done;
	c->failed = NULL;
	c->priority = 0;
	snprintf(c->what, sizeof c->what, "%.100s: properties for page %llu",
	    f->o->label, pg->number);
	session_post(f->api, c);
	return 0;
}

static struct cell *
find(struct fill *fl, struct hs_span id)
{
	struct page *pg = fl->pg;

	for (size_t k = 0; k < pg->n; k++) {
		size_t i = (fl->hint + k) % pg->n;

		if (!hs_span_eq(pg->cell[i].item->id, id))
			continue;
		fl->hint = i + 1;
		return &pg->cell[i];
	}
	return NULL;
}

static void
take(struct fill *fl, struct answer *l)
{
	for (size_t i = 0; i < l->n; i++) {
		const struct item *it = &l->item[i];
		struct cell *c = find(fl, it->id);

		/* One that nobody asked for, or the same one twice. */
		if (!c || !wanted(c))
			continue;
		c->batch = it->text;
		c->batch_lines = l->lines;
		c->filled = c->updated.len == 0 || it->updated.len == 0 ||
			    hs_span_eq(c->updated, it->updated) ||
			    fl->rounds >= CHANGES_MAX;
		c->updated = it->updated;
	}
}

static int
keep(struct page *pg, struct answer *l)
{
	struct answer **v =
	    reallocarray(pg->answers, pg->answers_n + 1, sizeof *v);

	if (!v)
		return hs_err_mem(pg->f->e, "batch read");
	pg->answers = v;
	pg->answers[pg->answers_n++] = l;
	return 0;
}

/* It is there by itself: the batch read has a hole. */
static int
one_done(struct call *c, struct hs_err *e)
{
	struct fill *fl = c->owner;
	struct hs_span id = fl->pg->cell[fl->asked].item->id;

	return hs_err_set(e, HS_PROTOCOL,
	    "%s: the batch read leaves out record %.*s, which exists",
	    fl->pg->f->o->label, (int)id.len, id.p);
}

static int go_on(struct fill *fl);

static int
one_failed(struct call *c, struct hs_err *e)
{
	struct fill *fl = c->owner;

	(void)e;
	return one_gone(fl->pg, fl->asked, c) ? go_on(fl) : -1;
}

/* Reads again what is not final, or ends. */
static int
go_on(struct fill *fl)
{
	struct page *pg = fl->pg;
	size_t changed = 0, missing = 0, first = 0;

	for (size_t i = pg->n; i-- > 0;) {
		if (!wanted(&pg->cell[i]))
			continue;
		if (pg->cell[i].batch.p) {
			changed++;
		} else {
			missing++;
			first = i;
		}
	}
	if (changed == 0 && missing == 0) {
		pg->pending--;
		fill_free(pg);
		return 0;
	}
	if (changed == 0 && fl->rounds >= MISSES_MAX) {
		fl->asked = first;
		fl->call.done = one_done;
		fl->call.failed = one_failed;
		return one_post(pg, first, &fl->call);
	}
	fl->call.delay_ms = missing > 0 ? AGAIN_MS : 0;
	return post_batch(fl);
}

static int
batch_done(struct call *c, struct hs_err *e)
{
	struct fill *fl = c->owner;
	struct answer *l = answer_read(&c->request.body, true, e);

	if (!l)
		return e->kind == HS_PROTOCOL ? 1 : -1;
	if (keep(fl->pg, l) < 0) {
		answer_free(l);
		return -1;
	}
	fl->rounds++;
	fl->pg->f->fill_bytes = l->body.len;
	take(fl, l);
	return go_on(fl);
}

int
fill_page(struct page *pg)
{
	struct fill *fl;
	bool any = false;

	for (size_t i = 0; i < pg->n; i++)
		any |= wanted(&pg->cell[i]);
	if (!any)
		return 0;
	fl = calloc(1, sizeof *fl);
	if (!fl)
		return hs_err_mem(pg->f->e, "batch read");
	pg->fill = fl;
	fl->pg = pg;
	fl->call.owner = fl;
	pg->pending++;
	return post_batch(fl);
}
