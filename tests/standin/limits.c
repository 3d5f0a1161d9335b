/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* The rate limits and what their 429 says. */
#include "limits.h"

#include <stdlib.h>

#include "answer.h"
#include "server.h"

#define SEARCHES 5
#define SEARCH_MS 1000

void
limits_start(struct limits *l)
{
	pthread_mutex_init(&l->lock, NULL);
	if (l->burst.max == 0)
		return;
	l->search = (struct window){.max = SEARCHES, .ms = SEARCH_MS};
	l->burst.times = calloc(l->burst.max, sizeof(int64_t));
	l->search.times = calloc(l->search.max, sizeof(int64_t));
}

void
limits_free(struct limits *l)
{
	free(l->burst.times);
	free(l->search.times);
	pthread_mutex_destroy(&l->lock);
}

/* Forgets what has left the window; how many are still inside. */
static unsigned
window_used(struct window *w, int64_t now)
{
	while (w->n > 0) {
		unsigned oldest = (w->next + w->max - w->n) % w->max;
		if (now - w->times[oldest] < w->ms)
			break;
		w->n--;
	}
	return w->n;
}

static bool
window_full(struct window *w, int64_t now)
{
	return w->max > 0 && window_used(w, now) >= w->max;
}

static void
window_enter(struct window *w, int64_t now)
{
	if (w->max == 0)
		return;
	w->times[w->next] = now;
	w->next = (w->next + 1) % w->max;
	w->n++;
}

static void
refuse(struct limits *l, struct answer *a, const char *name, const char *policy)
{
	answer_error(a, 429, NULL, "You have reached your %s limit.", name);
	a->body.len--;
	bytes_lit(&a->body, ",\"errorType\":\"RATE_LIMIT\"");
	if (!l->bare)
		bytes_fmt(&a->body, ",\"policyName\":\"%s\"", policy);
	bytes_char(&a->body, '}');
	if (l->retry != NULL)
		answer_header(a, "Retry-After", l->retry);
}

/* Searches carry none of these, in HubSpot as here. */
static void
add_headers(struct limits *l, struct answer *a)
{
	if (l->burst.max > 0) {
		answer_number(a, "X-HubSpot-RateLimit-Max", l->burst.max);
		answer_number(a, "X-HubSpot-RateLimit-Remaining",
		    l->burst.max - l->burst.n);
		answer_number(a, "X-HubSpot-RateLimit-Interval-Milliseconds",
		    l->burst.ms);
	}
	if (l->daily > 0) {
		answer_number(a, "X-HubSpot-RateLimit-Daily", l->daily);
		answer_number(a, "X-HubSpot-RateLimit-Daily-Remaining",
		    l->daily - l->used);
	}
}

bool
limits_pass(struct limits *l, struct answer *a, bool is_search)
{
	bool in = false;

	pthread_mutex_lock(&l->lock);
	int64_t now = now_ms();
	if (l->daily > 0 && l->used >= l->daily) {
		refuse(l, a, "daily", "DAILY");
	} else if (window_full(&l->burst, now)) {
		refuse(l, a, "ten_secondly_rolling", "TEN_SECONDLY_ROLLING");
	} else if (is_search && window_full(&l->search, now)) {
		refuse(l, a, "secondly", "SECONDLY");
	} else {
		window_enter(&l->burst, now);
		if (is_search)
			window_enter(&l->search, now);
		l->used++;
		in = true;
	}
	if (!l->silent && !is_search)
		add_headers(l, a);
	pthread_mutex_unlock(&l->lock);
	return in;
}

unsigned
limits_used(struct limits *l)
{
	pthread_mutex_lock(&l->lock);
	unsigned used = l->used;
	pthread_mutex_unlock(&l->lock);
	return used;
}
