/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Hashes with a secret, and an index by them. */
#include "hash.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

static uint64_t secret[4];
static bool seeded;

/* If the system has no random bytes yet, the secret at least differs from
 * process to process. */
static void
seed(void)
{
	if (getrandom(secret, sizeof secret, GRND_NONBLOCK) != sizeof secret) {
		struct timespec t;
		clock_gettime(CLOCK_REALTIME, &t);
		secret[0] ^= (uint64_t)t.tv_sec << 32 ^ (uint64_t)t.tv_nsec;
		secret[1] ^= (uint64_t)getpid() << 32 ^ (uintptr_t)&t;
	}
	seeded = true;
}

/* Both halves of a product, folded, on machines without 128-bit numbers. */
__attribute__((unused)) static inline uint64_t
mix_halves(uint64_t a, uint64_t b)
{
	uint64_t low = (a & UINT32_MAX) * (b & UINT32_MAX);
	uint64_t left = (a >> 32) * (b & UINT32_MAX) + (low >> 32);
	uint64_t right = (a & UINT32_MAX) * (b >> 32) + (left & UINT32_MAX);
	uint64_t high = (a >> 32) * (b >> 32) + (left >> 32) + (right >> 32);

	return high ^ (right << 32 | (low & UINT32_MAX));
}

static inline uint64_t
mix(uint64_t a, uint64_t b)
{
#ifdef __SIZEOF_INT128__
	__extension__ unsigned __int128 product = (unsigned __int128)a * b;

	return (uint64_t)product ^ (uint64_t)(product >> 64);
#else
	return mix_halves(a, b);
#endif
}

static inline uint64_t
load64(const char *p)
{
	uint64_t x;

	memcpy(&x, p, sizeof x);
	return x;
}

static inline uint64_t
load32(const char *p)
{
	uint32_t x;

	memcpy(&x, p, sizeof x);
	return x;
}

/* The last n bytes of a text, at most 16, as two numbers. */
static inline void
load_rest(const char *p, size_t n, uint64_t *a, uint64_t *b)
{
	const unsigned char *u = (const unsigned char *)p;

	*a = *b = 0;
	if (n >= 8) {
		*a = load64(p);
		*b = load64(p + n - 8);
	} else if (n >= 4) {
		*a = load32(p);
		*b = load32(p + n - 4);
	} else if (n > 0) {
		*a = u[0];
		*b = (uint64_t)u[n / 2] << 8 | u[n - 1];
	}
}

uint64_t
hs_hash_more(uint64_t h, struct hs_span text)
{
	const char *p = text.p;
	size_t n = text.len;
	uint64_t a, b;

	if (!seeded)
		seed();
	h ^= secret[0];
	for (; n > 16; p += 16, n -= 16)
		h = mix(load64(p) ^ secret[1], load64(p + 8) ^ h);
	load_rest(p, n, &a, &b);
	h = mix(a ^ secret[1], b ^ h);
	return mix(h ^ secret[2], text.len ^ secret[3]);
}

uint64_t
hs_hash(struct hs_span text)
{
	return hs_hash_more(0, text);
}

uint64_t
hs_hash_number(uint64_t n)
{
	return hs_hash_more(n, hs_span(NULL, 0));
}

uint64_t
hs_hash_lasting(struct hs_span text)
{
	uint64_t h = UINT64_C(0xcbf29ce484222325);

	for (size_t i = 0; i < text.len; i++)
		h = (h ^ (unsigned char)text.p[i]) * UINT64_C(0x100000001b3);
	return h;
}

static void
put(struct hs_index *x, struct hs_index_slot new)
{
	size_t i = new.hash &(x->slots - 1);

	while (x->slot[i].at > 0)
		i = (i + 1) & (x->slots - 1);
	x->slot[i] = new;
}

static int
grow(struct hs_index *x)
{
	struct hs_index old = *x;

	x->slots = old.slots ? old.slots * 2 : 32;
	x->slot = calloc(x->slots, sizeof *x->slot);
	if (!x->slot) {
		*x = old;
		errno = ENOMEM;
		return -1;
	}
	for (size_t i = 0; i < old.slots; i++)
		if (old.slot[i].at > 0)
			put(x, old.slot[i]);
	free(old.slot);
	return 0;
}

int
hs_index_add(struct hs_index *x, uint64_t hash, size_t at)
{
	if (at >= HS_INDEX_MAX) {
		errno = EFBIG;
		return -1;
	}
	if (x->n >= x->slots / 3 * 2 && grow(x) < 0)
		return -1;
	put(x, (struct hs_index_slot){
		   .hash = (uint32_t)hash, .at = (uint32_t)at + 1});
	x->n++;
	return 0;
}

void
hs_index_clear(struct hs_index *x)
{
	if (x->slots / 16 > x->n)
		hs_index_free(x);
	else if (x->n > 0)
		memset(x->slot, 0, x->slots * sizeof *x->slot);
	x->n = 0;
}

void
hs_index_free(struct hs_index *x)
{
	free(x->slot);
	*x = (struct hs_index){0};
}
