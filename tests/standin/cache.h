/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef STANDIN_CACHE_H
#define STANDIN_CACHE_H

#include <pthread.h>
#include <stddef.h>

#include "bytes.h"

struct type;

#define CACHE_SLOTS 65536

/*
 * Pages that were rendered once and are served from memory from then on, so
 * that a benchmark measures the client.  Kept for the named types, by path
 * and query, until the bound is reached; what comes after is rendered anew.
 * A kept page lives as long as the server.
 */
struct page {
	struct page *next;
	char *key;
	struct bytes body;
	struct bytes packed; /* the same through gzip, or empty */
};

struct cache {
	pthread_mutex_t lock;
	const struct type *types[8];
	size_t ntypes;
	size_t max;
	size_t size;
	struct page **slots;
};

void cache_start(struct cache *c);
void cache_free(struct cache *c);

/* NULL if it isn't kept. */
const struct page *cache_get(struct cache *c, const char *key);

/* Takes both buffers over if there's room for them (else NULL). */
const struct page *cache_put(
    struct cache *c, const char *key, struct bytes *body, struct bytes *packed);

#endif
