/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_DIALECT_H
#define HS_DIALECT_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "schema.h"

/*
 * What a database needs: its quotes, the limits of its names, and the type
 * that holds the values of a column unaltered.  A column that no type holds
 * is text.
 */

/* A type for numbers of at most so many digits. */
struct hs_decimal {
	unsigned whole, fraction, total;
	const char *type;
	bool scaled; /* the type ends with the digits behind the point and
		      * a parenthesis */
};

struct hs_dialect {
	const char *name;
	char quote;	    /* around identifiers; doubled inside them */
	bool backslash;	    /* inside, a backslash stands before the quote
			     * and before a backslash */
	bool folds;	    /* names that differ only in case are one */
	bool words;	    /* BigQuery's rules for names */
	size_t name_max;    /* bytes; 0: no limit that matters */
	size_t columns_max; /* the same */
	size_t row_max;	    /* bytes of a row as rowsize.h counts them; 0:
			     * no limit that matters */
	const char *const *reserved; /* columns of every table; or NULL */

	const char *text, *boolean, *integer, *nested;
	const char *json;	      /* keeps the text of nested values */
	const char *key_text;	      /* of texts in a key; NULL: the same */
	struct hs_decimal decimal[3]; /* narrowest first; total 0 ends */
	const char *real; /* double precision; NULL: decimal is better */
	const char *date, *zoned, *local;
	unsigned fraction;		   /* digits of a second's fraction */
	unsigned short year_min, year_max; /* fit with any offset */
	bool nullable; /* a column with nulls needs Nullable(…) */

	bool outside;	    /* the key follows the list of columns */
	const char *key;    /* text before the key's columns, */
	const char *end;    /* behind them, */
	const char *no_key; /* and where there is no key */
	bool copy;	    /* has PostgreSQL's COPY, where "" is no null */
	bool read_csv;	    /* has DuckDB's read_csv(), which guesses */
};

/* The dialect of that name, or NULL. */
const struct hs_dialect *hs_dialect_named(const char *name);

/* Adds the type of a column. */
void hs_dialect_put_type(
    const struct hs_dialect *d, const struct hs_field *f, struct hs_buf *b);

/* Whether that is the type of texts. */
bool hs_dialect_is_text(const struct hs_dialect *d, const struct hs_field *f);

#endif
