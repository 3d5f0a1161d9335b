/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Rendered pages kept in memory. */
#include "cache.h"

#include <stdlib.h>

#include "value.h"

void
cache_start(struct cache *c)
{
	pthread_mutex_init(&c->lock, NULL);
	if (c->ntypes > 0)
		c->slots = calloc(CACHE_SLOTS, sizeof(*c->slots));
}

void
cache_free(struct cache *c)
{
	for (size_t i = 0; c->slots != NULL && i < CACHE_SLOTS; i++) {
		while (c->slots[i] != NULL) {
			struct page *page = c->slots[i];
			c->slots[i] = page->next;
			bytes_free(&page->body);
			bytes_free(&page->packed);
			free(page->key);
			free(page);
		}
	}
	free(c->slots);
	pthread_mutex_destroy(&c->lock);
}

static struct page *
find(struct cache *c, const char *key)
{
	struct page *page = c->slots[hash_text(key) % CACHE_SLOTS];

	while (page != NULL && strcmp(page->key, key) != 0)
		page = page->next;
	return page;
}

const struct page *
cache_get(struct cache *c, const char *key)
{
	pthread_mutex_lock(&c->lock);
	const struct page *page = find(c, key);
	pthread_mutex_unlock(&c->lock);
	return page;
}

const struct page *
cache_put(
    struct cache *c, const char *key, struct bytes *body, struct bytes *packed)
{
	bytes_trim(body);
	bytes_trim(packed);
	size_t size = body->cap + packed->cap + strlen(key);

	pthread_mutex_lock(&c->lock);
	if (find(c, key) != NULL || c->size + size > c->max) {
		pthread_mutex_unlock(&c->lock);
		return NULL;
	}
	struct page **slot = &c->slots[hash_text(key) % CACHE_SLOTS];
	struct page *page = calloc(1, sizeof(*page));
	*page = (struct page){*slot, strdup(key), *body, *packed};
	*body = (struct bytes){0};
	*packed = (struct bytes){0};
	*slot = page;
	c->size += size;
	pthread_mutex_unlock(&c->lock);
	return page;
}
