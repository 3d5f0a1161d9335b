/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef FETCH_PACE_ROW_H
#define FETCH_PACE_ROW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The row of slots that the pace counts with, as it is in memory and in the
 * file.  Times are hs_now()'s.  struct rates is what an answer's headers say of
 * the limit.
 */
#define PACE_SLOTS 1024 /* a higher limit is no limit */

struct rates { /* -1 where a header was missing */
	long max, remaining, window_ms;
	long daily, daily_remaining;
};

#define WINDOW_MAX_MS 600000

struct pace_row {
	uint64_t magic;
	char boot[40]; /* the clock counts from there */
	int32_t limit; /* PACE_SLOTS + 1: none */
	int32_t window_ms;
	int64_t hold_until;
	int64_t least; /* the shortest round trip of late; 0: none yet */
	int64_t free_at[PACE_SLOTS];
};

void pace_reset(struct pace_row *r, const char boot[40]);
/* Whether the n bytes that were read are a row of this run of the machine. */
bool pace_valid(const struct pace_row *r, size_t n, const char boot[40]);
/* The slots that count: without a limit none do. */
int pace_slots(const struct pace_row *r);
/* What there is of the row in the file. */
size_t pace_size(const struct pace_row *r);
/* The slot that is free earliest; -1 without a limit. */
int pace_earliest(const struct pace_row *r);
/* Takes the slot until it is answered, or for two windows. */
void pace_occupy(struct pace_row *r, int slot, int64_t now);
/* A request took so long to be answered. */
void pace_trip(struct pace_row *r, int64_t ns);
/* When the slot is free, as pace.h says. */
int64_t pace_free_at(const struct pace_row *r, int slot);
/* Limit and window as the server names them, and the requests of others. */
void pace_learn(struct pace_row *r, const struct rates *rates, int64_t now);

#endif
