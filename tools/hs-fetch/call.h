/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_CRM_CALL_H
#define HS_CRM_CALL_H

#include "session.h"

/* What session.c needs of call.c; nobody else includes this. */
#define NS_MS INT64_C(1000000)

/* Behind those of the same priority. */
void call_enqueue(struct hs_crm *crm, struct hs_call *c);
/* Sends a call of the queue, which has that slot of the pace. */
int call_start(
    struct hs_crm *crm, struct hs_call *c, int slot, struct hs_err *e);
/* c is back: what was to follow it is under way, or idle again. */
void call_follow_up(struct hs_crm *crm, struct hs_call *c);

#endif
