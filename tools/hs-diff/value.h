/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_DIFF_VALUE_H
#define HS_DIFF_VALUE_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "span.h"

/*
 * A value of a record: a JSON text, or, where `cell` is true, a cell of a CSV
 * row with its quotes.  A null, an empty cell and what is missing are the
 * same: no value.
 */
struct value {
	struct hs_span text;
	bool cell;
};

static inline bool
value_none(struct value v)
{
	return v.text.len == 0 || (!v.cell && v.text.p[0] == 'n');
}

/* What the value says, as hs-load-csv writes it: a string's text, anything
 * else as it stands.  Text that has to be made is added to scratch and lasts
 * until that moves; a failure is scratch's.  *lone, which may be NULL, counts
 * halves of surrogate pairs, which become U+FFFD. */
struct hs_span value_says(struct value v, struct hs_buf *scratch, size_t *lone);

/* Whether two values are the same.  JSON texts are the same if they have the
 * same bytes or are strings that say the same.  A cell has no type: it is the
 * same as what says the same text.  A failure is scratch's, which keeps it
 * until it is cleared. */
bool value_same(struct value a, struct value b, struct hs_buf *scratch);

#endif
