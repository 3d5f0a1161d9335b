/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_SCHEMA_NAMES_H
#define HS_SCHEMA_NAMES_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "columns.h"
#include "dialect.h"
#include "err.h"
#include "span.h"

/*
 * Names as a database takes them.  It may cut long names, take two names for
 * one, or refuse some: a column then gets a name that is like its own, and no
 * two columns get the same.
 *
 * names_make() fills the struct; names_free() releases it in any case.
 */
struct names {
	const struct dialect *dialect;
	struct hs_buf text; /* the names, one after the other */
	struct place {
		size_t at, len; /* the i-th column's in text */
		bool found;
	} * v;
	struct hs_buf table;	     /* the table's name, quoted */
	struct hs_columns taken;     /* private: as the database compares */
	struct hs_buf clean, folded; /* private */
	unsigned serial;	     /* private: the next suffix */
};

/* Each part of the table's name between points is quoted alone. */
int names_make(struct names *n, const struct dialect *d, const char *table,
    const struct hs_columns *c, struct hs_err *e);

/* The i-th column's name; it lasts as long as n. */
struct hs_span names_at(const struct names *n, size_t i);

/* Adds the i-th column's name, quoted. */
void names_put(const struct names *n, size_t i, struct hs_buf *b);

void names_free(struct names *n);

#endif
