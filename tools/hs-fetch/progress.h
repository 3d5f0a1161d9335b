/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_PROGRESS_H
#define HS_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The line that tells a person how far a long run is:
 *
 *	companies: 12,300 of 20,000 records, 1,230/s, 6 s left, quota 249,871
 *
 * It stands on standard error while `on`, drawn over itself.
 */
struct hs_progress {
	bool on;
	const char *object;
	bool has_total;
	unsigned long long total;
	unsigned long long start;	/* records there were before this run */
	int64_t started, drawn;		/* nanoseconds */
};

#define HS_PROGRESS_MAX 160

/* Whether standard error is a terminal. */
bool hs_progress_possible(void);

/* Draws the line, unless the last one is younger than a fifth of a second. */
void hs_progress_draw(struct hs_progress *p, unsigned long long records,
    long quota, int64_t now);

/* Clears it away, for a message or at the end. */
void hs_progress_wipe(const struct hs_progress *p);

/* Writes the line for `records` at time `now` into text.  False when the last
 * one is younger than a fifth of a second. */
bool hs_progress_line(struct hs_progress *p, unsigned long long records,
    long quota, int64_t now, char text[HS_PROGRESS_MAX]);

/* A number with commas between thousands; text has room for 32 bytes. */
const char *hs_progress_number(unsigned long long n, char text[32]);

#endif
