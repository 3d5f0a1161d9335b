/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/*
 * The properties of records that were listed without them.
 *
 * One batch read has all the properties of its records, so that those of one
 * record come from one moment.  A record whose updatedAt is not the one seen
 * before is read again until two answers agree.  One that is missing is gone
 * if the answer says so.  Otherwise it is read again, too, and then asked for
 * alone: a 404, or another record into which it was merged, says that it
 * is gone; anything else would be a hole in the list.
 */
#include "parts.h"

#include <stdio.h>
#include <stdlib.h>

#include "endpoint.h"
#include "grow.h"

#define CHANGES_MAX 5 /* readings of a record that keeps changing */
#define MISSES_MAX 3
#define AGAIN_MS 300
#define ROOM_BYTES (HELD_BYTES / 8 * 3) /* for all pages but the first */

/* A page is read in one batch, or, where that fails, in several: one for the
 * cells from `from` to before `to`, then for those behind. */
struct fill {
	struct call call;
	struct page *pg;
	struct hs_index by_id; /* of the cells */
	size_t from, to;
	unsigned inputs; /* of the request that is under way */
	int rounds;
	size_t asked; /* cell that is asked for alone */
	bool waiting; /* for room */
};

static int batch_done(struct call *c, struct hs_err *e);

void
fill_free(struct page *pg)
{
	if (!pg->fill)
		return;
	call_free(&pg->fill->call);
	hs_index_free(&pg->fill->by_id);
	free(pg->fill);
	pg->fill = NULL;
}

static bool
wanted(const struct cell *c)
{
	return !c->filled && !c->gone && c->src->light;
}

/* Has the batch end behind so many cells that are wanted. */
static void
set_end(struct fill *fl, size_t most)
{
	const struct page *pg = fl->pg;

	fl->to = fl->from;
	while (fl->to < pg->n && most > 0)
		most -= wanted(&pg->cell[fl->to++]);
}

static int
make_body(struct fill *fl)
{
	struct page *pg = fl->pg;
	struct hs_buf *body = &fl->call.body;

	fl->inputs = 0;
	fl->call.mine = pg->f->o->history.n > 0 ? 0 : FORM_HISTORY;
	hs_buf_clear(body);
	hs_buf_put(body, hs_buf_span(&pg->f->batch));
	if (fl->call.mine & ~pg->f->api->form.out)
		hs_buf_puts(body, "\"propertiesWithHistory\":[],");
	hs_buf_puts(body, "\"inputs\":[");
	for (size_t i = fl->from; i < fl->to; i++) {
		if (!wanted(&pg->cell[i]))
			continue;
		hs_buf_puts(
		    body, fl->inputs++ > 0 ? ",{\"id\":\"" : "{\"id\":\"");
		hs_buf_put(body, pg->cell[i].item->id);
		hs_buf_puts(body, "\"}");
	}
	hs_buf_puts(body, "]}");
	return hs_buf_check(body, pg->f->e, "batch read");
}

static int
remake(struct call *c)
{
	return make_body(c->owner);
}

static bool
ask_less(struct call *c)
{
	struct fill *fl = c->owner;
	struct size *size = &fl->pg->f->batch_size;

	if (!size_failed(size, fl->inputs))
		return false;
	set_end(fl, size->now);
	return make_body(fl) == 0;
}

static int
post_batch(struct fill *fl)
{
	struct page *pg = fl->pg;
	struct fetch *f = pg->f;
	struct call *c = &fl->call;

	endpoint_url(f->api, &c->url, AT_BATCH_READ, f->o->object->type, "");
	if (f->o->archived)
		hs_buf_puts(&c->url, "?archived=true");
	if (hs_buf_check(&c->url, f->e, "batch read") < 0 || make_body(fl) < 0)
		return -1;
	c->post = true;
	c->done = batch_done;
	c->failed = NULL;
	c->ask_less = ask_less;
	c->remake = remake;
	c->priority = 0;
	snprintf(c->what, sizeof c->what, "%.100s: properties for page %llu",
	    f->o->label, pg->number);
	session_post(f->api, c);
	return 0;
}

/* The cell of an id that was asked for and that no answer had yet. */
static struct cell *
find(struct fill *fl, struct hs_span id)
{
	uint64_t h = hs_hash(id);
	size_t at, step = 0;

	while ((at = hs_index_next(&fl->by_id, h, &step)) != HS_INDEX_NONE) {
		struct cell *c = &fl->pg->cell[at];

		if (at >= fl->from && at < fl->to && wanted(c) &&
		    hs_span_eq(c->item->id, id))
			return c;
	}
	return NULL;
}

static void
take(struct fill *fl, struct answer *l)
{
	for (size_t i = 0; i < l->n; i++) {
		const struct item *it = &l->item[i];
		struct cell *c = find(fl, it->id);

		/* It was not asked for, or comes twice. */
		if (!c)
			continue;
		c->batch = it->text;
		c->batch_lines = l->lines;
		c->filled = c->updated.len == 0 || it->updated.len == 0 ||
			    hs_span_eq(c->updated, it->updated) ||
			    fl->rounds >= CHANGES_MAX;
		c->updated = it->updated;
	}
}

