/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef FETCH_PROGRESS_H
#define FETCH_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The line that tells a person how far a long run is:
 *
 *	companies: 12,300 of 20,000 records, 1,230/s, 6 s left, quota 249,871
 *
 * It stands on standard error while `on`, drawn over itself.  Below hs-run it
 * goes to hs-run's pipe instead (meter.h).
 */
struct progress {
	bool on;
	int pipe; /* hs-run's, or -1 */
	const char *object;
	bool has_total;
	unsigned long long total;
	unsigned long long start; /* records there were before this run */
	int64_t started, drawn;	  /* nanoseconds */
};

/* Opens hs-run's pipe, if it is wanted; sets `on` when somebody looks. */
void progress_open(struct progress *p, bool wanted);

void progress_close(struct progress *p);

/* Draws the line, unless the last one is younger than a fifth of a second. */
void progress_draw(
    struct progress *p, unsigned long long records, long quota, int64_t now);

/* Erases it, for a message or at the end. */
void progress_wipe(const struct progress *p);

#endif
