/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Places of the list that the search names. */
#include "mark.h"

#include <inttypes.h>
#include <stdio.h>

#include "ask.h"
#include "endpoint.h"
#include "search.h"

#define REACH 10000   /* records that a search can give */
#define ONE 100	      /* records of a mark: they tell how ids lie there */
#define SHARE 28      /* pages of the list for each mark, at least */
#define PAGES_MIN 144 /* of a list that is worth any */

static bool
is_free(const struct mark *m)
{
	return !call_pending(&m->call) && m->id == 0;
}

int
mark_pending(const struct fetch *f)
{
	int n = 0;

	for (int i = 0; i < MARKS; i++)
		n += !is_free(&f->mark[i]);
	return n;
}

unsigned long long
mark_between(
    const struct fetch *f, unsigned long long begin, unsigned long long end)
{
	for (int i = 0; i < MARKS; i++) {
		const struct mark *m = &f->mark[i];

		if (!is_free(m) && m->rank > begin && m->rank < end)
			end = m->rank;
	}
	return end;
}

bool
mark_help(const struct fetch *f)
{
	return f->o->range->known && !f->marks_refused &&
	       f->o->range->total / f->limit >= PAGES_MIN;
}

bool
mark_idle(const struct fetch *f)
{
	return mark_help(f) && mark_pending(f) < MARKS &&
	       f->marks < f->o->range->total / f->limit / SHARE;
}

/* The record that lies first, and what a page of limit records takes there. */
static void
read_mark(struct mark *m, const cJSON *results, unsigned limit)
{
	int n = cJSON_GetArraySize(results);
	uint64_t first, last;

	if (n < 2 ||
	    !seen_number(hs_span_str(ask_text(results->child, "id")), &first) ||
	    !seen_number(
		hs_span_str(ask_text(results->child->prev, "id")), &last) ||
	    first == last)
		return;
	m->id = first < last ? first : last;
	m->span = chain_span(
	    first < last ? last - first : first - last, (uint64_t)n - 1, limit);
}

static int
mark_done(struct call *call, struct hs_err *e)
{
	struct mark *m = call->owner;
	struct fetch *f = m->f;
	cJSON *j = ask_read(&call->request.body, e);

	read_mark(m, cJSON_GetObjectItemCaseSensitive(j, "results"), f->limit);
	cJSON_Delete(j);
	f->marks_refused |= m->id == 0;
	f->p->wasted++;
	return 0;
}

static int
mark_failed(struct call *call, struct hs_err *e)
{
	struct fetch *f = ((struct mark *)call->owner)->f;

	(void)e;
	f->marks_refused = true;
	f->p->wasted++;
	return 0;
}

/* Whether the search finds the place; the body of it. */
static bool
make_body(struct fetch *f, const struct chain *c, const struct chain *b,
    unsigned long long rank, struct hs_buf *body)
{
	unsigned long long end = b ? b->rank : f->o->range->total;
	struct search s = {.type = f->o->object->type,
	    .properties = SEARCH_ID,
	    .skip = rank - c->rank - c->read,
	    .limit = ONE};
	uint64_t from = c->started ? c->last : c->guess;
	char id[24];

	s.last = id;
	if (s.skip > REACH - ONE) {
		s.falling = true;
		s.skip = end > rank + ONE ? end - rank - ONE : 0;
		from = b ? b->guess : f->o->range->greatest + 1;
		s.last = NULL;
		s.below = id;
	}
	snprintf(id, sizeof id, "%" PRIu64, from);
	(void)search_body(body, &s, f->api->form.out);
	return s.skip <= REACH - ONE;
}

bool
mark_ask(struct fetch *f, const struct chain *c, const struct chain *b,
    unsigned long long rank)
{
	struct mark *m = f->mark;

	while (!is_free(m))
		m++;
	struct call *call = &m->call;

	hs_buf_clear(&call->url);
	endpoint_url(f->api, &call->url, AT_SEARCH, f->o->object->type, NULL);
	if (!make_body(f, c, b, rank, &call->body) || call->url.failed ||
	    call->body.failed)
		return false;
	m->f = f;
	m->rank = rank;
	snprintf(call->what, sizeof call->what, "search");
	call->post = call->search = call->once = true;
	call->request.most = ASK_BYTES;
	call->done = mark_done;
	call->failed = mark_failed;
	call->owner = m;
	f->marks++;
	session_post(f->api, call);
	return true;
}

bool
mark_take(struct fetch *f, struct place *at)
{
	for (int i = 0; i < MARKS; i++) {
		struct mark *m = &f->mark[i];

		if (call_pending(&m->call) || m->id == 0)
			continue;
		at->number = m->id;
		at->rank = m->rank + (f->sense == CURSOR_BEYOND);
		at->exact = true;
		at->span = m->span;
		at->sure = true;
		m->id = 0;
		return true;
	}
	return false;
}

void
mark_free(struct fetch *f)
{
	for (int i = 0; i < MARKS; i++)
		call_free(&f->mark[i].call);
}
