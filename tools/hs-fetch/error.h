/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef FETCH_ERROR_H
#define FETCH_ERROR_H

#include <stdbool.h>

#include "err.h"
#include "http.h"

/* What a failed request means. */

/* Whether a 429 is the daily limit's. */
bool error_is_daily(const struct request *r);

/* Whether a 401 says that the token has expired. */
bool error_is_expired(const struct request *r);

/* Makes the token in text unreadable. */
void error_blot(const char *token, char *text);

/* Fills e from a request that failed: kind, words, scopes.  what names it;
 * the token in an answer is blotted out.  Returns -1. */
int error_explain(const struct request *r, const char *what, const char *token,
    struct hs_err *e);

#endif
