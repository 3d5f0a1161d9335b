/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Rows of a CSV file by their key. */
#include "keys.h"

#include <stdlib.h>

#include "csv.h"
#include "grow.h"

/* Replaces the key's cells by what they say. */
static int
unquote(struct key *k, struct hs_err *e)
{
	size_t len = 0;

	for (size_t j = 0; j < k->n; j++)
		len += k->part[j].len;
	/* Room for all parts, so that none moves. */
	hs_buf_clear(&k->scratch);
	if (hs_buf_reserve(&k->scratch, len) < 0)
		return hs_err_mem(e, "a key");
	for (size_t j = 0; j < k->n; j++)
		k->part[j] = hs_csv_unquote(k->part[j], &k->scratch);
	return 0;
}

/* The part of the key that the i-th cell is, or NULL. */
static inline struct hs_span *
part_of(struct key *k, const struct key_columns *c, size_t i)
{
	for (size_t j = 0; j < c->n; j++)
		if (c->column[j] == i)
			return &k->part[j];
	return NULL;
}

int
key_read(struct key *k, struct hs_span body, const struct key_columns *c,
    struct hs_err *e)
{
	size_t left = c->n;
	bool quoted = false;

	for (k->n = 0; k->n < c->n; k->n++)
		k->part[k->n] = hs_span(NULL, 0);
	for (size_t i = 0; left > 0 && body.p; i++) {
		struct hs_span other, *part = part_of(k, c, i);
		hs_csv_next_cell(&body, part ? part : &other);
		if (!part)
			continue;
		quoted |= part->len > 0 && part->p[0] == '"';
		left--;
	}
	if (quoted && unquote(k, e) < 0)
		return -1;
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

static uint64_t
hash(const struct key *k)
{
	uint64_t h = 0;

	for (size_t i = 0; i < k->n; i++)
		h = i ? hs_hash_more(h, k->part[i]) : hs_hash(k->part[i]);
	return h;
}

void
keys_init(struct keys *ks, int fd, const char *name, size_t max_row,
    const struct key_columns *c)
{
	*ks = (struct keys){.columns = *c};
	hs_csvin_init(&ks->in, fd, name, max_row);
}

int
keys_go(struct keys *ks, size_t index, struct hs_err *e)
{
	hs_csvin_seek(&ks->in, ks->row[index].at);
	int r = hs_csvin_next(&ks->in, e);
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
	    key_read(&ks->other, hs_csvin_body(&ks->in), &ks->columns, e) < 0)
		return -1;
	return same_key(k, &ks->other);
}

/* Goes to the row with a key that has the hash h: 1 and its index, or 0. */
static int
look_up(struct keys *ks, const struct key *k, uint64_t h, size_t *index,
    struct hs_err *e)
{
	size_t step = 0;
	int r = 0;

	while (r == 0) {
		*index = hs_index_next(&ks->index, h, &step);
		if (*index == HS_INDEX_NONE)
			return 0;
		r = confirm(ks, k, *index, e);
	}
	return r;
}

static inline uint64_t
filter_bit(const struct keys *ks, uint64_t h)
{
	return (uint32_t)h & (ks->index.slots * 8 - 1);
}

static inline bool
in_filter(const struct keys *ks, uint64_t h)
{
	uint64_t bit = filter_bit(ks, h);

	return ks->filter[bit >> 6] >> (bit & 63) & 1;
}

static inline void
set_filter(struct keys *ks, uint64_t h)
{
	uint64_t bit = filter_bit(ks, h);

	ks->filter[bit >> 6] |= UINT64_C(1) << (bit & 63);
}

/* Makes the filter anew: the index has grown. */
static int
make_filter(struct keys *ks)
{
	const struct hs_index *x = &ks->index;

	free(ks->filter);
	ks->filter = calloc(x->slots / 8, sizeof *ks->filter);
	if (!ks->filter)
		return -1;
	for (size_t i = 0; i < x->slots; i++)
		if (x->slot[i].at > 0)
			set_filter(ks, x->slot[i].hash);
	return 0;
}

/* Adds the place of a new row to the index. */
static int
enter(struct keys *ks, uint64_t h)
{
	size_t before = ks->index.slots;

	if (hs_index_add(&ks->index, h, ks->n) < 0)
		return -1;
	if (ks->index.slots != before)
		return make_filter(ks);
	set_filter(ks, h);
	return 0;
}

int
keys_add(struct keys *ks, const struct key *k, off_t at, struct hs_err *e)
{
	uint64_t h = hash(k);
	size_t index;
	int r = look_up(ks, k, h, &index, e);

	if (r > 0)
		ks->row[index].at = at;
	if (r != 0)
		return r;
	if (HS_GROW(ks->row, ks->n, ks->cap) < 0 || enter(ks, h) < 0)
		return hs_err_mem(e, "keys");
	ks->row[ks->n++] = (struct keys_row){.at = at};
	return 0;
}

int
keys_find(struct keys *ks, const struct key *k, size_t *index, struct hs_err *e)
{
	if (ks->n == 0)
		return 0;
	uint64_t h = hash(k);
	return in_filter(ks, h) ? look_up(ks, k, h, index, e) : 0;
}

void
keys_free(struct keys *ks)
{
	hs_csvin_free(&ks->in);
	key_free(&ks->other);
	free(ks->row);
	free(ks->filter);
	hs_index_free(&ks->index);
	*ks = (struct keys){.in.fd = -1};
}
