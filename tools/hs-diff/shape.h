/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_DIFF_SHAPE_H
#define HS_DIFF_SHAPE_H

#include <stdbool.h>
#include <stddef.h>

#include "columns.h"
#include "err.h"
#include "span.h"

/*
 * The columns of both sides: which side has which, which of them are compared
 * and which make the key.  The first part is given, and stays the caller's.
 */
enum { OLD, NEW };

#define KEY_MAX 16

struct column {
	bool in[2];    /* sides that have it */
	bool compared; /* the options leave it in */
};

struct shape {
	struct hs_columns key;	  /* names, at most KEY_MAX */
	struct hs_columns only;	  /* compare these, or all when it is empty, */
	struct hs_columns ignore; /* but not these */
	bool all; /* a row changes with a column that one side lacks */

	struct hs_columns names;
	struct column *v; /* names.n of them */
	size_t cap;
	bool has[2];		/* the side has any column */
	bool partial;		/* the new side is only what changed */
	size_t key_at[KEY_MAX]; /* columns of the key */
};

/* A key that no column has been found for. */
#define SHAPE_NONE HS_COLUMNS_NONE

void shape_init(struct shape *sh);

/* Enters the column i, which names has, for a side. */
int shape_enter(struct shape *sh, size_t i, int side, struct hs_err *e);

/* Finds a member's column by its key, or adds it. */
static inline int
shape_find(
    struct shape *sh, struct hs_span key, int side, size_t *i, struct hs_err *e)
{
	if (!hs_columns_guess(&sh->names, key, i) &&
	    hs_columns_find(&sh->names, key, i, e) < 0)
		return -1;
	if (*i < sh->cap && sh->v[*i].in[side])
		return 0;
	return shape_enter(sh, *i, side, e);
}

/* Whether records may be told apart by the column, once the old side is known
 * to its end. */
static inline bool
shape_compares(const struct shape *sh, size_t i)
{
	return sh->v[i].compared && (sh->v[i].in[OLD] || sh->all);
}

/* Whether a difference in the column changes a row, once both sides are known
 * to their ends. */
bool shape_counts(const struct shape *sh, size_t i);

/* Whether the column is on one side only, which is a change by itself; *side
 * is the one that has it. */
bool shape_changed(const struct shape *sh, size_t i, int *side);

void shape_free(struct shape *sh);

#endif
