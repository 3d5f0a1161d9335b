/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Chains of pages: where they begin and meet, and what is certain then. */
#include "stride.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "changed.h"
#include "clock.h"
#include "guess.h"
#include "mark.h"
#include "meet.h"
#include "pages.h"
#include "part.h"
#include "shape.h"

/* Below this round trip one chain is as fast as the rate limit lets any. */
#define NEAR_NS INT64_C(20000000)
/* About what a partial association takes until all of it is read. */
#define PARTIAL_BYTES 300

static int page_done(struct call *call, struct hs_err *e);
static int page_failed(struct call *call, struct hs_err *e);

/* Reads the page's cursor as a number, its JSON escapes undone. */
static void
read_cursor(struct fetch *f, struct answer *l)
{
	char text[64];
	struct cursor_form form;

	if (!l->more || l->after.len >= sizeof text)
		return;
	struct hs_span s = hs_span(text, hs_scan_decode(l->after, text, NULL));
	l->after_numeric = cursor_read(s, &form, &l->after_number);
	if (l->after_numeric)
		f->form = form;
}

/* Whether the page is of the kind that stride.h describes. */
static bool
is_regular(const struct chain *c, const struct answer *l)
{
	uint64_t last = c->last;

	if (l->extra.len > 0 || (l->more && l->n != c->asked))
		return false;
	for (size_t i = 0; i < l->n; i++) {
		if (!l->item[i].numeric || l->item[i].number <= last)
			return false;
		last = l->item[i].number;
	}
	if (l->n > 0 && c->cursor) {
		uint64_t first = l->item[0].number;

		if (!c->numeric || first < c->position)
			return false;
		/* Read again, a guess has to lead to the same place. */
		if (c->guess && c->position == c->guess && c->started &&
		    first != c->first)
			return false;
	}
	return !l->more || (l->after_numeric && l->after_number >= last);
}

/* What the page tells about ids and cursors. */
static void
learn(struct fetch *f, struct chain *c, const struct answer *l)
{
	f->page_bytes = l->body.len + l->partials * PARTIAL_BYTES;
	if (!l->regular || l->n == 0)
		return;
	uint64_t first = l->item[0].number, last = l->item[l->n - 1].number;

	if (!c->started)
		c->first = first;
	if (l->n > 1 && f->limit > 0) {
		uint64_t span = chain_span(last - first, l->n - 1, f->limit);

		if (!c->started && f->by_part && c != f->chains)
			part_found(meet_before(f, c), c, span);
		c->span = span;
	}
	if (c->cursor && first == c->position)
		f->sense = CURSOR_FROM;
	else if (c->cursor && c->last > 0 && c->position == c->last)
		f->sense = CURSOR_BEYOND;
}

/* Reads the answer; of another shape, makes a page of it first. */
static struct answer *
read_page(struct chain *c, struct hs_err *e)
{
	const struct list_options *o = c->f->o;
	const struct hs_object_kind *kind = o->object->kind;
	const char *results = o->results ? o->results : kind->results;
	struct hs_buf *body = &c->call.request.body;

	if (results && shape_page(body, kind, results, !c->cursor, e) < 0) {
		if (e->kind != HS_PROTOCOL)
			hs_err_at(e, "%s", o->label);
		return NULL;
	}
	struct answer *l = answer_read(body,
	    (o->object->records ? ANSWER_IDS : 0) |
		(o->labels ? ANSWER_LABELS : 0),
	    e);
	if (l && changed_searches(o) && changed_page(l, o, e) < 0) {
		answer_free(l);
		return NULL;
	}
	return l;
}

static int
page_done(struct call *call, struct hs_err *e)
{
	struct chain *c = call->owner;
	struct fetch *f = c->f;

	if (c->dropped) {
		meet_bury(f, c);
		return 0;
	}
	struct answer *l = read_page(c, e);
	if (!l)
		return e->kind == HS_PROTOCOL ? 1 : -1;
	size_went_well(&f->list_size, c->asked);
	f->round_trip = call->request.ended - call->request.began;
	l->light = c->light;
	read_cursor(f, l);
	l->regular = is_regular(c, l);
	if (c != f->chains && !l->regular) {
		answer_free(l);
		f->p->wasted++;
		meet_distrust(f, meet_before(f, c));
		return stride_go_on(f);
	}
	learn(f, c, l);
	if (c == f->chains)
		f->proof = l->regular ? f->proof + 1 : 0;
	return chain_take(c, l) < 0 || meet_accept(f) < 0 || stride_go_on(f) < 0
		   ? -1
		   : 0;
}

/* Says once how the list is read, and why not otherwise. */
static void
note(struct fetch *f, const char *how)
{
	const struct session_options *o = &f->api->options;
	char text[200];

	if (f->noted || !o->note)
		return;
	f->noted = true;
	snprintf(text, sizeof text, "%.100s: %s", f->o->label, how);
	o->note(o->user, text);
}

/* Whether the list may be asked for in pages of the API's own size. */
static bool
may_go_without_limit(const struct chain *c)
{
	const struct hs_object *o = c->f->o->object;

	return c == c->f->chains && !c->started && c->asked > 0 &&
	       !o->records && !o->kind->post && o->limit == 0;
}

