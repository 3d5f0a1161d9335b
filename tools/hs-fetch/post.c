/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Asking for a chain's next page: in its turn, or ahead. */
#include "chain.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Makes the page's URL up to the cursor. */
static int
start_url(struct chain *c)
{
	struct fetch *f = c->f;
	struct hs_buf *url = &c->call->url, *base;
	unsigned long long n = f->limit;

	if (f->o->limit > 0 && f->o->limit - f->accepted < n)
		n = f->o->limit - f->accepted;
	c->light = f->light;
	base = f->light ? &f->light_url : &f->url;
	hs_buf_clear(url);
	if (hs_buf_add(url, base->data, base->len) < 0)
		return -1;
	return f->limit > 0 ? hs_buf_printf(url, "&limit=%llu", n) : 0;
}

static int
end_url(struct chain *c)
{
	struct hs_buf *url = &c->call->url;

	if (c->cursor == NULL)
		return 0;
	if (hs_buf_puts(url, c->f->limit > 0 ? "&after=" : "?after=") < 0)
		return -1;
	return hs_http_escape(url, c->cursor);
}

/* Whole or not at all: a part of a token can't be made out. */
static void
name_call(struct chain *c)
{
	snprintf(c->call->what, sizeof(c->call->what), "%.100s, from %s%.60s",
	    c->f->o->label, c->cursor ? "cursor " : "the start",
	    c->cursor && strlen(c->cursor) <= 60 ? c->cursor : "");
}

int
chain_post(struct chain *c)
{
	if (start_url(c) < 0 || end_url(c) < 0)
		return hs_err_mem(c->f->e, "URL");
	name_call(c);
	hs_crm_post(c->f->crm, c->call);
	return 0;
}

void
chain_look_ahead(struct chain *c)
{
	struct fetch *f = c->f;
	struct chain *d = c->ahead;

	if (f->chains->next != NULL || c->ended ||
	    f->round_trip > CHAIN_NEAR_NS || f->o->limit > 0 || f->light ||
	    c->call->state != HS_CALL_SENT || pages_full(f))
		return;
	if (d == NULL)
		d = chain_new(f);
	if (d == NULL || d->call->state != HS_CALL_IDLE)
		return;
	d->call->priority = c->call->priority;
	c->ahead = d;
	if (start_url(d) == 0)
		hs_crm_follow(f->crm, c->call, d->call);
}

bool
chain_foresee(struct hs_call *call, struct hs_span answer)
{
	struct chain *d = call->owner;
	struct hs_span after = hs_listed_peek(answer);

	if (after.len == 0)
		return false;
	free(d->cursor);
	d->cursor = strndup(after.p, after.len);
	return d->cursor != NULL && end_url(d) == 0;
}

void
chain_catch_up(struct chain *c, struct chain *ahead)
{
	struct hs_call *call = c->call;

	if (ahead == NULL)
		return;
	if (c->next == NULL && c->cursor != NULL &&
	    strcmp(c->cursor, ahead->cursor) == 0) {
		c->call = ahead->call;
		c->call->owner = c;
		c->light = ahead->light;
		c->ahead = ahead->ahead;
		ahead->ahead = NULL;
		ahead->call = call;
		call->owner = ahead;
	}
	chain_drop(c->f, ahead);
}

struct chain *
chain_take_ahead(struct chain *c)
{
	struct chain *d = c->ahead;

	if (d == NULL || !chain_reading(d))
		return NULL;
	c->ahead = NULL;
	name_call(d);
	chain_look_ahead(d);
	return d;
}
