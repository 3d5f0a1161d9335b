/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Calls that failed: tried again, or given up. */
#include "failure.h"

#include <stdio.h>

#include "clock.h"
#include "error.h"
#include "queue.h"
#include "retry.h"

#define GARBLED_MAX 3 /* answers that can't be read, of one call */
#define SEARCH_MS 1000

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
	queue_add(api, c);
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
	queue_add(api, c);
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

int
failure_met(struct session *api, struct call *c, struct hs_err *e)
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
	if (retry.status == 400 && form_turn(&api->form, r, c->mine, c->form) &&
	    c->remake && c->remake(c) == 0)
		return resend(api, c);
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

int
failure_garbled(struct session *api, struct call *c, struct hs_err *e)
{
	struct retry retry = {
	    .after_ms = -1, .chance = chance(api), .failures = ++c->garbled};

	hs_err_at(e, "%s", c->what);
	error_blot(api->options.token->text, e->text);
	if (c->garbled < GARBLED_MAX && !c->once &&
	    again(api, c, retry_wait(&retry), e))
		return 0;
	return give_up(api, c, e);
}
