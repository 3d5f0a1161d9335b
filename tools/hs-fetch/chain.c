/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Pages of the list, one after another. */
#include "chain.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "changed.h"
#include "endpoint.h"
#include "scan.h"
#include "search.h"
#include "url.h"

void
chain_forget(struct chain *c)
{
	while (c->pages)
		answer_free(chain_shift(c));
}

void
chain_free(struct chain *c)
{
	chain_forget(c);
	call_free(&c->call);
	free(c->cursor);
	free(c);
}

static int
set_cursor(struct chain *c, char *text)
{
	struct cursor_form form;

	free(c->cursor);
	c->cursor = text;
	if (!text)
		return hs_err_mem(c->f->e, "cursor");
	c->numeric = cursor_read(hs_span_str(text), &form, &c->position);
	return 0;
}

int
chain_begin_at(struct chain *c, const char *cursor)
{
	return set_cursor(c, strdup(cursor));
}

/* The search for what changed. */
static int
make_search(struct chain *c)
{
	struct fetch *f = c->f;
	const struct list_options *o = f->o;
	const struct search s = {.type = o->object->type,
	    .since = o->since,
	    .last = c->cursor,
	    .properties = f->light ? SEARCH_ID : hs_buf_span(&f->search),
	    .limit = c->asked};

	c->call.post = c->call.search = true;
	c->call.mine = search_body(&c->call.body, &s, f->api->form.out);
	return hs_buf_check(&c->call.body, f->e, "search");
}

/* The body of a list that is a POST, whose cursors are offsets. */
static int
make_body(struct chain *c)
{
	struct fetch *f = c->f;
	uint64_t n;

	if (c->cursor && !seen_number(hs_span_str(c->cursor), &n))
		return hs_err_set(f->e, HS_PROTOCOL,
		    "%s: the cursor %.60s is no offset", f->o->label,
		    c->cursor);
	c->call.post = true;
	endpoint_list_body(&c->call.body, f->o->object->kind, c->asked,
	    c->cursor ? c->cursor : "0");
	return hs_buf_check(&c->call.body, f->e, "request");
}

static int
make_url(struct chain *c)
{
	struct fetch *f = c->f;
	struct hs_buf *url = &c->call.url;

	c->asked = f->list_size.now;
	if (f->o->limit > 0 && f->o->limit - f->accepted < c->asked)
		c->asked = (unsigned)(f->o->limit - f->accepted);
	c->light = f->light;
	hs_buf_clear(url);
	hs_buf_put(url, hs_buf_span(f->light ? &f->light_url : &f->url));
	if (changed_searches(f->o))
		return make_search(c);
	if (f->o->object->kind->post)
		return make_body(c);
	if (c->asked > 0) {
		url_next(url);
		hs_buf_printf(url, "limit=%u", c->asked);
	}
	if (c->cursor) {
		url_next(url);
		hs_buf_puts(url, "after=");
		url_escape(url, c->cursor);
	}
	return hs_buf_check(url, f->e, "URL");
}

/* The page failed too often: asks for less of it. */
static bool
ask_less(struct call *call)
{
	struct chain *c = call->owner;

	return size_failed(&c->f->list_size, c->asked) && make_url(c) == 0;
}

static int
remake(struct call *call)
{
	return make_url(call->owner);
}

struct chain *
chain_new(struct fetch *f, chain_event *done, chain_event *failed)
{
	struct chain *c = calloc(1, sizeof *c);

	if (!c) {
		hs_err_mem(f->e, "list");
		return NULL;
	}
	c->f = f;
	c->call.owner = c;
	c->call.done = done;
	c->call.failed = failed;
	c->call.ask_less = ask_less;
	c->call.remake = remake;
	return c;
}

int
chain_post(struct chain *c)
{
	if (make_url(c) < 0)
		return -1;
	/* The cursor whole or not at all: a part of a token that it happens
	 * to hold could not be made out. */
	snprintf(c->call.what, sizeof c->call.what, "%.100s, from %s%.60s",
	    c->f->o->label, c->cursor ? "cursor " : "the start",
	    c->cursor && strlen(c->cursor) <= 60 ? c->cursor : "");
	session_post(c->f->api, &c->call);
	return 0;
}

/* The cursor that a page names, its JSON escapes undone. */
static char *
cursor_text(const struct answer *l)
{
	char *s = calloc(1, l->after.len + 1);

	if (s)
		s[hs_scan_decode(l->after, s, NULL)] = '\0';
	return s;
}

int
chain_take(struct chain *c, struct answer *l)
{
	l->requested = c->cursor;
	c->cursor = NULL;
	if (c->tail)
		c->tail->next = l;
	else
		c->pages = l;
	c->tail = l;
	c->held++;
	c->read += l->n;
	c->started = true;
	c->ended = !l->more;
	if (l->n > 0)
		c->last = l->item[l->n - 1].number;
	return l->more ? set_cursor(c, cursor_text(l)) : 0;
}

void
chain_untake(struct chain *c)
{
	struct answer **at = &c->pages, *l = c->tail;

	c->tail = NULL;
	for (; *at != l; at = &(*at)->next)
		c->tail = *at;
	*at = NULL;
	c->held--;
	c->read -= l->n;
	c->ended = false;
	free(c->cursor);
	c->cursor = NULL;
	if (l->requested)
		set_cursor(c, l->requested);
	l->requested = NULL;
	answer_free(l);
	l = c->tail;
	c->last = l && l->n > 0 ? l->item[l->n - 1].number : 0;
}

size_t
chain_longest(const struct fetch *f)
{
	size_t jobs = (size_t)f->api->options.jobs;
	size_t n = HELD_BYTES / (jobs * (f->page_bytes + 1));

	return n < CHAIN_LENGTH_MIN   ? CHAIN_LENGTH_MIN
	       : n > CHAIN_LENGTH_MAX ? CHAIN_LENGTH_MAX
				      : n;
}

unsigned
chain_hold(const struct fetch *f)
{
	return (unsigned)(2 * chain_longest(f));
}

bool
chain_is_active(const struct chain *c)
{
	return !c->ended && !c->joined &&
	       (c == c->f->chains || c->held < chain_hold(c->f));
}

uint64_t
chain_span(uint64_t distance, uint64_t records, unsigned limit)
{
	uint64_t each = distance / records, rest = distance % records;

	if (each > CHAIN_SPAN_MAX / limit)
		return CHAIN_SPAN_MAX;
	return each * limit + rest * limit / records;
}

struct answer *
chain_shift(struct chain *c)
{
	struct answer *l = c->pages;

	c->pages = l->next;
	if (!c->pages)
		c->tail = NULL;
	c->held--;
	return l;
}