static int
page_failed(struct call *call, struct hs_err *e)
{
	struct chain *c = call->owner;
	struct fetch *f = c->f;
	const struct request *r = &call->request;

	(void)e;
	if (c->dropped) {
		meet_bury(f, c);
		return 0;
	}
	/* The URL was too long after all: read the properties in batches. */
	if (r->result == HTTP_ANSWERED && r->status == 414 && !f->light &&
	    f->o->some_properties) {
		f->light = true;
		return chain_post(c);
	}
	/* Not every list takes a limit, or this one. */
	if (r->result == HTTP_ANSWERED && r->status == 400 &&
	    may_go_without_limit(c)) {
		note(f, "read page by page: it refuses limit");
		f->limit = 0;
		size_start(&f->list_size, 0);
		return chain_post(c);
	}
	if (c == f->chains)
		return -1;
	meet_distrust(f, meet_before(f, c));
	f->distrust = DISTRUST_MAX;
	return stride_go_on(f);
}

static bool
may_read(const struct fetch *f, const struct chain *c)
{
	const struct chain *b = c->next;

	if (call_pending(&c->call) || c->ended || c->joined)
		return false;
	if (c != f->chains &&
	    (c->held >= chain_hold(f) || f->held > 2 * HELD_BYTES))
		return false;
	/* Do not read past the next chain's start before its first page is
	 * here. */
	return !b || b->started || !c->started || c->position < b->guess;
}

/* Has the search tell the list's range; it leaves archived records out.
 * Without an answer the list is read all the same. */
static void
ask_range(struct fetch *f)
{
	if (f->o->object->records && !f->o->archived && !f->o->range->asked)
		(void)lookup_range_post(
		    f->api, f->o->range, f->o->object->type);
}

/* Whether several places at once are asked for and possible. */
static bool
may_stride(const struct fetch *f)
{
	return f->api->options.jobs > 1 && f->o->limit == 0 && f->limit > 0 &&
	       !f->o->object->kind->post && !changed_searches(f->o);
}

/* Whether reading in several places is worth it, and what it relies on has
 * been seen. */
static bool
may_guess(struct fetch *f)
{
	struct lookup_range *range = f->o->range;

	if (!may_stride(f) || f->round_trip <= NEAR_NS || !f->chains->started ||
	    f->chains->ended)
		return false;
	if (f->distrust >= DISTRUST_MAX) {
		note(f, "read page by page: it changes while it is read");
		return false;
	}
	if (f->proof == 0) {
		note(f, "read page by page: its ids do not ascend, its pages "
			"are not full, or its cursors are no numbers");
		return false;
	}
	ask_range(f);
	return !call_pending(&range->call);
}

static int
add_chain(struct fetch *f, const struct place *at)
{
	struct chain *c = chain_new(f, page_done, page_failed);
	char *text = c ? cursor_write(f->form, at->number) : NULL;

	if (!text || chain_begin_at(c, text) < 0) {
		free(text);
		if (c)
			chain_free(c);
		return hs_err_mem(f->e, "cursor");
	}
	free(text);
	c->guess = c->position = at->number;
	c->sure = at->sure;
	c->rank = at->rank;
	c->exact = at->exact;
	c->from_rear = at->from_rear;
	c->span = at->span;
	c->next = at->behind->next;
	at->behind->next = c;
	note(f, "read in several places at once");
	return 0;
}

static int
add_chains(struct fetch *f)
{
	struct place at;

	if (!may_guess(f))
		return 0;
	guess_ask(f);
	/* Base64 of a number may be a coincidence once. */
	if (f->proof < 2 && (!f->o->range->known || f->form.base64))
		return 0;
	while (guess_next(f, &at))
		if (add_chain(f, &at) < 0)
			return -1;
	return 0;
}

int
stride_go_on(struct fetch *f)
{
	int priority = 10;

	if (f->done)
		return 0;
	if (add_chains(f) < 0)
		return -1;
	for (struct chain *c = f->chains; c; c = c->next) {
		c->call.priority = priority++;
		if (pages_full(f))
			break;
		if (!may_read(f, c))
			continue;
		f->p->guesses += c->guess && !c->started;
		if (chain_post(c) < 0)
			return -1;
	}
	return 0;
}

int
stride_begin(struct fetch *f, const char *after)
{
	f->chains = chain_new(f, page_done, page_failed);
	if (!f->chains || (after && chain_begin_at(f->chains, after) < 0))
		return -1;
	f->chains->rank = f->o->records;
	f->chains->exact = true;
	f->began = hs_now();
	/* Where answers take long, or may, before the list is known to have
	 * more than one page. */
	if (may_stride(f) &&
	    (f->api->round_trip == 0 || f->api->round_trip > MARK_FAR_NS))
		ask_range(f);
	return stride_go_on(f);
}

void
stride_free(struct fetch *f)
{
	struct chain *c;

	while ((c = f->chains)) {
		f->chains = c->next;
		chain_free(c);
	}
	while (f->dropped)
		meet_bury(f, f->dropped);
	mark_free(f);
}
