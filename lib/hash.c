/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Hashes with a secret key, and an index by them. */
#include "hash.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

static uint64_t key[2];
static bool seeded;

struct sip {
	uint64_t a, b, c, d;
};

static inline uint64_t
left(uint64_t x, int n)
{
	return x << n | x >> (64 - n);
}

static inline void
sip_round(struct sip *s)
{
	s->a += s->b;
	s->c += s->d;
	s->b = left(s->b, 13) ^ s->a;
	s->d = left(s->d, 16) ^ s->c;
	s->a = left(s->a, 32);
	s->c += s->b;
	s->a += s->d;
	s->b = left(s->b, 17) ^ s->c;
	s->d = left(s->d, 21) ^ s->a;
	s->c = left(s->c, 32);
}

static inline void
sip_word(struct sip *s, uint64_t word)
{
	s->d ^= word;
	sip_round(s);
	s->a ^= word;
}

/* If the system has no random bytes yet, the key at least differs from process
 * to process. */
static void
seed(void)
{
	if (getrandom(key, sizeof key, GRND_NONBLOCK) != sizeof key) {
		struct timespec t;
		clock_gettime(CLOCK_REALTIME, &t);
		key[0] ^= (uint64_t)t.tv_sec << 32 ^ (uint64_t)t.tv_nsec;
		key[1] ^= (uint64_t)getpid() << 32 ^ (uintptr_t)&t;
	}
	seeded = true;
}

static inline struct sip
sip_start(void)
{
	if (!seeded)
		seed();
	return (struct sip){
	    key[0] ^ UINT64_C(0x736f6d6570736575),
	    key[1] ^ UINT64_C(0x646f72616e646f6d),
	    key[0] ^ UINT64_C(0x6c7967656e657261),
	    key[1] ^ UINT64_C(0x7465646279746573),
	};
}

static inline uint64_t
sip_end(struct sip *s)
{
	s->c ^= 0xff;
	sip_round(s);
	sip_round(s);
	sip_round(s);
	return s->a ^ s->b ^ s->c ^ s->d;
}

/* The last bytes of a text, fewer than eight, as a number. */
static inline uint64_t
tail(const char *p, size_t n)
{
	uint32_t first, last;

	if (n >= 4) {
		memcpy(&first, p, 4);
		memcpy(&last, p + n - 4, 4);
		return first | (uint64_t)last << (n - 4) * 8;
	}
	if (n == 0)
		return 0;
	return (uint64_t)(unsigned char)p[0] |
	       (uint64_t)(unsigned char)p[n / 2] << n / 2 * 8 |
	       (uint64_t)(unsigned char)p[n - 1] << (n - 1) * 8;
}

/* Adds a text, behind so many bytes that have been added, and ends. */
static inline uint64_t
sip_text(struct sip s, struct hs_span text, size_t before)
{
	const char *p = text.p;
	size_t n = text.len;
	uint64_t word;

	for (; n >= sizeof word; p += sizeof word, n -= sizeof word) {
		memcpy(&word, p, sizeof word);
		sip_word(&s, word);
	}
	word = tail(p, n) | (uint64_t)(text.len + before) << 56;
	sip_word(&s, word);
	return sip_end(&s);
}

uint64_t
hs_hash(struct hs_span text)
{
	return sip_text(sip_start(), text, 0);
}

uint64_t
hs_hash_more(uint64_t h, struct hs_span text)
{
	struct sip s = sip_start();

	sip_word(&s, h);
	return sip_text(s, text, sizeof h);
}

uint64_t
hs_hash_number(uint64_t n)
{
	return hs_hash_more(n, hs_span(NULL, 0));
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
