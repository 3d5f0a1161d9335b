/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* What the headers of an answer say. */
#include "http-head.h"

#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

/* The most that is reserved for a Content-Length. */
#define EXPECT_MAX (1L << 20)
/* Seconds: longer than anybody waits; sums of it do not overflow. */
#define AFTER_MAX 2000000L

/* The number at p, at most LONG_MAX; -1 when there is none. */
static long
number(const char *p)
{
	char *end;
	long v = strtol(p, &end, 10);

	return end == p || v < 0 ? -1 : v;
}

/* Retry-After: seconds, or a date (RFC 9110, 10.2.3). */
static long
retry_after(const char *p)
{
	long s = number(p);

	if (s < 0) {
		time_t t = curl_getdate(p, NULL);
		time_t now = time(NULL);

		if (t == -1)
			return -1;
		s = t > now ? (long)(t - now) : 0;
	}
	return s > AFTER_MAX ? AFTER_MAX * 1000 : s * 1000;
}

static void
take_rate(struct rates *r, const char *name, const char *value)
{
	const struct {
		const char *name;
		long *to;
	} known[] = {
	    {"max", &r->max},
	    {"remaining", &r->remaining},
	    {"interval-milliseconds", &r->window_ms},
	    {"daily", &r->daily},
	    {"daily-remaining", &r->daily_remaining},
	};

	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (strcasecmp(name, known[i].name) == 0)
			*known[i].to = number(value);
}

void
head_take(struct head *h, const char *name, const char *value)
{
	static const char rate[] = "x-hubspot-ratelimit-";

	if (strcasecmp(name, "content-length") == 0) {
		long n = number(value);

		h->expected = n < 0 || n > EXPECT_MAX ? 0 : (size_t)n;
	} else if (strcasecmp(name, "content-type") == 0) {
		h->html = strncasecmp(value, "text/html", 9) == 0;
	} else if (strcasecmp(name, "retry-after") == 0) {
		h->after_ms = retry_after(value);
	} else if (strcasecmp(name, "date") == 0) {
		time_t t = curl_getdate(value, NULL);

		h->date = t > 0 ? (long)t : 0;
	} else if (strcasecmp(name, "location") == 0) {
		strncpy(h->location, value, sizeof h->location - 1);
	} else if (strncasecmp(name, rate, sizeof rate - 1) == 0) {
		take_rate(&h->rates, name + sizeof rate - 1, value);
	}
}
