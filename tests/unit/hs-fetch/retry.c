/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* The waiting rule. */
#include "hs-fetch/retry.h"

#include "../tap.h"

static long
after(int status, int failures, long after_ms, double chance)
{
	struct retry r = {.status = status,
	    .failures = failures,
	    .after_ms = after_ms,
	    .window_ms = 10000,
	    .chance = chance};

	return retry_wait(&r);
}

int
main(void)
{
	static const int never[] = {400, 401, 403, 404, 405, 409, 414, 415, 422,
	    501, 505, 525, 526, 530, 200, 302};
	static const int passing[] = {
	    0, 408, 423, 429, 477, 500, 502, 503, 504, 520, 521, 522, 523, 524};
	struct retry daily = {.status = 429, .failures = 1, .daily = true};
	long last = 0, least = 0;
	bool grows = true;

	for (size_t i = 0; i < sizeof never / sizeof *never; i++)
		tap_ok(after(never[i], 1, -1, 0.5) == RETRY_NEVER &&
			   after(never[i], 1, 1000, 0.5) == RETRY_NEVER,
		    "%d is never tried again", never[i]);
	for (size_t i = 0; i < sizeof passing / sizeof *passing; i++)
		tap_ok(after(passing[i], 1, -1, 0) > 0 &&
			   after(passing[i], 1, 7000, 0) == 7000,
		    "%d is, and not before Retry-After", passing[i]);
	tap_ok(
	    retry_wait(&daily) == RETRY_NEVER, "the daily limit does not pass");
	for (int i = 0; i < 4; i++) {
		static const struct retry doubtful[] = {{.status = 488},
		    {.status = 403, .html = true},
		    {.status = 404, .html = true},
		    {.status = 401, .expired = true}};
		struct retry r = doubtful[i];
		long sum = 0;

		for (r.failures = 1; r.failures < RETRY_DOUBTFUL; r.failures++)
			sum += retry_wait(&r);
		tap_ok(
		    sum > 5000 && sum < 16000 && retry_wait(&r) == RETRY_NEVER,
		    "doubtful case %d is tried for seconds only", i);
	}
	tap_ok(after(429, 9, -1, 0) == 10000,
	    "429 waits for the window, whatever failed before");
	tap_ok(after(429, 1, 0, 0) == 10000, "Retry-After 0 says nothing");
	tap_ok(after(429, 1, -1, 0.99) > after(429, 1, -1, 0) &&
		   after(429, 1, 1000, 0.99) > 1000,
	    "not all come back at the same moment");
	tap_ok(after(423, 1, -1, 0) >= 2000, "423 is a lock of 2 s");
	for (int n = 1; n < 8; n++) {
		grows = grows && after(503, n, -1, 0) > last &&
			after(503, n, -1, 0.999) < 2 * after(503, n, -1, 0) + 1;
		last = after(503, n, -1, 0);
		if (n == 1)
			least = last;
	}
	tap_ok(grows && least >= 100 && last == least * 64,
	    "others wait twice as long each time, by chance half of that more");
	tap_ok(after(503, 1000000, -1, 0.999) <= 30000,
	    "but never longer than half a minute");
	return tap_done();
}
