/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_SCHEMA_DIALECT_H
#define HS_SCHEMA_DIALECT_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "schema.h"

/*
 * What a database makes of a schema: how it quotes and bounds names, and
 * which of its types holds the values of a column unaltered.  Where it has
 * none, the column is text.
 */

/* A type for numbers of at most so many digits. */
struct decimal {
	unsigned whole, fraction, total;
	const char *type;
	bool scaled;	/* the number of digits behind the point follows, and
			 * a parenthesis */
};

struct dialect {
	const char *name;
	char quote;		/* around identifiers; inside it is doubled */
	bool backslash;		/* inside, it and \ stand behind a \ instead */
	bool folds;		/* names that differ in case only are one */
	bool words;		/* BigQuery's rules for names */
	size_t name_max;	/* bytes; 0: no limit that matters */
	size_t columns_max;	/* the same */
	const char *const *reserved;	/* columns every table has; or NULL */

	const char *text, *boolean, *integer, *nested;
	struct decimal decimal[3];	/* narrowest first; total 0 ends */
	const char *real;	/* double precision; NULL: decimal is better */
	const char *date, *zoned, *local;
	unsigned fraction;	/* digits of a second's fraction */
	unsigned short year_min, year_max;	/* with an offset to spare */
	bool nullable;		/* columns with nulls need Nullable(…) */

	bool outside;		/* the key follows the list of columns */
	const char *key;	/* what stands before the key's columns, */
	const char *end;	/* behind them, */
	const char *no_key;	/* instead of them */
	bool copy;		/* PostgreSQL's COPY: "" is not null there */
};

/* NULL: there is none of that name. */
const struct dialect *dialect_named(const char *name);

/* Appends the type of a column; 0, or -1 as hs_buf_add(). */
int dialect_type(const struct dialect *d, const struct field *f,
    struct hs_buf *b);

#endif
