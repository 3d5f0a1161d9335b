/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* A session with the CRM API: the queue, the pace, the retries. */
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
#include "error.h"
#include "retry.h"
#include "url.h"

#define GARBLED_MAX 3 /* answers that can't be read, of one call */
#define IDLE_MS 1000  /* longest sleep: nothing hangs on it */
#define SEARCH_MS 1000
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

static void
enqueue(struct session *api, struct call *c)
{
	struct call **at = &api->queue;

	while (*at && (*at)->priority <= c->priority)
		at = &(*at)->next;
	c->next = *at;
	*at = c;
	c->state = CALL_QUEUED;
}

static void
dequeue(struct session *api, struct call *c)
{
	struct call **at = &api->queue;

	while (*at != c)
		at = &(*at)->next;
	*at = c->next;
	c->next = NULL;
	c->state = CALL_IDLE;
}

void
session_post(struct session *api, struct call *c)
{
	c->failures = c->garbled = 0;
	c->first_failure = 0;
	c->not_before = c->delay_ms > 0 ? hs_now() + c->delay_ms * HS_MS : 0;
	c->delay_ms = 0;
	enqueue(api, c);
}

bool
session_unpost(struct session *api, struct call *c)
{
	if (c->state != CALL_QUEUED)
		return false;
	dequeue(api, c);
	return true;
}

void
session_drop(struct session *api)
{
	http_drop(api->http);
	api->queue = NULL;
	api->sent = 0;
}

void
call_free(struct call *c)
{
	hs_buf_free(&c->url);
	hs_buf_free(&c->body);
	hs_buf_free(&c->request.body);
}

/* Sends a call of the queue; it has taken that slot of the pace. */
static int
start(struct session *api, struct call *c, int slot, struct hs_err *e)
{
	struct request *r = &c->request;

	dequeue(api, c);
	r->url = hs_buf_str(&c->url);
	if (!r->url)
		return hs_err_mem(e, "request");
	r->post = c->post;
	r->send = hs_buf_span(&c->body);
	r->owner = c;
	c->slot = slot;
	c->token = api->token;
	c->state = CALL_SENT;
	api->sent++;
	api->stats.requests++;
	http_start(api->http, r);
	return 0;
}

