/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* The row of slots that the pace counts with. */
#include "pace-row.h"

#include <stddef.h>
#include <string.h>

#include "clock.h"

#define MAGIC UINT64_C(0x3365636170736831) /* "1hspace3", by its bytes */
#define FIRST_LIMIT 100
#define FIRST_WINDOW_MS 10000

void
pace_reset(struct pace_row *r, const char boot[40])
{
	memset(r, 0, sizeof *r);
	r->magic = MAGIC;
	memcpy(r->boot, boot, sizeof r->boot);
	r->limit = FIRST_LIMIT;
	r->window_ms = FIRST_WINDOW_MS;
}

int
pace_slots(const struct pace_row *r)
{
	return r->limit > PACE_SLOTS ? 0 : r->limit;
}

size_t
pace_size(const struct pace_row *r)
{
	return offsetof(struct pace_row, free_at) +
	       (size_t)pace_slots(r) * sizeof *r->free_at;
}

bool
pace_valid(const struct pace_row *r, size_t n, const char boot[40])
{
	return n >= offsetof(struct pace_row, free_at) && r->magic == MAGIC &&
	       r->limit >= 1 && r->limit <= PACE_SLOTS + 1 &&
	       r->window_ms >= 1 && r->window_ms <= WINDOW_MAX_MS &&
	       r->least >= 0 && r->least <= WINDOW_MAX_MS * HS_MS &&
	       n >= pace_size(r) && memcmp(r->boot, boot, sizeof r->boot) == 0;
}

int
pace_earliest(const struct pace_row *r)
{
	int best = pace_slots(r) > 0 ? 0 : -1;

	for (int i = 1; i < pace_slots(r); i++)
		if (r->free_at[i] < r->free_at[best])
			best = i;
	return best;
}

void
pace_occupy(struct pace_row *r, int slot, int64_t now)
{
	if (slot >= 0)
		r->free_at[slot] = now + 2 * HS_MS * r->window_ms;
}

/* A short one counts at once, and is forgotten within a window or two. */
void
pace_trip(struct pace_row *r, int64_t ns)
{
	if (ns > WINDOW_MAX_MS * HS_MS)
		ns = WINDOW_MAX_MS * HS_MS;
	if (r->least == 0 || ns < r->least)
		r->least = ns;
	else
		r->least += (ns - r->least) / 128;
}

int64_t
pace_free_at(const struct pace_row *r, int slot)
{
	return r->free_at[slot] - r->least / 2;
}

/* What is under way keeps its slot, for two windows of the new length. */
static void
set_window(struct pace_row *r, int32_t ms, int64_t now)
{
	int64_t latest = now + 2 * HS_MS * ms;

	if (ms == r->window_ms)
		return;
	r->window_ms = ms;
	for (int i = 0; i < PACE_SLOTS; i++)
		if (r->free_at[i] > latest)
			r->free_at[i] = latest;
}

void
pace_learn(struct pace_row *r, const struct rates *rates, int64_t now)
{
	long ours = 0;

	if (rates->window_ms > 0 && rates->window_ms <= WINDOW_MAX_MS)
		set_window(r, (int32_t)rates->window_ms, now);
	if (rates->max < 1)
		return;
	r->limit =
	    rates->max > PACE_SLOTS ? PACE_SLOTS + 1 : (int32_t)rates->max;
	if (rates->remaining < 0 || r->limit > PACE_SLOTS)
		return;
	for (int i = 0; i < r->limit; i++)
		ours += r->free_at[i] > now;
	for (long others = rates->max - rates->remaining - ours; others > 0;
	     others--) {
		int i = pace_earliest(r);

		if (r->free_at[i] > now)
			break;
		r->free_at[i] = now + HS_MS * r->window_ms;
	}
}
