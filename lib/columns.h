/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_COLUMNS_H
#define HS_COLUMNS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "buf.h"
#include "err.h"
#include "hash.h"
#include "scan.h"
#include "span.h"

/*
 * The columns of a table: the union of the records' member names, in order of
 * first appearance.  Two names are the same when they say the same, however
 * their escapes spell it.
 */
#define HS_COLUMNS_MAX 100000

struct hs_columns {
	struct hs_span *name; /* decoded, owned; n of them */
	size_t n, cap;
	bool replace_invalid; /* the caller's: U+FFFD for half a surrogate pair
			       * in a key; such names may be one, then */

	/* Private. */
	struct hs_index index;
	size_t guess;	/* the column that is likely next */
	bool backslash; /* a name has one: a key of the same bytes, where it is
			 * an escape, says another name */
	struct hs_buf scratch;
};

/* Finds the column of a member's key (as hs_scan_member() gives it), or adds
 * it: *index.  Fast when keys come in the order of the last record.  -1: there
 * are more than HS_COLUMNS_MAX (HS_DATA); the name has a lone surrogate, which
 * no table can hold (HS_DATA); or no memory. */
int hs_columns_find(
    struct hs_columns *c, struct hs_span key, size_t *index, struct hs_err *e);

/* The likely case of hs_columns_find(), for inner loops: whether the key is
 * the column that follows the last one found. */
static inline bool
hs_columns_guess(struct hs_columns *c, struct hs_span key, size_t *index)
{
	if (c->guess >= c->n || c->backslash ||
	    c->name[c->guess].len != key.len ||
	    !hs_span_same(c->name[c->guess].p, key.p, key.len))
		return false;
	*index = c->guess++;
	return true;
}

/* As hs_columns_find(), for a name whose escapes have been resolved. */
int hs_columns_add(
    struct hs_columns *c, struct hs_span name, size_t *index, struct hs_err *e);

/* Adds a comma list of names, as -k takes it; HS_USAGE for a name that is
 * empty or stands twice. */
int hs_columns_list(struct hs_columns *c, const char *list, struct hs_err *e);

/* The index of the column of that (decoded) name, or HS_COLUMNS_NONE. */
#define HS_COLUMNS_NONE SIZE_MAX
size_t hs_columns_at(const struct hs_columns *c, struct hs_span name);

static inline bool
hs_columns_has(const struct hs_columns *c, struct hs_span name)
{
	return hs_columns_at(c, name) != HS_COLUMNS_NONE;
}

/* At the start of a record: the next key is likely the first column. */
void hs_columns_rewind(struct hs_columns *c);

void hs_columns_free(struct hs_columns *c);

#endif
