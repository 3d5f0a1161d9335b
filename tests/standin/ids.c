/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* How the ids of records lie. */
#include "ids.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bytes.h"
#include "portal.h"

#define STRIDE 7
#define ARCHIVED_STRIDE 20
#define STEP 50
#define ELEVEN UINT64_C(10000000000) /* the least number of 11 digits */
#define GAP_MAX 4000000
#define ROUNDS 4
#define TEXT_KEY 0x7e875

static const char *const names[] = {[IDS_USUAL] = "usual",
    [IDS_DENSE] = "dense",
    [IDS_STEPS] = "steps",
    [IDS_RANDOM] = "random",
    [IDS_CLUMPS] = "clumps",
    [IDS_DESCENDING] = "descending",
    [IDS_TEXTS] = "texts",
    [IDS_REPEATED] = "repeated"};

int
ids_read(enum ids_pattern *pattern, const char *name)
{
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (strcmp(names[i], name) == 0) {
			*pattern = (enum ids_pattern)i;
			return 0;
		}
	}
	return -1;
}

/* Live ids take the first six of every seven numbers, archived ones the
 * seventh of every 140: they lie between each other and never meet. */
static uint64_t
usual_id(const struct type *t, uint64_t index, bool archived)
{
	if (archived)
		return t->base + index * ARCHIVED_STRIDE * STRIDE + STRIDE - 1;
	return t->base + index * STRIDE + mix(t->seed ^ index) % (STRIDE - 1);
}

static uint64_t
usual_index(const struct type *t, uint64_t id, bool archived)
{
	uint64_t step = archived ? ARCHIVED_STRIDE * STRIDE : STRIDE;

	if (id <= t->base)
		return 0;
	uint64_t index = (id - t->base) / step;
	return usual_id(t, index, archived) < id ? index + 1 : index;
}

static uint64_t
between(uint64_t hash, uint64_t low, uint64_t high)
{
	return low + hash % (high - low + 1);
}

/* Eleven digits are enough for a hundred thousand. */
static uint64_t
gap(const struct type *t, uint64_t i)
{
	uint64_t most = 16 * ELEVEN / t->nids;

	if (most > GAP_MAX)
		most = GAP_MAX;
	return between(mix(t->seed ^ mix(i)), 1, most < 2 ? 2 : most);
}

static uint64_t
first_random(const struct type *t)
{
	return ELEVEN + mix(t->seed) % (ELEVEN / 10);
}

static void
make_random(struct type *t)
{
	t->ids[0] = first_random(t);
	for (uint64_t i = 1; i < t->nids; i++)
		t->ids[i] = t->ids[i - 1] + gap(t, i);
}

/* A fifth are of an old account; behind them stretches with gaps are
 * followed by imports without, of a twentieth and a fifth at most. */
static void
make_clumps(struct type *t)
{
	uint64_t i = 0, n = t->nids, old = n / 5, id = first_random(t), end;
	uint64_t sparse = n / 20 + 2, dense = n / 5 + 2;

	for (; i < old; i++)
		t->ids[i] = 1 + i * STEP;
	while (i < n) {
		uint64_t hash = mix(t->seed ^ ~i);
		end = i + between(hash, 1, sparse < 2000 ? sparse : 2000);
		for (; i < end && i < n; i++)
			t->ids[i] = id += gap(t, i);
		end = i + between(hash >> 20, dense < 6000 ? dense / 2 : 1000,
			      dense < 6000 ? dense : 6000);
		for (; i < end && i < n; i++)
			t->ids[i] = ++id;
	}
}

/* Not so near zero that those past the end would fall below it. */
static void
make_descending(struct type *t)
{
	for (uint64_t i = 0; i < t->nids; i++)
		t->ids[i] = ELEVEN + usual_id(t, t->nids - 1 - i, false);
}

/* The pairs don't cross the end of a page of ten. */
static void
make_repeated(struct type *t)
{
	for (uint64_t i = 0; i < t->nids; i++)
		t->ids[i] = usual_id(t, i % 20 == 5 ? i - 1 : i, false);
}

void
ids_make(struct type *t)
{
	t->nids = t->count + t->archived;
	if (t->pattern == IDS_USUAL || t->nids == 0)
		return;
	t->ids = calloc(t->nids, sizeof(*t->ids));
	if (t->ids == NULL)
		abort();
	switch (t->pattern) {
	case IDS_RANDOM: make_random(t); return;
	case IDS_CLUMPS: make_clumps(t); return;
	case IDS_DESCENDING: make_descending(t); return;
	case IDS_REPEATED: make_repeated(t); return;
	default: break;
	}
	uint64_t first = t->pattern == IDS_DENSE ? t->base : 1;
	uint64_t step = t->pattern == IDS_STEPS ? STEP : 1;
	for (uint64_t i = 0; i < t->nids; i++)
		t->ids[i] = first + i * step;
}

