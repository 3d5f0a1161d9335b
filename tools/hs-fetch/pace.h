/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef FETCH_PACE_H
#define FETCH_PACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "err.h"
#include "pace-row.h"

/*
 * The pace: never more requests within the API's rolling window than its
 * burst limit, whatever the number of processes.
 *
 * The limit is a row of slots.  A request takes a free slot before it is sent.
 * The slot is free again one window after the request was *answered*, since
 * the server has counted it by then, less half of the shortest round trip of
 * late: the next request takes that long at least, on its way to where it is
 * counted and from there back.  So the rule holds with any latency, unless
 * that falls by more than half at once; it costs half a round trip a window.
 *
 * The row lies in a small file that all processes of one user with one token
 * and one host share, locked (flock) while it is read and written.  It is
 * named by a digest of token and host, in a directory of mode 0700,
 * ${XDG_RUNTIME_DIR:-/tmp}/hs-tools-UID.  A directory or file that others own
 * or may write is not used, nor is what was written before the machine
 * restarted.  The slots of a process that was killed become free after two
 * windows.  A process that can't have the lock for seconds goes on alone.
 *
 * Limit and window are learned from the answers' headers; before that they
 * are 100 in 10 s, the least that any account has.
 */
struct pace {
	int fd;	       /* -1: this process alone */
	char why[256]; /* why it is not shared, or "" */
	bool foreign;  /* since others own the file or may write it */

	/* Private. */
	char boot[40];	      /* this run of the machine */
	struct pace_row *row; /* two: as it is, and as it was read */
	struct {
		bool due;
		int slot;
		int64_t at, trip;
		struct rates rates;
	} done; /* what is not in the file yet */
};

/* Always gives a usable pace.  Where the file can't be had it is this process's
 * own, with the reason in why.  HS_SYSTEM for memory. */
int pace_open(
    struct pace *p, const char *host, const char *token, struct hs_err *e);

/* Takes a slot: 0, and *slot is it.  Otherwise the nanoseconds after which to
 * ask again. */
int64_t pace_take(struct pace *p, int *slot);

/* The request with that slot was answered after so many nanoseconds, or has
 * failed (0).  Learns from its headers: when the server counts more requests
 * than we do, other programs use the same limit, and as many slots are taken
 * for a window.  All this is kept in memory until the next pace_take() or
 * pace_settle() writes it: mostly a pace_take() follows at once, and the file
 * is locked once for both. */
void pace_done(
    struct pace *p, int slot, int64_t trip, const struct rates *rates);
void pace_settle(struct pace *p);

/* A 429 came: no process sends anything for that long. */
void pace_hold(struct pace *p, long ms);

/* The window's length in milliseconds, and the requests that the limit allows
 * in it, as far as is known; 0: there is no limit. */
long pace_window(struct pace *p);
int pace_limit(struct pace *p);

void pace_close(struct pace *p);

#endif
