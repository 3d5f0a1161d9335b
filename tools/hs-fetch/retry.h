/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef FETCH_RETRY_H
#define FETCH_RETRY_H

#include <stdbool.h>

/*
 * The waiting rule: whether a failed request is worth another try, and after
 * how long.  Pure: time and chance come in as arguments.
 *
 * Facts (HubSpot's usage guidelines and error pages): 429 rarely carries
 * Retry-After, and then the rolling window of 10 s has to pass; a policy
 * DAILY does not pass; 423 is a lock of about 2 s; 477 is an account on the
 * move, with Retry-After up to a day; 5xx and Cloudflare's 52x pass, except
 * 525 and 526 (TLS).
 *
 * Some failures have been seen to pass and mostly do not: 488, which a host
 * of another region than the account's answers, and 403 or 404 with a page of
 * HTML, which something on the way answers and not the API.  These, and an
 * expired token where a new one may come, are tried
 * RETRY_DOUBTFUL times in all, which takes about 15 s.
 */
#define RETRY_DOUBTFUL 7
#define RETRY_NEVER (-1L)

struct retry {
	int status;	/* HTTP status; 0 when there was no answer */
	int failures;	/* of this request so far, from 1 */
	long after_ms;	/* Retry-After; not above 0 when absent */
	long window_ms; /* length of the rate limit's window */
	bool html;	/* the body is a page of HTML */
	bool expired;	/* a 401; a new token may come into its file */
	bool daily;	/* a 429 of the daily limit */
	double chance;	/* 0 up to 1 */
};

/* Whether the failure may go away. */
bool retry_passing(int status);
bool retry_doubtful(int status, bool html);

/* Milliseconds to wait before the next try, or RETRY_NEVER.  The caller
 * has the budget: a wait that does not fit into it is a failure. */
long retry_wait(const struct retry *r);

#endif
