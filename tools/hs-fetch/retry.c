/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* The waiting rule. */
#include "retry.h"

#define FIRST_MS 250L
#define LONGEST_MS 30000L
#define LOCK_MS 2000L

bool
retry_passing(int status)
{
	switch (status) {
	case 0:
	case 408:
	case 423:
	case 429:
	case 477:
	case 500:
	case 502:
	case 503:
	case 504:
	case 520:
	case 521:
	case 522:
	case 523:
	case 524: return true;
	default: return false;
	}
}

bool
retry_doubtful(int status, bool html)
{
	return status == 488 || (html && (status == 403 || status == 404));
}

/* Doubles from FIRST_MS on.  Half of it is left to chance, so that clients
 * which failed together do not come back together. */
static long
backoff(int failures, double chance)
{
	long ms = FIRST_MS;

	for (int i = 1; i < failures && ms < LONGEST_MS; i++)
		ms *= 2;
	if (ms > LONGEST_MS)
		ms = LONGEST_MS;
	ms /= 2;
	return ms + (long)((double)ms * chance);
}

long
retry_wait(const struct retry *r)
{
	long ms = backoff(r->failures, r->chance);

	if (retry_doubtful(r->status, r->html) || r->expired)
		return r->failures < RETRY_DOUBTFUL ? ms : RETRY_NEVER;
	if (!retry_passing(r->status) || r->daily)
		return RETRY_NEVER;
	/* Never early, and not all at the same moment.  Retry-After: 0 counts
	 * as absent. */
	if (r->after_ms > 0)
		return r->after_ms + (long)(250 * r->chance);
	if (r->status == 429)
		return r->window_ms + (long)(250 * r->chance);
	if (r->status == 423)
		return LOCK_MS + ms;
	return ms;
}