/* Leaves out the records that an error of the answer says are not there. */
static void
take_error(struct fill *fl, struct hs_span error)
{
	struct hs_span category, ids, id;
	struct hs_scan s;

	if (hs_scan_path(error, "category", &category) <= 0 ||
	    !hs_span_is(category, "\"OBJECT_NOT_FOUND\"") ||
	    hs_scan_path(error, "context.ids", &ids) <= 0 || *ids.p != '[')
		return;
	hs_scan_init(&s, ids);
	hs_scan_enter(&s, '[');
	while (hs_scan_element(&s) > 0 && hs_scan_value(&s, &id) == 0) {
		struct cell *c = answer_id(id, &id) ? find(fl, id) : NULL;

		if (c && !c->batch.p)
			one_drop(fl->pg, (size_t)(c - fl->pg->cell));
	}
}

static void
take_errors(struct fill *fl, struct hs_span errors)
{
	struct hs_span error;
	struct hs_scan s;

	if (!errors.p || *errors.p != '[')
		return;
	hs_scan_init(&s, errors);
	hs_scan_enter(&s, '[');
	while (hs_scan_element(&s) > 0 && hs_scan_value(&s, &error) == 0)
		take_error(fl, error);
}

static int
keep(struct page *pg, struct answer *l)
{
	if (HS_GROW(pg->answers, pg->answers_n, pg->answers_cap) < 0)
		return hs_err_mem(pg->f->e, "batch read");
	pg->answers[pg->answers_n++] = l;
	return 0;
}

static int go_on(struct fill *fl);

/* The record is there: the batch read has a hole, unless it is another one. */
static int
one_done(struct call *c, struct hs_err *e)
{
	struct fill *fl = c->owner;
	struct hs_span id = fl->pg->cell[fl->asked].item->id;
	int r = one_merged(fl->pg, fl->asked, c);

	if (r > 0)
		return go_on(fl);
	if (r < 0) {
		hs_err_set(e, HS_PROTOCOL, "the answer is no record");
		return 1;
	}
	return hs_err_set(e, HS_PROTOCOL,
	    "%s: the batch read leaves out record %.*s, which exists",
	    fl->pg->f->o->label, (int)id.len, id.p);
}

static int
one_failed(struct call *c, struct hs_err *e)
{
	struct fill *fl = c->owner;

	(void)e;
	return one_gone(fl->pg, fl->asked, c) ? go_on(fl) : -1;
}

/* Begins a batch where the one before ended. */
static int
next_batch(struct fill *fl)
{
	fl->from = fl->to;
	fl->rounds = 0;
	set_end(fl, fl->pg->f->batch_size.now);
	return post_batch(fl);
}

/* Reads again what is not final; then what lies behind, or ends. */
static int
go_on(struct fill *fl)
{
	struct page *pg = fl->pg;
	size_t changed = 0, missing = 0, first = 0;
	bool more = false;

	for (size_t i = fl->to; i-- > fl->from;) {
		if (!wanted(&pg->cell[i]))
			continue;
		if (pg->cell[i].batch.p) {
			changed++;
		} else {
			missing++;
			first = i;
		}
	}
	if (changed == 0 && missing > 0 && fl->rounds >= MISSES_MAX) {
		fl->asked = first;
		fl->call.done = one_done;
		fl->call.failed = one_failed;
		fl->call.ask_less = NULL;
		return one_post(pg, first, NULL, &fl->call);
	}
	if (changed > 0 || missing > 0) {
		fl->call.delay_ms = missing > 0 ? AGAIN_MS : 0;
		return post_batch(fl);
	}
	for (size_t i = fl->to; i < pg->n; i++)
		more = more || wanted(&pg->cell[i]);
	if (more)
		return next_batch(fl);
	pg->pending--;
	fill_free(pg);
	return 0;
}

static int
batch_done(struct call *c, struct hs_err *e)
{
	struct fill *fl = c->owner;
	struct answer *l = answer_read(&c->request.body, ANSWER_IDS, e);

	if (!l)
		return e->kind == HS_PROTOCOL ? 1 : -1;
	if (keep(fl->pg, l) < 0) {
		answer_free(l);
		return -1;
	}
	fl->rounds++;
	fl->pg->f->fill_bytes = l->body.len;
	size_went_well(&fl->pg->f->batch_size, fl->inputs);
	take(fl, l);
	take_errors(fl, l->errors);
	return go_on(fl);
}

/* What a page's properties take: as before, or about what their names do. */
static size_t
usual_bytes(const struct fetch *f)
{
	return f->fill_bytes > 0 ? f->fill_bytes
				 : f->batch.len * f->batch_size.now / 2 * 3;
}

/* Begins, unless other pages have the room already. */
static int
begin(struct fill *fl)
{
	struct page *pg = fl->pg;
	struct fetch *f = pg->f;

	fl->waiting = pg != f->pages && f->filled * usual_bytes(f) > ROOM_BYTES;
	if (fl->waiting)
		return 0;
	pg->filled = true;
	f->filled++;
	return next_batch(fl);
}

int
fill_go_on(struct page *pg)
{
	return pg->fill && pg->fill->waiting ? begin(pg->fill) : 0;
}

int
fill_page(struct page *pg)
{
	bool any = false;

	for (size_t i = 0; i < pg->n; i++)
		any = any || wanted(&pg->cell[i]);
	if (!any)
		return 0;
	struct fill *fl = calloc(1, sizeof *fl);
	if (!fl)
		return hs_err_mem(pg->f->e, "batch read");
	pg->fill = fl;
	fl->pg = pg;
	fl->call.owner = fl;
	for (size_t i = 0; i < pg->n; i++)
		if (hs_index_add(&fl->by_id, hs_hash(pg->cell[i].item->id), i) <
		    0)
			return hs_err_mem(pg->f->e, "batch read");
	pg->pending++;
	return begin(fl);
}
