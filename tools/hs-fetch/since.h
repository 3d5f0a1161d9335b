/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef FETCH_SINCE_H
#define FETCH_SINCE_H

#include <stdint.h>

#include "err.h"

/* Times, as --since and --mark have them. */
#define SINCE_SIZE 64

/* Reads --since: a time, or @FILE, which has the time that --mark left there;
 * that is moved back, since the search's index lags behind.  text becomes the
 * time as UTC. */
int since_read(const char *arg, char text[SINCE_SIZE], struct hs_err *e);

/* Milliseconds since 1970 of a time of ISO 8601, a date or one with its zone;
 * -1: it is none. */
int64_t since_time(const char *text);

/* Leaves a time in a file, which is replaced whole. */
int since_mark(const char *path, int64_t ms, struct hs_err *e);

/* The time as UTC. */
void since_write(int64_t ms, char text[SINCE_SIZE]);

#endif
