/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_COPYBLANK_H
#define HS_COPYBLANK_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "err.h"
#include "out.h"

/*
 * Where empty texts stand among rows of COPY text, in a file without a name.
 * Only the end of the stream tells whether the column of one is text, where ""
 * stays, or of another type, where it is null.
 *
 * The caller zeroes the struct, calls hs_copyblanks_open(), adds all places in
 * their order, reads them, again if it likes, and releases it with
 * hs_copyblanks_free() in any case.
 */
struct hs_copyblank {
	unsigned long long at;	/* bytes of the rows before it */
	unsigned long long row; /* from 1 */
	size_t column;		/* from 0 */
};

struct hs_copyblanks {
	struct hs_out out;
	bool open;
	struct hs_buf block; /* some of the file, read */
	size_t used;	     /* bytes of it */
	off_t at;	     /* where in the file it ends */
};

int hs_copyblanks_open(struct hs_copyblanks *b, struct hs_err *e);

int hs_copyblanks_add(struct hs_copyblanks *b, const struct hs_copyblank *place,
    struct hs_err *e);

/* Goes back to the first place. */
int hs_copyblanks_rewind(struct hs_copyblanks *b, struct hs_err *e);

/* Reads the next one: 1; 0: there are no more. */
int hs_copyblanks_next(
    struct hs_copyblanks *b, struct hs_copyblank *place, struct hs_err *e);

/* Adds a line of COPY text for each place that is in a column of `which`: its
 * row and its column, both from 1. */
int hs_copyblanks_copy(struct hs_copyblanks *b, const bool *which,
    struct hs_out *out, struct hs_err *e);

void hs_copyblanks_free(struct hs_copyblanks *b);

#endif
