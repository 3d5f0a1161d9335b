/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_LOAD_CSV_KEYS_H
#define HS_LOAD_CSV_KEYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "csvin.h"
#include "err.h"
#include "hash.h"
#include "span.h"

/*
 * Rows of a CSV file by their key, the text of one or more columns.  Memory
 * holds a hash and an offset for each key, about 40 bytes; the rows stay in
 * the file, where a match of hashes is always confirmed.
 */
#define KEY_MAX 16

/* Which columns of a row make its key; each is named once. */
struct key_columns {
	size_t column[KEY_MAX];
	size_t n;
};

/* A key: what its cells say.  The spans are the row's or scratch's. */
struct key {
	struct hs_span part[KEY_MAX];
	size_t n;
	size_t missing; /* the first part that is null, "" or beyond
			 * the row's end; n when there is none */
	struct hs_buf scratch;
};

/* Reads the key of a row's body; HS_SYSTEM for memory. */
int key_read(struct key *k, struct hs_span body, const struct key_columns *c,
    struct hs_err *e);

void key_free(struct key *k);

struct keys {
	struct key_columns columns;
	struct hs_csvin in; /* stands at the row that was found last */
	struct keys_row {
		off_t at;
		bool met; /* the caller's to set */
	} * row;	  /* in order of each key's first appearance */
	size_t n, cap;
	struct hs_index index; /* private */
	uint64_t *filter;      /* private: eight bits a slot of index, set for
				* hashes that are there; most look-ups end at
				* a zero, without a miss of the cache */
	struct key other;      /* private */
};

/* Starts an index of the rows in fd, a file that stays the caller's. */
void keys_init(struct keys *ks, int fd, const char *name, size_t max_row,
    const struct key_columns *c);

/* Adds the row at an offset, whose key is k.  Returns 1 when the key is there
 * already: then the new row takes the old one's place in row[]. */
int keys_add(struct keys *ks, const struct key *k, off_t at, struct hs_err *e);

/* Goes to the row with the key: 1 and its index in row[]; 0: none. */
int keys_find(
    struct keys *ks, const struct key *k, size_t *index, struct hs_err *e);

/* Goes to a row by its index. */
int keys_go(struct keys *ks, size_t index, struct hs_err *e);

void keys_free(struct keys *ks);

#endif
