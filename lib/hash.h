/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_HASH_H
#define HS_HASH_H

#include <stddef.h>
#include <stdint.h>

#include "span.h"

/*
 * Hashes, and an index of an array by them.
 *
 * The input may come from an enemy.  So the hash mixes the text with secret
 * numbers that each process draws at random: nobody can choose texts that
 * collide.  A value means nothing to another process or in a file.
 */
uint64_t hs_hash(struct hs_span text);

/* The hash of a text that follows what has the hash h: for keys of several
 * parts.  Parts that are cut elsewhere ("ab" "c", "a" "bc") hash apart. */
uint64_t hs_hash_more(uint64_t h, struct hs_span text);

uint64_t hs_hash_number(uint64_t n);

/* A hash without a secret, the same in every process and version (FNV-1a): for
 * names that last. */
uint64_t hs_hash_lasting(struct hs_span text);

/*
 * An index finds the elements of an array by the hash of their keys.  The
 * array and the keys are the caller's; the index holds each element's place
 * in it and 32 bits of its hash.  Zeroed is empty.
 *
 *	uint64_t h = hs_hash(name);
 *	size_t at, step = 0;
 *	while ((at = hs_index_next(&x, h, &step)) != HS_INDEX_NONE)
 *		if (hs_span_eq(v[at].name, name))
 *			return at;
 *	…add the element at v[n]…
 *	if (hs_index_add(&x, h, n) < 0)
 *		return hs_err_mem(e, "names");
 */
#define HS_INDEX_NONE SIZE_MAX
#define HS_INDEX_MAX ((size_t)1 << 30) /* elements */

struct hs_index_slot {
	uint32_t hash;
	uint32_t at; /* place + 1; 0: the slot is free */
};

struct hs_index {
	struct hs_index_slot *slot;
	size_t slots; /* a power of two, or 0 */
	size_t n;     /* used; at most two thirds of them */
};

/* The next place whose element may have the hash.  *step starts at 0 and
 * counts the slots that have been looked at. */
static inline size_t
hs_index_next(const struct hs_index *x, uint64_t hash, size_t *step)
{
	if (x->slots == 0)
		return HS_INDEX_NONE;
	for (;;) {
		size_t i = ((size_t)hash + (*step)++) & (x->slots - 1);
		if (x->slot[i].at == 0)
			return HS_INDEX_NONE;
		if (x->slot[i].hash == (uint32_t)hash)
			return x->slot[i].at - 1;
	}
}

/* Adds a place; 0, or -1 with errno ENOMEM, or EFBIG for a place that is
 * HS_INDEX_MAX or higher. */
int hs_index_add(struct hs_index *x, uint64_t hash, size_t at);

/* Forgets all places.  Takes time in proportion to what was added since the
 * last clear, not to the largest size that the index ever had. */
void hs_index_clear(struct hs_index *x);

void hs_index_free(struct hs_index *x);

#endif
