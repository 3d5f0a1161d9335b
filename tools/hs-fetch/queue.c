/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* The calls of a session that wait, by priority. */
#include "queue.h"

#include "clock.h"

void
queue_add(struct session *api, struct call *c)
{
	struct call **at = &api->queue;

	while (*at && (*at)->priority <= c->priority)
		at = &(*at)->next;
	c->next = *at;
	*at = c;
	c->state = CALL_QUEUED;
}

void
queue_take(struct session *api, struct call *c)
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
	queue_add(api, c);
}

bool
session_unpost(struct session *api, struct call *c)
{
	if (c->state != CALL_QUEUED)
		return false;
	queue_take(api, c);
	return true;
}

void
call_free(struct call *c)
{
	hs_buf_free(&c->url);
	hs_buf_free(&c->body);
	hs_buf_free(&c->request.body);
}
