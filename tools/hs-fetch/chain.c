/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Reading the list: its chains and their calls. */
#include "chain.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scan.h"

static int page_done(struct hs_call *c, struct hs_err *e);
static int page_failed(struct hs_call *c, struct hs_err *e);

bool
chain_reading(const struct chain *c)
{
	return c->call->state != HS_CALL_IDLE;
}

struct chain *
chain_new(struct fetch *f)
{
	struct chain *c = calloc(1, sizeof(*c));
	struct hs_call *call = calloc(1, sizeof(*call));

	if (c == NULL || call == NULL) {
		free(c);
		free(call);
		hs_err_mem(f->e, "list");
		return NULL;
	}
	c->f = f;
	c->call = call;
	call->owner = c;
	call->done = page_done;
	call->failed = page_failed;
	call->ready = chain_foresee;
	return c;
}

static void
free_pages(struct chain *c)
{
	while (c->pages != NULL) {
		struct hs_listed *l = c->pages;

		c->pages = l->next;
		hs_listed_free(l);
	}
	c->tail = NULL;
	c->held = 0;
}

void
chain_delete(struct chain *c)
{
	if (c->ahead != NULL)
		chain_delete(c->ahead);
	free_pages(c);
	hs_call_free(c->call);
	free(c->call);
	free(c->cursor);
	free(c);
}

void
chain_count_held(struct fetch *f)
{
	f->held = 0;
	for (struct chain *c = f->chains; c != NULL; c = c->next)
		for (struct hs_listed *l = c->pages; l != NULL; l = l->next)
			f->held += l->body.cap;
}

void
chain_drop(struct fetch *f, struct chain *c)
{
	hs_crm_unpost(f->crm, c->call);
	hs_crm_unfollow(f->crm, c->call);
	if (!chain_reading(c)) {
		chain_delete(c);
		return;
	}
	free_pages(c);
	c->dropped = true;
	c->next = f->dropped;
	f->dropped = c;
}

void
chain_drop_behind(struct fetch *f, struct chain *c)
{
	struct chain *d = c->next, *next;

	c->next = NULL;
	c->joined = false;
	for (; d != NULL; d = next) {
		next = d->next;
		chain_drop(f, d);
	}
	chain_count_held(f);
}

static void
forget_dropped(struct fetch *f, struct chain *c)
{
	struct chain **at = &f->dropped;

	while (*at != c)
		at = &(*at)->next;
	*at = c->next;
	/* It may have been sent all the same. */
	if (c->ahead != NULL)
		chain_drop(f, c->ahead);
	c->ahead = NULL;
	chain_delete(c);
}

void
chain_distrust(struct fetch *f, struct chain *c)
{
	chain_drop_behind(f, c);
	f->distrust++;
	f->proof = 0;
	f->end_known = false;
}

/* The cursor as a string, its JSON escapes undone. */
static char *
cursor_text(const struct hs_listed *l)
{
	char *s = calloc(1, l->after.len + 1);

	if (s != NULL)
		s[hs_scan_decode(l->after, s, NULL)] = '\0';
	return s;
}

static int
append(struct chain *c, struct hs_listed *l)
{
	l->requested = c->cursor;
	c->cursor = NULL;
	c->ended = !l->more;
	if (l->more) {
		c->cursor = cursor_text(l);
		if (c->cursor == NULL) {
			hs_listed_free(l);
			return hs_err_mem(c->f->e, "cursor");
		}
		c->position = l->after_number;
	}
	if (c->tail != NULL)
		c->tail->next = l;
	else
		c->pages = l;
	c->tail = l;
	c->held++;
	c->started = true;
	return 0;
}

static int
page_done(struct hs_call *call, struct hs_err *e)
{
	struct chain *c = call->owner, *ahead;
	struct fetch *f = c->f;
	struct hs_listed *l;
	int r;

	if (c->dropped) {
		forget_dropped(f, c);
		return 0;
	}
	ahead = chain_take_ahead(c);
	l = hs_listed_read(
	    &call->request.body, f->o->object->records, e);
	if (l == NULL) {
		if (ahead != NULL)
			chain_drop(f, ahead);
		return e->kind == HS_PROTOCOL ? 1 : -1;
	}
	l->light = c->light;
	f->round_trip = call->request.ended - call->request.began;
	l->lawful = chain_lawful(c, l);
	if (c != f->chains && !l->lawful) {
		struct chain *before = f->chains;

		hs_listed_free(l);
		while (before->next != c)
			before = before->next;
		chain_distrust(f, before);
		return chain_go_on(f);
	}
	if (l->lawful && !c->started && l->n > 0)
		c->first = l->item[0].number;
	if (c == f->chains)
		f->proof = l->lawful ? f->proof + 1 : 0;
	chain_learn(f, l);
	r = append(c, l);
	chain_catch_up(c, ahead);
	return r < 0 || chain_accept(f) < 0 || chain_go_on(f) < 0 ? -1 : 0;
}

static int
page_failed(struct hs_call *call, struct hs_err *e)
{
	struct chain *c = call->owner, *before = c->f->chains;
	struct fetch *f = c->f;

	if (c->dropped) {
		forget_dropped(f, c);
		return 0;
	}
	/* The URL was too long after all: read the properties in batches. */
	if (call->request.result == HS_HTTP_ANSWERED &&
	    call->request.status == 414 && !f->light && f->o->some_properties) {
		f->light = true;
		return chain_post(c);
	}
	if (c == f->chains)
		return -1;
	(void)e;
	while (before->next != c)
		before = before->next;
	chain_distrust(f, before);
	f->distrust = DISTRUST;
	return chain_go_on(f);
}

static bool
may_read(const struct fetch *f, const struct chain *c)
{
	const struct chain *b = c->next;

	if (chain_reading(c) || c->ended || c->joined)
		return false;
	if (c != f->chains &&
	    (c->held >= 2 * chain_stretch(f) || f->held > 2 * HELD_BYTES))
		return false;
	/* Past the next chain's guess only when what it found is known. */
	return b == NULL || b->started || !c->started || c->position < b->guess;
}

int
chain_go_on(struct fetch *f)
{
	int priority = 10;

	if (f->done)
		return 0;
	if (chain_add(f) < 0)
		return -1;
	for (struct chain *c = f->chains; c != NULL; c = c->next) {
		c->call->priority = priority++;
		if (pages_full(f))
			break;
		if (may_read(f, c) && chain_post(c) < 0)
			return -1;
	}
	chain_look_ahead(f->chains);
	return 0;
}

int
chain_begin(struct fetch *f, const char *after)
{
	f->chains = chain_new(f);
	if (f->chains == NULL)
		return -1;
	if (after != NULL) {
		f->chains->cursor = strdup(after);
		if (f->chains->cursor == NULL)
			return hs_err_mem(f->e, "cursor");
		hs_seen_number(hs_span_str(after), &f->chains->position);
	}
	return chain_go_on(f);
}

void
chain_free(struct fetch *f)
{
	while (f->chains != NULL) {
		struct chain *c = f->chains;

		f->chains = c->next;
		chain_delete(c);
	}
	while (f->dropped != NULL)
		forget_dropped(f, f->dropped);
}
