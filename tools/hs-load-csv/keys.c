/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Rows of a CSV file by their key. */
#include "keys.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "csv.h"

int
key_read(struct key *k, struct hs_span body, const struct key_columns *c,
    struct hs_err *e)
{
	struct hs_span cell;
	size_t left = c->n;

	hs_buf_clear(&k->scratch);
	for (k->n = 0; k->n < c->n; k->n++)
		k->part[k->n] = hs_span(NULL, 0);
	for (size_t i = 0; left > 0 && csv_next_cell(&body, &cell); i++) {
		for (size_t j = 0; j < c->n; j++) {
			if (c->column[j] != i)
				continue;
			left--;
			/* All parts together are no longer than the row, so
			 * that scratch does not move again. */
			if (cell.len > 0 && cell.p[0] == '"' &&
			    hs_buf_reserve(&k->scratch, cell.len + body.len) <
				0)
				return hs_err_mem(e, "a key");
			if (csv_unquote(cell, &k->scratch, &k->part[j]) < 0)
				return hs_err_mem(e, "a key");
		}
	}
	for (k->missing = 0; k->missing < k->n; k->missing++)
		if (k->part[k->missing].len == 0)
			break;
	return 0;
}

void
key_free(struct key *k)
{
	hs_buf_free(&k->scratch);
}

static bool
same_key(const struct key *a, const struct key *b)
{
	for (size_t i = 0; i < a->n; i++)
		if (!hs_span_eq(a->part[i], b->part[i]))
			return false;
	return true;
}

/* Multiply and shift, as in MurmurHash's finalizer; the seed is random, so
 * that nobody can choose keys that collide. */
static inline uint64_t
mix(uint64_t h, uint64_t word)
{
	h = (h ^ word) * UINT64_C(0xff51afd7ed558ccd);
	h = (h ^ h >> 32) * UINT64_C(0xc4ceb9fe1a85ec53);
	return h ^ h >> 29;
}

static uint64_t
hash(const struct keys *ks, const struct key *k)
{
	uint64_t h = ks->seed;

	for (size_t i = 0; i < k->n; i++) {
		const char *p = k->part[i].p;
		size_t n = k->part[i].len;
		uint64_t word = 0;
		h = mix(h, n);
		for (; n >= sizeof(word); p += sizeof(word)) {
			memcpy(&word, p, sizeof(word));
			h = mix(h, word);
			n -= sizeof(word);
		}
		if (n > 0) {
			word = 0;
			memcpy(&word, p, n);
			h = mix(h, word);
		}
	}
	return h;
}

void
keys_init(struct keys *ks, int fd, const char *name, size_t max_row,
    const struct key_columns *c)
{
	*ks = (struct keys){.columns = *c};
	csvin_init(&ks->in, fd, name, max_row);
	if (getentropy(&ks->seed, sizeof(ks->seed)) < 0)
		ks->seed = (uint64_t)getpid();
}

int
keys_go(struct keys *ks, size_t index, struct hs_err *e)
{
	csvin_seek(&ks->in, ks->row[index].at);
	int r = csvin_next(&ks->in, e);
	if (r == 0)
		return hs_err_set(
		    e, HS_IO, "%s: cut short while it was read", ks->in.name);
	return r < 0 ? -1 : 0;
}

/* Whether the row with that index has the key. */
static int
confirm(struct keys *ks, const struct key *k, size_t index, struct hs_err *e)
{
	if (keys_go(ks, index, e) < 0 ||
	    key_read(&ks->other, csvin_body(&ks->in), &ks->columns, e) < 0)
		return -1;
	return same_key(k, &ks->other);
}

/* Finds the key's slot, or the empty one where it belongs: 1 or 0. */
static int
find_slot(struct keys *ks, const struct key *k, uint64_t h, size_t *slot,
    struct hs_err *e)
{
	size_t i = (size_t)h & (ks->slots - 1);
	int r = 0;

	for (; ks->slot[i]; i = (i + 1) & (ks->slots - 1)) {
		size_t index = ks->slot[i] - 1;
		if (ks->row[index].hash == h &&
		    (r = confirm(ks, k, index, e)) != 0)
			break;
	}
	*slot = i;
	return r;
}

/* The number of a hash's bit in the filter: other bits of it than those that
 * choose the slot. */
static inline uint64_t
filter_bit(const struct keys *ks, uint64_t h)
{
	return (h >> 32 | h << 32) & (ks->slots * 8 - 1);
}

static inline bool
in_filter(const struct keys *ks, uint64_t h)
{
	uint64_t i = filter_bit(ks, h);

	return ks->filter[i >> 6] >> (i & 63) & 1;
}

/* Enters a row that is known not to be there. */
static void
enter(struct keys *ks, size_t index)
{
	uint64_t h = ks->row[index].hash, bit = filter_bit(ks, h);
	size_t i = (size_t)h & (ks->slots - 1);

	while (ks->slot[i])
		i = (i + 1) & (ks->slots - 1);
	ks->slot[i] = index + 1;
	ks->filter[bit >> 6] |= UINT64_C(1) << (bit & 63);
}

/* The table of slots stays at most three quarters full. */
static int
grow(struct keys *ks, struct hs_err *e)
{
	if (ks->n == ks->cap) {
		size_t cap = ks->cap ? ks->cap + ks->cap / 2 : 1024;
		void *p = reallocarray(ks->row, cap, sizeof(*ks->row));
		if (!p)
			return hs_err_mem(e, "keys");
		ks->row = p;
		ks->cap = cap;
	}
	if (ks->n < ks->slots / 4 * 3)
		return 0;
	ks->slots = ks->slots ? ks->slots * 2 : 2048;
	free(ks->slot);
	free(ks->filter);
	ks->slot = calloc(ks->slots, sizeof(*ks->slot));
	ks->filter = calloc(ks->slots / 8, sizeof(*ks->filter));
	if (!ks->slot || !ks->filter)
		return hs_err_mem(e, "keys");
	for (size_t i = 0; i < ks->n; i++)
		enter(ks, i);
	return 0;
}

int
keys_add(struct keys *ks, const struct key *k, off_t at, struct hs_err *e)
{
	uint64_t h = hash(ks, k);
	size_t slot;

	if (grow(ks, e) < 0)
		return -1;
	int r = find_slot(ks, k, h, &slot, e);
	if (r < 0)
		return -1;
	if (r > 0) {
		ks->row[ks->slot[slot] - 1].at = at;
		return 1;
	}
	ks->row[ks->n] = (struct keys_row){.hash = h, .at = at};
	enter(ks, ks->n++);
	return 0;
}

int
keys_find(struct keys *ks, const struct key *k, size_t *index, struct hs_err *e)
{
	uint64_t h;
	size_t slot;

	if (ks->n == 0)
		return 0;
	h = hash(ks, k);
	if (!in_filter(ks, h))
		return 0;
	int r = find_slot(ks, k, h, &slot, e);
	if (r > 0)
		*index = ks->slot[slot] - 1;
	return r;
}

void
keys_free(struct keys *ks)
{
	csvin_free(&ks->in);
	key_free(&ks->other);
	free(ks->row);
	free(ks->slot);
	free(ks->filter);
	*ks = (struct keys){.in.fd = -1};
}
