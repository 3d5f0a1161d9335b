/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_ROWSIZE_H
#define HS_ROWSIZE_H

#include <stdbool.h>
#include <stddef.h>

#include "dialect.h"
#include "schema.h"

/*
 * How much of a row's room values take, for databases whose rows have a bound
 * (a dialect's row_max): PostgreSQL's heap and InnoDB's DYNAMIC format on pages
 * of the default size.  Texts that can leave the row count as what stays of
 * them.  A row is too long by the server's count only if it is by this one.
 *
 *	at = hs_rowsize_head(d, columns);
 *	for each value: at = hs_rowsize_add(&width[column], at, bytes);
 *	at > d->row_max: it does not fit
 */
struct hs_width {
	size_t bytes; /* of any value that stays in the row; 0: its text's */
	size_t align; /* of its place */
	size_t inner; /* the longest text that stays, */
	size_t outer; /* and the bytes that a longer one leaves there */
	bool number;  /* a numeric */
};

/* The width of a column of its own type, or of text. */
struct hs_width hs_rowsize_width(
    const struct hs_dialect *d, const struct hs_field *f, bool text, bool key);

size_t hs_rowsize_head(const struct hs_dialect *d, size_t columns);

size_t hs_rowsize_add(const struct hs_width *w, size_t at, size_t len);

/* The most bytes that a record may take, without the columns that are moved
 * elsewhere, unless that is NULL: as many columns as the fullest one
 * has values, the widest, where characters have so many bytes; without what
 * aligns them.  0: no memory.
 */
size_t hs_rowsize_longest(const struct hs_dialect *d, const struct hs_schema *s,
    const bool *moved, size_t character);

#endif
