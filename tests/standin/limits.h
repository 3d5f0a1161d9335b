/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef STANDIN_LIMITS_H
#define STANDIN_LIMITS_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct answer;

/* The last moments at which requests were let in, up to max of them. */
struct window {
	unsigned max; /* 0: no limit */
	unsigned ms;
	int64_t *times; /* a ring of max moments */
	unsigned next;
	unsigned n;
};

/*
 * HubSpot's rate limits: a rolling window for all requests, another for
 * searches, and a daily number.  A request that is refused doesn't count.
 */
struct limits {
	pthread_mutex_t lock;
	struct window burst;
	struct window search;
	unsigned daily; /* 0: no limit */
	unsigned used;
	bool bare;	   /* 429s without policyName */
	bool silent;	   /* no headers */
	const char *retry; /* a Retry-After to send, or NULL */
};

void limits_start(struct limits *l);
void limits_free(struct limits *l);

/* Lets the request in and sets its headers, or makes the 429; true if it's
 * in. */
bool limits_pass(struct limits *l, struct answer *a, bool is_search);

/* How many requests were let in so far. */
unsigned limits_used(struct limits *l);

#endif
