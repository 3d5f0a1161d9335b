/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_DIFF_CHANGES_H
#define HS_DIFF_CHANGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "err.h"
#include "hash.h"
#include "shape.h"
#include "side.h"

/*
 * The changes from one side to the other, by key.  Of equal keys on a side
 * the last one counts.  Memory holds a hash and two offsets for each key, and
 * a number for each change; records stay in their files.
 *
 * Failure is HS_DATA for a record without a key, or as side.h has it.
 */
enum op { OP_INSERT, OP_UPDATE, OP_DELETE };

struct change {
	enum op op;
	struct record *old, *new; /* NULL for none; with value[] filled */
	const size_t *column;	  /* of an update: those that differ */
	size_t columns;
};

/* The record that says which one it is: the new one where there is one. */
static inline const struct record *
change_record(const struct change *ch)
{
	return ch->new ? ch->new : ch->old;
}

/* "insert", "update" or "delete". */
const char *op_name(enum op op);

struct changes {
	/* Given. */
	struct side *side; /* OLD and NEW */
	struct shape *shape;

	unsigned long long op[3]; /* counted by changes_next() */

	/* Private. */
	struct pair {
		uint64_t at[2]; /* offset + 1; 0: the side has none */
	} * pair;		/* in order of each key's first appearance */
	size_t n, cap;
	struct hs_index index;
	uint32_t *order; /* pairs that may differ, in the new side's order */
	size_t orders, order_cap;
	bool alike;	    /* equal records have equal bytes on both sides */
	bool comparable;    /* the old ones are rows, the new ones are not */
	size_t last, guess; /* the pair found last; the one likely next, or n */
	size_t next, next_gone; /* in order; in pair */
	struct key key, other;
	struct hs_buf scratch;
	size_t *column;
	size_t columns, column_cap;
};

/* Reads both sides, which are open. */
int changes_read(struct changes *c, struct hs_err *e);

/* Goes to the next change: 1; 0: there are no more.  The new side's order,
 * deletions last.  Records last until the next call. */
int changes_next(struct changes *c, struct change *ch, struct hs_err *e);

/* At the end: how many records are the same on both sides. */
unsigned long long changes_same(const struct changes *c);

void changes_free(struct changes *c);

#endif
