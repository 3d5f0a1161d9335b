/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* A session with the CRM API: the pace, the retries. */
#include "call.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include "retry.h"

#define NS_S INT64_C(1000000000)
#define GARBLED_MAX 3 /* answers that can't be read, of one call */
#define IDLE_MS 1000  /* longest sleep: nothing hangs on it */
#define SEARCH_MS 1000
#define LOOK_MS 10 /* between looks at our reader */

int
hs_crm_open(
    struct hs_crm *crm, const struct hs_crm_options *o, struct hs_err *e)
{
	struct hs_http_options http = {
	    .token = o->token,
	    .timeout = o->timeout,
	    .max_body = o->max_body,
	    .connections = o->jobs,
	};

	memset(crm, 0, sizeof(*crm));
	crm->pace.fd = -1;
	crm->options = *o;
	crm->stats.daily = crm->stats.daily_remaining = -1;
	if (getrandom(&crm->random, sizeof(crm->random), 0) < 0)
		crm->random = (uint64_t)hs_pace_now();
	crm->random |= 1;
	if (hs_http_check_base(o->base_url, e) < 0)
		return -1;
	crm->base = strndup(o->base_url, hs_http_base_len(o->base_url));
	if (crm->base == NULL)
		return hs_err_mem(e, "base URL");
	crm->options.base_url = crm->base;
	crm->http = hs_http_new(&http, e);
	if (crm->http == NULL)
		return -1;
	return hs_pace_open(&crm->pace, crm->base, o->token, e);
}

void
hs_crm_close(struct hs_crm *crm)
{
	hs_http_free(crm->http);
	hs_pace_close(&crm->pace);
	free(crm->base);
	crm->base = NULL;
	crm->http = NULL;
	crm->queue = NULL;
}

/* xorshift: chance for the waiting rule, nothing more. */
static double
chance(struct hs_crm *crm)
{
	crm->random ^= crm->random << 13;
	crm->random ^= crm->random >> 7;
	crm->random ^= crm->random << 17;
	return (double)(crm->random >> 11) / (double)(UINT64_C(1) << 53);
}

static void
count_pause(struct hs_crm *crm, bool held)
{
	int64_t now = hs_pace_now();

	if (crm->held_since != 0)
		crm->stats.paced_ns += now - crm->held_since;
	crm->held_since = held ? now : 0;
}

/* How long the pace may hold a call back: its own windows always, what others
 * were told no longer than we would wait ourselves. */
static int64_t
patience(struct hs_crm *crm)
{
	return crm->options.retry_time * NS_S +
	       2 * hs_pace_window(&crm->pace) * NS_MS + NS_S;
}

/* Sends what may be sent now; *wait_ms is when to look again. */
static int
launch(struct hs_crm *crm, int *wait_ms, struct hs_err *e)
{
	int64_t soon = IDLE_MS * NS_MS, now = hs_pace_now(), wait = 0;
	struct hs_call *c = crm->queue, *next;

	for (; c != NULL && crm->sent < crm->options.jobs; c = next) {
		int slot;

		next = c->next;
		if (c->not_before > now) {
			if (c->not_before - now < soon)
				soon = c->not_before - now;
			continue;
		}
		wait = hs_pace_take(&crm->pace, &slot);
		if (wait > patience(crm))
			return hs_err_set(e, HS_LATER,
			    "%s: the API told another run with this token to "
			    "wait, for %lld s from now",
			    c->what, (long long)(wait / NS_S));
		if (wait > 0)
			break;
		if (call_start(crm, c, slot, e) < 0)
			return -1;
	}
	count_pause(crm, wait > 0);
	if (wait > 0 && wait < soon)
		soon = wait;
	/* Rounded up: a sleep that ends early would only be repeated. */
	*wait_ms = (int)((soon + NS_MS - 1) / NS_MS);
	return 0;
}

static void
say_retry(struct hs_crm *crm, const struct hs_err *e, long wait)
{
	char text[sizeof(e->text) + 64];

	if (crm->options.note == NULL)
		return;
	snprintf(text, sizeof(text), "%s (trying again in %ld.%ld s)", e->text,
	    wait / 1000, wait % 1000 / 100);
	crm->options.note(crm->options.user, text);
}

/* Posts the call again after wait, if the budget has room for that. */
static bool
again(struct hs_crm *crm, struct hs_call *c, long wait, struct hs_err *e)
{
	int64_t now = hs_pace_now();

	if (c->first_failure == 0)
		c->first_failure = now;
	if (wait > crm->options.retry_time * 1000 ||
	    now + wait * NS_MS >
		c->first_failure + crm->options.retry_time * NS_S)
		return false;
	crm->stats.retries++;
	c->not_before = now + wait * NS_MS;
	say_retry(crm, e, wait);
	call_enqueue(crm, c);
	return true;
}

