/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef FETCH_FAILURE_H
#define FETCH_FAILURE_H

#include "call.h"

/* What becomes of a call that failed: 0, it is tried again, or its owner can
 * do without; -1 with e filled. */

/* No answer, or one that says no. */
int failure_met(struct session *api, struct call *c, struct hs_err *e);

/* An answer that is no good, as e says. */
int failure_garbled(struct session *api, struct call *c, struct hs_err *e);

#endif