/* xorshift, for the waiting rule only. */
static double
chance(struct session *api)
{
	api->random ^= api->random << 13;
	api->random ^= api->random >> 7;
	api->random ^= api->random << 17;
	return (double)(api->random >> 11) / (double)(UINT64_C(1) << 53);
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
	pace_done(&api->search, -1, &SEARCH_RATES);
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
		pace_done(&api->search, c->search_slot, NULL);
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

static void
say_retry(struct session *api, const struct hs_err *e, long wait)
{
	char text[sizeof e->text + 64];

	if (!api->options.note)
		return;
	snprintf(text, sizeof text, "%s (trying again in %ld.%ld s)", e->text,
	    wait / 1000, wait % 1000 / 100);
	api->options.note(api->options.user, text);
}

/* Posts the call again after wait, if the budget has room for that. */
static bool
again(struct session *api, struct call *c, long wait, struct hs_err *e)
{
	int64_t now = hs_now();

	if (c->first_failure == 0)
		c->first_failure = now;
	if (wait > api->options.retry_time * 1000 ||
	    now + wait * HS_MS >
		c->first_failure + api->options.retry_time * HS_SECOND)
		return false;
	api->stats.retries++;
	c->not_before = now + wait * HS_MS;
	say_retry(api, e, wait);
	enqueue(api, c);
	return true;
}

static int
give_up(struct session *api, struct call *c, struct hs_err *e)
{
	const struct request *r = &c->request;

	api->refused = r->result == HTTP_ANSWERED ? r->status : 0;
	return c->failed ? c->failed(c, e) : -1;
}

/* Has a call that failed before ask for less, where its answer may take the
 * API too long; its time to retry begins anew then. */
static void
ask_less(struct call *c)
{
	const struct request *r = &c->request;
	int s = r->result == HTTP_ANSWERED ? r->status : 0;

	if (!c->ask_less || c->failures < 2 ||
	    (s != 500 && s != 502 && s != 504 && s != 524 &&
		r->result != HTTP_PASSING))
		return;
	if (c->ask_less(c))
		c->first_failure = 0;
}

/* Sends the call again at once; its failures do not count. */
static int
resend(struct session *api, struct call *c)
{
	c->failures = 0;
	c->not_before = c->first_failure = 0;
	api->stats.retries++;
	enqueue(api, c);
	return 0;
}

/*
 * The token was good and is refused now.  An OAuth token lasts half an hour:
 * another program writes new ones into its file.  1: the file holds no other
 * one yet.  0: the call has been posted again with it.
 */
static int
renew(struct session *api, struct call *c, struct hs_err *e)
{
	if (c->token != api->token)
		return resend(api, c);
	if (!token_renew(api->options.token))
		return 1;
	api->token++;
	if (http_token(api->http, api->options.token->text, e) < 0)
		return -1;
	if (api->options.note)
		api->options.note(api->options.user,
		    "the token is refused; going on with the new one in its "
		    "file");
	return resend(api, c);
}

/* A call that isn't worth a second try is told to wait: all others do. */
static void
hold_once(struct session *api, const struct head *head)
{
	api->stats.limited++;
	if (head->after_ms > 0 &&
	    head->after_ms <= api->options.retry_time * 1000)
		pace_hold(&api->pace, head->after_ms);
}

/* No answer, or one that says no. */
static int
failure(struct session *api, struct call *c, struct hs_err *e)
{
	struct request *r = &c->request;
	struct retry retry = {
	    .status = r->result == HTTP_ANSWERED ? r->status : 0,
	    .failures = ++c->failures,
	    .html = r->head.html,
	    .after_ms = r->head.after_ms,
	    .window_ms = pace_window(&api->pace),
	    .chance = chance(api),
	};
	int n;

	error_explain(r, c->what, api->options.token->text, e);
	if (c->once && retry.status == 429)
		hold_once(api, &r->head);
	if (r->result == HTTP_TOO_BIG || r->result == HTTP_REFUSED ||
	    r->result == HTTP_UNTRUSTED || c->once)
		return give_up(api, c, e);
	if (r->result == HTTP_GARBLED && ++c->garbled >= GARBLED_MAX)
		return give_up(api, c, e);
	if (retry.status == 401 && api->accepted) {
		if ((n = renew(api, c, e)) <= 0)
			return n;
		retry.expired = api->options.token->file && error_is_expired(r);
	}
	if (retry.status == 429) {
		api->stats.limited++;
		retry.daily = error_is_daily(r);
	}
	ask_less(c);
	long wait = retry_wait(&retry);
	/* The search has a limit of its own, by the second. */
	if (retry.status == 429 && c->search && r->head.after_ms <= 0 &&
	    wait > 0)
		wait = SEARCH_MS;
	if (wait == RETRY_NEVER || !again(api, c, wait, e))
		return give_up(api, c, e);
	/* Slow the other processes down only if we retry. */
	if (retry.status == 429 && wait != SEARCH_MS)
		pace_hold(&api->pace, wait);
	return 0;
}

static int
answer(struct session *api, struct call *c, struct hs_err *e)
{
	int r = c->done ? c->done(c, e) : 0;
	struct retry retry = {.after_ms = -1, .chance = chance(api)};

	/* After a 0 the call may have been freed. */
	if (r <= 0)
		return r;
	retry.failures = ++c->garbled;
	hs_err_at(e, "%s", c->what);
	error_blot(api->options.token->text, e->text);
	if (c->garbled < GARBLED_MAX && !c->once &&
	    again(api, c, retry_wait(&retry), e))
		return 0;
	return give_up(api, c, e);
}

static int
finish(struct session *api, struct call *c, struct hs_err *e)
{
	struct request *r = &c->request;
	bool answered = r->result == HTTP_ANSWERED;

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
		pace_done(&api->search, c->search_slot, NULL);
	pace_done(&api->pace, c->slot,
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
	return failure(api, c, e);
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
