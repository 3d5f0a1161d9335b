/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_LOAD_CSV_PAIR_H
#define HS_LOAD_CSV_PAIR_H

#include <stdbool.h>

#include "buf.h"
#include "csv.h"
#include "err.h"
#include "shape.h"

/* A row of a table, and a row of the stream that it takes in. */
struct pair {
	/* Given. */
	const struct shape *shape;
	bool replace; /* a cell that the stream doesn't carry goes */
	struct hs_csv_cells old, new;

	struct hs_buf scratch; /* private */
};

/* Whether the old row already has the stream's values, however cells are
 * quoted.  -1: no memory. */
int pair_same(struct pair *p, struct hs_err *e);

/* Writes a row with the stream's values; in columns that the stream doesn't
 * carry the old row's stay, if there is one.  A failure is b's. */
void pair_put(const struct pair *p, bool has_old, struct hs_buf *b);

void pair_free(struct pair *p);

#endif