void
ids_free(struct type *t)
{
	free(t->ids);
}

bool
ids_fall(const struct type *t)
{
	return t->pattern == IDS_DESCENDING;
}

bool
ids_are_texts(const struct type *t)
{
	return t->pattern == IDS_TEXTS;
}

uint64_t
type_id(const struct type *t, uint64_t index, bool archived)
{
	if (t->ids == NULL)
		return usual_id(t, index, archived);
	if (archived)
		index += t->count;
	if (index < t->nids)
		return t->ids[index];
	uint64_t past = (index - t->nids + 1) * STRIDE;
	uint64_t last = t->ids[t->nids - 1];
	return ids_fall(t) ? last - past : last + past;
}

/* The first position in the table, or past it, that isn't before the id. */
static uint64_t
find_position(const struct type *t, uint64_t id)
{
	bool fall = ids_fall(t);
	uint64_t low = 0, high = t->nids;

	while (low < high) {
		uint64_t middle = low + (high - low) / 2;
		uint64_t at = t->ids[middle];
		if (fall ? at > id : at < id)
			low = middle + 1;
		else
			high = middle;
	}
	if (low < t->nids)
		return low;
	uint64_t last = t->ids[t->nids - 1];
	uint64_t past = fall ? last - id : id - last;
	return t->nids - 1 + past / STRIDE + (past % STRIDE != 0);
}

uint64_t
type_index(const struct type *t, uint64_t id, bool archived)
{
	if (t->ids == NULL)
		return usual_index(t, id, archived);
	uint64_t position = find_position(t, id);
	if (!archived)
		return position;
	return position < t->count ? 0 : position - t->count;
}

uint64_t
type_rank(const struct type *t, uint64_t id)
{
	if (id == 0)
		return 0;
	uint64_t i = type_index(t, ids_fall(t) ? id - 1 : id, false);
	if (i > t->count)
		i = t->count;
	return ids_fall(t) ? t->count - i : i;
}

/* A Feistel network: each number has a token, and each token a number. */
uint64_t
id_scramble(uint64_t n, uint64_t key)
{
	uint64_t left = n >> 32, right = n & UINT32_MAX;

	for (uint64_t i = 0; i < ROUNDS; i++) {
		uint64_t was = right;
		right = (left ^ mix(key + i + (right << 8))) & UINT32_MAX;
		left = was;
	}
	return left << 32 | right;
}

uint64_t
id_unscramble(uint64_t token, uint64_t key)
{
	uint64_t left = token >> 32, right = token & UINT32_MAX;

	for (uint64_t i = ROUNDS; i-- > 0;) {
		uint64_t was = left;
		left = (right ^ mix(key + i + (left << 8))) & UINT32_MAX;
		right = was;
	}
	return left << 32 | right;
}

/* A UUID's digits are the id's token and a hash that proves it. */
void
id_add(struct bytes *b, uint64_t id, bool is_text)
{
	if (!is_text) {
		bytes_num(b, id, 1);
		return;
	}
	uint64_t token = id_scramble(id, TEXT_KEY), proof = mix(token);
	bytes_fmt(b,
	    "%08" PRIx64 "-%04" PRIx64 "-4%03" PRIx64 "-8%03" PRIx64
	    "-%012" PRIx64,
	    token >> 32, token >> 16 & 0xffff, token >> 4 & 0xfff,
	    (token & 0xf) << 8 | proof >> 56, proof & 0xffffffffffff);
}

bool
id_read(const struct type *t, const char *text, uint64_t *id)
{
	uint64_t a, b, c, d;
	struct bytes again = {0};

	if (!ids_are_texts(t)) {
		*id = strtoull(text, NULL, 10);
		return true;
	}
	if (sscanf(text, "%8" SCNx64 "-%4" SCNx64 "-4%3" SCNx64 "-8%3" SCNx64,
		&a, &b, &c, &d) != 4)
		return false;
	*id = id_unscramble(a << 32 | b << 16 | c << 4 | d >> 8, TEXT_KEY);
	id_add(&again, *id, true);
	bool same = strcmp(bytes_end(&again), text) == 0;
	bytes_free(&again);
	return same;
}
