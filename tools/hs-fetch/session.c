/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* A session with the CRM API: what is sent when. */
#include "session.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

#include "clock.h"
#include "failure.h"
#include "url.h"

#define IDLE_MS 1000 /* longest sleep: nothing hangs on it */
/* Searches a second, of the account. */
#define SEARCH_RATES ((struct rates){5, -1, 1000, -1, -1})
#define LOOK_MS 10			/* between looks at our reader */
#define FLIGHT_BYTES ((size_t)32 << 20) /* of answers under way */

int
session_open(
    struct session *api, const struct session_options *o, struct hs_err *e)
{
	struct http_options http = {
	    .token = o->token->text,
	    .timeout = o->timeout,
	    .max_body = o->max_body,
	    .connections = o->jobs,
	};

	memset(api, 0, sizeof *api);
	api->form = FORM_USUAL;
	api->pace.fd = api->search.fd = -1;
	api->options = *o;
	api->stats.daily = api->stats.daily_remaining = -1;
	if (getrandom(&api->random, sizeof api->random, 0) < 0)
		api->random = (uint64_t)hs_now();
	api->random |= 1;
	if (url_check_base(o->base_url, e) < 0)
		return -1;
	api->base = strndup(o->base_url, url_base_len(o->base_url));
	if (!api->base)
		return hs_err_mem(e, "base URL");
	api->options.base_url = api->base;
	api->http = http_new(&http, e);
	if (!api->http)
		return -1;
	return pace_open(&api->pace, api->base, o->token->text, e);
}

void
session_close(struct session *api)
{
	http_free(api->http);
	pace_close(&api->pace);
	pace_close(&api->search);
	free(api->base);
	api->base = NULL;
	api->http = NULL;
	api->queue = NULL;
}

void
session_drop(struct session *api)
{
	http_drop(api->http);
	api->queue = NULL;
	api->sent = 0;
}

/* Sends a call of the queue; it has taken that slot of the pace. */
static int
start(struct session *api, struct call *c, int slot, struct hs_err *e)
{
	struct request *r = &c->request;

	queue_take(api, c);
	r->url = hs_buf_str(&c->url);
	if (!r->url)
		return hs_err_mem(e, "request");
	r->post = c->post;
	r->send = hs_buf_span(&c->body);
	r->owner = c;
	c->slot = slot;
	c->token = api->token;
	c->form = api->form.out;
	c->state = CALL_SENT;
	api->sent++;
	api->stats.requests++;
	http_start(api->http, r);
	return 0;
}

static void
count_pause(struct session *api, bool held)
{
	int64_t now = hs_now();

	if (api->held_since != 0)
		api->stats.paced_ns += now - api->held_since;
	api->held_since = held ? now : 0;
}

/* How long the pace may hold a call back: for its windows, and for what the API
 * told another process no longer than for what it tells this one. */
static int64_t
patience(struct session *api)
{
	return api->options.retry_time * HS_SECOND +
	       2 * pace_window(&api->pace) * HS_MS + HS_SECOND;
}

/* Whether another call may go: big answers come one after another. */
static bool
may_send(const struct session *api)
{
	return api->sent < api->options.jobs &&
	       (size_t)api->sent * api->usual < FLIGHT_BYTES;
}

/* A pace of the searches alone, which all processes share, too. */
static int
open_search(struct session *api, struct hs_err *e)
{
	char host[600];

	if (api->search.row)
		return 0;
	snprintf(host, sizeof host, "search of %.500s", api->base);
	if (pace_open(&api->search, host, api->options.token->text, e) < 0)
		return -1;
	pace_done(&api->search, -1, 0, &SEARCH_RATES);
	return 0;
}

/* Takes a slot of each pace that the call keeps.  0; -1 with e filled; else
 * the nanoseconds to wait, and *all says whether for all calls. */
static int64_t
take_slots(
    struct session *api, struct call *c, int *slot, bool *all, struct hs_err *e)
{
	int64_t wait = 0;

	if (c->search) {
		if (open_search(api, e) < 0)
			return -1;
		wait = pace_take(&api->search, &c->search_slot);
	}
	*all = wait == 0;
	if (wait > 0)
		return wait;
	wait = pace_take(&api->pace, slot);
	if (wait > 0 && c->search)
		pace_done(&api->search, c->search_slot, 0, NULL);
	return wait;
}

