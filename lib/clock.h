/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_CLOCK_H
#define HS_CLOCK_H

#include <stdint.h>
#include <time.h>

#define HS_MS INT64_C(1000000) /* a millisecond in nanoseconds */
#define HS_SECOND (1000 * HS_MS)

/* Nanoseconds of a clock that only runs forward (CLOCK_MONOTONIC), the same
 * for all processes until the machine restarts. */
static inline int64_t
hs_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * HS_SECOND + t.tv_nsec;
}

#endif
