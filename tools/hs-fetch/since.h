/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef FETCH_SINCE_H
#define FETCH_SINCE_H

#include <stdint.h>

#include "answer.h"
#include "buf.h"
#include "err.h"

/*
 * Only what changed since a time: a list that is read with the search, in the
 * order of ids, each page from the last id of the one before.  So the search's
 * limit of 10,000 results, which is one query's, is no end.
 */
#define SINCE_PAGE 200 /* records, the search's limit */
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

/* Adds the body of a search for what changed since: n records behind the id
 * last, NULL at the start.  properties is JSON: "properties":[...], */
void since_body(struct hs_buf *b, const char *type, const char *since,
    struct hs_span properties, unsigned n, const char *last);

/* Has the page name its last id as the cursor of the next. */
int since_page(struct answer *l, struct hs_err *e);

#endif
