/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Calls on their way: queued, sent, or behind another. */
#include "call.h"

static void
forget_failures(struct hs_call *c)
{
	c->failures = c->garbled = 0;
	c->first_failure = 0;
}

void
call_enqueue(struct hs_crm *crm, struct hs_call *c)
{
	struct hs_call **at = &crm->queue;

	while (*at != NULL && (*at)->priority <= c->priority)
		at = &(*at)->next;
	c->next = *at;
	*at = c;
	c->state = HS_CALL_QUEUED;
}

static void
dequeue(struct hs_crm *crm, struct hs_call *c)
{
	struct hs_call **at = &crm->queue;

	while (*at != c)
		at = &(*at)->next;
	*at = c->next;
	c->next = NULL;
	c->state = HS_CALL_IDLE;
}

void
hs_crm_post(struct hs_crm *crm, struct hs_call *c)
{
	forget_failures(c);
	c->not_before =
	    c->delay_ms > 0 ? hs_pace_now() + c->delay_ms * NS_MS : 0;
	c->delay_ms = 0;
	call_enqueue(crm, c);
}

bool
hs_crm_unpost(struct hs_crm *crm, struct hs_call *c)
{
	if (c->state != HS_CALL_QUEUED)
		return false;
	dequeue(crm, c);
	return true;
}

void
hs_crm_drop(struct hs_crm *crm)
{
	hs_http_drop(crm->http);
	crm->queue = NULL;
	crm->sent = 0;
}

void
hs_call_free(struct hs_call *c)
{
	hs_buf_free(&c->url);
	hs_buf_free(&c->body);
	hs_buf_free(&c->request.body);
}

static void
prepare(struct hs_call *c, int slot)
{
	struct hs_request *r = &c->request;

	r->post = c->post;
	r->send = hs_buf_span(&c->body);
	r->owner = c;
	c->slot = slot;
}

static void
count_sent(struct hs_crm *crm, struct hs_call *c)
{
	c->state = HS_CALL_SENT;
	crm->sent++;
	crm->stats.requests++;
}

int
call_start(struct hs_crm *crm, struct hs_call *c, int slot, struct hs_err *e)
{
	dequeue(crm, c);
	c->request.url = hs_buf_str(&c->url);
	if (c->request.url == NULL)
		return hs_err_mem(e, "request");
	prepare(c, slot);
	count_sent(crm, c);
	hs_http_start(crm->http, &c->request);
	return 0;
}

/* In libcurl's thread. */
static bool
ready(struct hs_request *r, const struct hs_request *before)
{
	struct hs_call *c = r->owner;

	if (!c->ready(c, hs_buf_span(&before->body)))
		return false;
	r->url = hs_buf_str(&c->url);
	return r->url != NULL;
}

bool
hs_crm_follow(struct hs_crm *crm, struct hs_call *c, struct hs_call *next)
{
	int64_t now = hs_pace_now();
	int slot;

	if (c->state != HS_CALL_SENT || c->follower != NULL ||
	    crm->queue != NULL ||
	    !hs_pace_reserve(&crm->pace, &slot, &next->slot_until))
		return false;
	forget_failures(next);
	prepare(next, slot);
	next->request.ready = ready;
	next->state = HS_CALL_BEHIND;
	c->follower = next;
	hs_http_follow(crm->http, &c->request, &next->request,
	    now + hs_pace_window(&crm->pace) * NS_MS / 2);
	return true;
}

void
hs_crm_unfollow(struct hs_crm *crm, struct hs_call *c)
{
	if (c->follower != NULL)
		hs_http_follow(crm->http, &c->request, NULL, 0);
}

void
call_follow_up(struct hs_crm *crm, struct hs_call *c)
{
	struct hs_call *next = c->follower;

	c->follower = NULL;
	if (next == NULL)
		return;
	if (c->request.followed) {
		count_sent(crm, next);
	} else {
		hs_pace_return(&crm->pace, next->slot, next->slot_until);
		next->state = HS_CALL_IDLE;
	}
}
