/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_SCAN_KNOWN_H
#define HS_SCAN_KNOWN_H

#include <stdint.h>

#include "buf.h"
#include "span.h"

/*
 * The keys of the object that was read last, each as it stood in the text,
 * `,"key":` or `{"key":`, by its number.  Objects of one kind mostly have the
 * same keys in the same order, and a key that is as expected need not be read
 * byte by byte. Only speed depends on this.  The struct owns the copies that it
 * keeps.
 *
 * A zeroed struct knows nothing.  After several objects with other keys than
 * the ones before it stops for a while.
 */
#define HS_KNOWN_KEY_MAX 200 /* bytes of a key */
#define HS_KNOWN_MAX 4096    /* keys */

struct hs_known_key {
	uint32_t at, len; /* in text */
};

struct hs_known {
	struct hs_buf text;
	struct hs_known_key *v;
	size_t n, cap;
	uint64_t changes; /* how often one of the keys became another */
	unsigned missed;  /* objects in a row with an unexpected key */
	unsigned rest;	  /* so many objects are read without it */
};

/* The length of the i-th key as it stands at p, or 0. */
static inline size_t
hs_known_at(const struct hs_known *k, size_t i, const char *p, const char *end)
{
	if (i >= k->n)
		return 0;
	const struct hs_known_key *key = &k->v[i];
	return key->len <= (size_t)(end - p) &&
		       hs_span_same(p, k->text.data + key->at, key->len)
		   ? key->len
		   : 0;
}

/* The i-th key is another one: text, from comma to colon.  It may be too long
 * to be remembered. */
void hs_known_learn(struct hs_known *k, size_t i, struct hs_span text);

/* At the start of an object: whether to use what is known. */
static inline bool
hs_known_begin(struct hs_known *k)
{
	if (k->rest == 0)
		return true;
	k->rest--;
	return false;
}

/* At its end: whether some key was not the expected one. */
void hs_known_end(struct hs_known *k, bool surprised);

void hs_known_free(struct hs_known *k);

#endif
