/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_LOAD_CSV_TABLE_H
#define HS_LOAD_CSV_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "columns.h"
#include "err.h"
#include "keys.h"
#include "load.h"
#include "merge.h"
#include "target.h"

/*
 * A CSV file and the stream that it takes in: what hs-load-csv does between
 * reading the stream (load) and putting the new file in place (hs_target).
 */
struct table {
	const char *name;      /* the file as the user calls it */
	const char *source;    /* the stream, for messages */
	struct hs_columns key; /* its columns, at most KEY_MAX */
	size_t max_row;
	bool merge; /* else the stream replaces what there is */
	struct load load;
	struct merge result; /* of a merge or a count */
};

/* Turns what load has written to the target into the new table, ready to be
 * published. */
int table_write(struct table *t, struct hs_target *target, struct hs_err *e);

/* Counts in result what would change; fd is the file that load has written,
 * without a header. */
int table_count(struct table *t, int fd, struct hs_err *e);

#endif