/* Sends what may be sent now; *wait_ms is when to look again. */
static int
launch(struct session *api, int *wait_ms, struct hs_err *e)
{
	int64_t soon = IDLE_MS * HS_MS, now = hs_now(), wait = 0;
	struct call *c = api->queue, *next;

	for (; c && may_send(api); c = next) {
		int slot;
		bool all;

		next = c->next;
		if (c->not_before > now) {
			if (c->not_before - now < soon)
				soon = c->not_before - now;
			continue;
		}
		wait = take_slots(api, c, &slot, &all, e);
		if (wait < 0)
			return -1;
		if (!all) {
			soon = wait < soon ? wait : soon;
			wait = 0;
			continue;
		}
		if (wait > patience(api))
			return hs_err_set(e, HS_LATER,
			    "%s: the API told another run with this token to "
			    "wait, for %lld s from now",
			    c->what, (long long)(wait / HS_SECOND));
		if (wait > 0)
			break;
		if (start(api, c, slot, e) < 0)
			return -1;
	}
	count_pause(api, wait > 0);
	if (wait > 0 && wait < soon)
		soon = wait;
	/* Rounded up: after a sleep that ends early another follows. */
	*wait_ms = (int)((soon + HS_MS - 1) / HS_MS);
	return 0;
}

static int
answer(struct session *api, struct call *c, struct hs_err *e)
{
	int r = c->done ? c->done(c, e) : 0;

	/* After a 0 the call may have been freed. */
	if (r <= 0)
		return r;
	return failure_garbled(api, c, e);
}

static int
finish(struct session *api, struct call *c, struct hs_err *e)
{
	struct request *r = &c->request;
	bool answered = r->result == HTTP_ANSWERED;
	int64_t trip = answered ? r->ended - r->began : 0;

	api->sent--;
	c->state = CALL_IDLE;
	api->stats.received += r->received;
	api->round_trip = r->ended - r->began;
	api->usual -= api->usual / 8;
	if (r->body.len > api->usual)
		api->usual = r->body.len;
	if (answered && api->server_ms == 0)
		api->server_ms =
		    (r->head.date > 0 ? r->head.date : time(NULL)) *
			INT64_C(1000) -
		    api->round_trip / HS_MS;
	if (c->search)
		pace_done(&api->search, c->search_slot, trip, NULL);
	pace_done(&api->pace, c->slot, trip,
	    answered && !c->search ? &r->head.rates : NULL);
	if (r->head.rates.daily >= 0)
		api->stats.daily = r->head.rates.daily;
	if (r->head.rates.daily_remaining >= 0)
		api->stats.daily_remaining = r->head.rates.daily_remaining;
	/* 206 is a part of an answer; we ask for whole ones. */
	if (answered && r->status / 100 == 2 && r->status != 206) {
		api->accepted = true;
		return answer(api, c, e);
	}
	return failure_met(api, c, e);
}

/* If our reader is gone, die of SIGPIPE now instead of at the next write. */
static void
end_unread(struct session *api)
{
	struct pollfd p = {.fd = STDOUT_FILENO};
	int64_t now = hs_now();

	if (now - api->looked < LOOK_MS * HS_MS)
		return;
	api->looked = now;
	if (poll(&p, 1, 0) == 1 && (p.revents & POLLERR) != 0)
		raise(SIGPIPE);
}

int
session_turn(struct session *api, struct hs_err *e)
{
	struct request *r = NULL;
	int wait = 0, n;

	if (api->options.piped)
		end_unread(api);
	if (!api->queue && api->sent == 0)
		return 0;
	if (launch(api, &wait, e) < 0)
		return -1;
	n = http_next(api->http, wait, &r, e);
	if (n <= 0)
		return n < 0 ? -1 : 1;
	if (finish(api, r->owner, e) < 0)
		return -1;
	/* The server works on the next call while we write a page. */
	n = launch(api, &wait, e);
	pace_settle(&api->pace);
	return n < 0 ? -1 : 1;
}
