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

/* The byte order mark: as the table had it, or as asked. */
enum mark { MARK_KEEP, MARK_YES, MARK_NO };

/* How many rows a replacement may remove; `set` is false for any number. */
struct limit {
	bool set, percent; /* of the table's rows */
	unsigned long long n;
};

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
	enum mark mark;
	struct limit max_removed; /* when replacing, by key */
	struct load load;
	struct merge result; /* of a merge or a count */
};

/* Before load writes to the target, which is locked: sets how it writes. */
void table_start(struct table *t, const struct hs_target *target);

/* Whether the table that a stream without records replaces has rows. */
bool table_has_rows(const struct table *t, const struct hs_target *target);

/* Turns what load has written to the target into the new table, ready to be
 * published.  HS_DATA when it lacks too many rows (max_removed). */
int table_write(struct table *t, struct hs_target *target, struct hs_err *e);

/* Counts in result what would change; fd is the file that load has written,
 * without a header. */
int table_count(struct table *t, int fd, struct hs_err *e);

/* HS_DATA when the result removes more rows than max_removed allows. */
int table_check_removed(const struct table *t, struct hs_err *e);

#endif
