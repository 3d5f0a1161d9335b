/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_KEYS_H
#define HS_KEYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "csvin.h"
#include "err.h"
#include "span.h"

/*
 * Rows of a CSV file by their key, the text of one or more columns.  Memory
 * holds a hash and an offset a row, 50 bytes in all; the rows stay in the
 * file, where a hash that is met is always confirmed.
 */
#define HS_KEY_MAX 16

/* Of which columns a key is made. */
struct hs_key_columns {
	size_t column[HS_KEY_MAX];
	size_t n;
};

/* A key: what its cells say.  The spans are the row's or scratch's. */
struct hs_key {
	struct hs_span part[HS_KEY_MAX];
	size_t n;
	size_t missing;		/* the first part that is null, "" or not
				 * there; n when all are there */
	struct hs_buf scratch;
};

/* Reads the key of a row's body; HS_SYSTEM for memory. */
int hs_key_read(struct hs_key *k, struct hs_span body,
    const struct hs_key_columns *c, struct hs_err *e);

void hs_key_free(struct hs_key *k);

struct hs_keys {
	struct hs_key_columns columns;
	struct hs_csvin in;	/* stands at the row that was found last */
	struct hs_keys_row {
		uint64_t hash;
		off_t at;
		bool met;	/* the caller's to set */
	} *row;			/* in order of a key's first appearance */
	size_t n, cap;
	size_t *slot;		/* private: hash table of indexes + 1 */
	size_t slots;
	uint64_t *filter;	/* private: 8 bits a slot, set for hashes that
				 * are there; most look-ups end at a zero */
	uint64_t seed;
	struct hs_key other;
};

/* Starts an index of the rows in fd, a file that stays the caller's. */
void hs_keys_init(struct hs_keys *ks, int fd, const char *name, size_t max_row,
    const struct hs_key_columns *c);

/* Adds the row at an offset, whose key is k; of equal keys the last one added
 * stands, in the place of the first: 1 when there was one. */
int hs_keys_add(
    struct hs_keys *ks, const struct hs_key *k, off_t at, struct hs_err *e);

/* Goes to the row with the key: 1 and its index in row[]; 0: none. */
int hs_keys_find(struct hs_keys *ks, const struct hs_key *k, size_t *index,
    struct hs_err *e);

/* Goes to a row by its index. */
int hs_keys_go(struct hs_keys *ks, size_t index, struct hs_err *e);

void hs_keys_free(struct hs_keys *ks);

#endif
