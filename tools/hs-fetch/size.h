/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef FETCH_SIZE_H
#define FETCH_SIZE_H

#include <stdbool.h>

/*
 * How many records to ask for at once.
 *
 * A request for a hundred records may fail each time (500, 502, 504, no
 * answer in time) because they take the API too long.  The same request for
 * half as many may do.  So a failure halves the number, down to 1, and it is
 * doubled again after requests that went well: the more of them, the more
 * often a doubling has failed.
 */
struct size {
	unsigned now, most;
	unsigned good;	   /* requests that went well with it */
	unsigned patience; /* so many of these before it is doubled */
	bool raised;	   /* doubled, and not tried since */
};

void size_start(struct size *s, unsigned most);

/* A request for n records failed too often: true when the next one is to ask
 * for less, which s->now says. */
bool size_failed(struct size *s, unsigned n);

/* A request for n records went well. */
void size_went_well(struct size *s, unsigned n);

#endif
