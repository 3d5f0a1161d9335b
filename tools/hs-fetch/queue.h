/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef FETCH_QUEUE_H
#define FETCH_QUEUE_H

#include "call.h"

/* The calls of a session that wait. */

/* Queues a call, behind those of the same priority. */
void session_post(struct session *api, struct call *c);

/* The same, of a call that keeps its count of failures. */
void queue_add(struct session *api, struct call *c);

/* Takes it out, to be sent. */
void queue_take(struct session *api, struct call *c);

/* Takes back a call that has not been sent yet.  False when it has been. */
bool session_unpost(struct session *api, struct call *c);

/* Releases url, body and answer. */
void call_free(struct call *c);

#endif
