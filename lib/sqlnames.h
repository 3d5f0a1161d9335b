/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_SQLNAMES_H
#define HS_SQLNAMES_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "columns.h"
#include "dialect.h"
#include "err.h"
#include "span.h"

/*
 * Names as a database takes them.  It may cut long names, take two names for
 * one, or refuse some: a column then gets a name that is like its own and ends
 * in a hash of it.  So a column keeps its name whatever columns are added, and
 * no two columns get the same.
 *
 * hs_sqlnames_make() fills the struct; hs_sqlnames_free() releases it in any
 * case.
 */
struct hs_sqlnames {
	const struct hs_dialect *dialect;
	struct hs_buf text; /* the names, one after the other */
	struct hs_sqlname_place {
		size_t at, len; /* the i-th column's in text */
		bool found;
	} * v;
	struct hs_buf table;	     /* the table's name, quoted */
	struct hs_columns taken;     /* private: as the database compares */
	struct hs_buf clean, folded; /* private */
	unsigned serial;	     /* private: the next suffix */
};

/* Each part of the table's name between points is quoted alone. */
int hs_sqlnames_make(struct hs_sqlnames *n, const struct hs_dialect *d,
    const char *table, const struct hs_columns *c, struct hs_err *e);

/* The i-th column's name; it lasts as long as n. */
struct hs_span hs_sqlnames_at(const struct hs_sqlnames *n, size_t i);

/* Adds the i-th column's name, quoted. */
void hs_sqlnames_put(const struct hs_sqlnames *n, size_t i, struct hs_buf *b);

/* Adds any other name, quoted. */
void hs_sqlnames_quote(
    const struct hs_dialect *d, struct hs_span name, struct hs_buf *b);

void hs_sqlnames_free(struct hs_sqlnames *n);

#endif