static int
give_up(struct hs_call *c, struct hs_err *e)
{
	return c->failed != NULL ? c->failed(c, e) : -1;
}

/* No answer, or one that says no. */
static int
failure(struct hs_crm *crm, struct hs_call *c, struct hs_err *e)
{
	struct hs_request *r = &c->request;
	struct hs_retry retry = {
	    .status = r->result == HS_HTTP_ANSWERED ? r->status : 0,
	    .failures = ++c->failures,
	    .after_ms = r->after_ms,
	    .window_ms = hs_pace_window(&crm->pace),
	    .chance = chance(crm),
	};
	long wait;

	hs_crm_error(crm, c, e);
	if (r->result == HS_HTTP_TOO_BIG || r->result == HS_HTTP_REFUSED ||
	    c->once)
		return give_up(c, e);
	if (r->result == HS_HTTP_GARBLED && ++c->garbled >= GARBLED_MAX)
		return give_up(c, e);
	if (retry.status == 429) {
		crm->stats.limited++;
		retry.daily = hs_crm_daily_limit(r);
	}
	wait = hs_retry_wait(&retry);
	/* The search has a limit of its own, by the second. */
	if (retry.status == 429 && c->search && r->after_ms <= 0 && wait > 0)
		wait = SEARCH_MS;
	if (wait == HS_RETRY_NEVER || !again(crm, c, wait, e))
		return give_up(c, e);
	/* Whoever gives up asks nobody else to wait. */
	if (retry.status == 429 && wait != SEARCH_MS)
		hs_pace_hold(&crm->pace, wait);
	return 0;
}

static int
answer(struct hs_crm *crm, struct hs_call *c, struct hs_err *e)
{
	int r = c->done != NULL ? c->done(c, e) : 0;
	struct hs_retry retry = {.after_ms = -1, .chance = chance(crm)};

	/* With 0 the call may be gone. */
	if (r <= 0)
		return r;
	retry.failures = ++c->garbled;
	hs_err_at(e, "%s", c->what);
	hs_crm_blot(crm->options.token, e->text);
	if (c->garbled < GARBLED_MAX && !c->once &&
	    again(crm, c, hs_retry_wait(&retry), e))
		return 0;
	return give_up(c, e);
}

static int
finish(struct hs_crm *crm, struct hs_call *c, struct hs_err *e)
{
	struct hs_request *r = &c->request;
	bool answered = r->result == HS_HTTP_ANSWERED;

	crm->sent--;
	c->state = HS_CALL_IDLE;
	crm->stats.received += r->received;
	hs_pace_done(
	    &crm->pace, c->slot, answered && !c->search ? &r->rates : NULL);
	call_follow_up(crm, c);
	if (r->rates.daily >= 0)
		crm->stats.daily = r->rates.daily;
	if (r->rates.daily_remaining >= 0)
		crm->stats.daily_remaining = r->rates.daily_remaining;
	/* Nobody asked for a part of one, which 206 is. */
	if (answered && r->status / 100 == 2 && r->status != 206)
		return answer(crm, c, e);
	return failure(crm, c, e);
}

/* A pipe without a reader ends us as the next write to it would: not only
 * after what is waited for meanwhile. */
static void
end_unread(struct hs_crm *crm)
{
	struct pollfd p = {.fd = STDOUT_FILENO};
	int64_t now = hs_pace_now();

	if (now - crm->looked < LOOK_MS * NS_MS)
		return;
	crm->looked = now;
	if (poll(&p, 1, 0) == 1 && (p.revents & POLLERR) != 0)
		raise(SIGPIPE);
}

int
hs_crm_turn(struct hs_crm *crm, struct hs_err *e)
{
	struct hs_request *r = NULL;
	int wait = 0, n;

	if (crm->options.piped)
		end_unread(crm);
	if (crm->queue == NULL && crm->sent == 0)
		return 0;
	if (launch(crm, &wait, e) < 0)
		return -1;
	n = hs_http_next(crm->http, wait, &r, e);
	if (n <= 0)
		return n < 0 ? -1 : 1;
	if (finish(crm, r->owner, e) < 0)
		return -1;
	/* The server works on the next call while we write a page. */
	n = launch(crm, &wait, e);
	hs_pace_settle(&crm->pace);
	return n < 0 ? -1 : 1;
}
