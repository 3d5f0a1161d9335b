/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef FETCH_SESSION_H
#define FETCH_SESSION_H

#include "call.h"
#include "queue.h"

/*
 * A session with the CRM API: calls keep the pace, are tried again while their
 * failure may pass, and end in a callback.  There is one thread; everything
 * happens inside session_turn().
 */

/* Opens a session; the strings of o stay the caller's and have to last. */
int session_open(
    struct session *api, const struct session_options *o, struct hs_err *e);
void session_close(struct session *api);

/* Sends what may be sent, waits for something to happen and deals with it:
 * 1.  0: there is nothing to wait for.  -1: a call failed for good. */
int session_turn(struct session *api, struct hs_err *e);

/* Forgets all calls, those under way too; they may be freed then. */
void session_drop(struct session *api);

#endif
