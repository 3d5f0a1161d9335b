/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_SCHEMA_INFER_H
#define HS_SCHEMA_INFER_H

#include <stdbool.h>

#include "span.h"
#include "tableschema.h"

/*
 * What type a value has, and what type a column has that holds several.
 *
 * The CRM sends every property as a string or null, so text is examined, and
 * strictly: a column is worth a type only when every value of it converts and
 * none is altered by that.
 *
 *	boolean   true, false
 *	integer   a JSON number without point and exponent: no leading zero,
 *	          no plus sign, no separators
 *	number    the same with a point; unquoted also with an exponent (as
 *	          text, 1e5 is more likely an id)
 *	date      YYYY-MM-DD, a day that exists, year 1 to 9999
 *	datetime  date, T, hh:mm:ss, a fraction of any length or none, then Z,
 *	          an offset up to 14:00, or nothing; capital letters, no leap
 *	          second (ISO 8601 as RFC 3339 profiles it)
 *	string    any other text
 *
 * null and "" are no value.  Text longer than INFER_TEXT_MAX bytes is a
 * string whatever it says.
 */
#define INFER_TEXT_MAX 1000

/* The narrowest type that holds what either holds.  Commutative, associative
 * and idempotent: the order of values never matters. */
enum hs_type type_join(enum hs_type a, enum hs_type b);

/*
 * What a column's type alone does not tell about its values, as far as a
 * database must know it to hold them all.  Grows with every value and does
 * not depend on their order.  Means something only where the column's type
 * is the one named; zeroed before the first value.
 */
struct facts {
	bool big;		/* integer: one does not fit 64 bits, signed */
	bool zoned;		/* datetime: one has Z or an offset, */
	bool local;		/* one has neither */
	unsigned short year_min;	/* date, datetime; 0 before the first */
	unsigned short year_max;
	unsigned whole;		/* integer, number: most digits in front of */
	unsigned fraction;	/* and behind the point, exponents resolved;
				 * datetime: most digits of a second's
				 * fraction */
};

/* The type of decoded text, which adds itself to *f. */
enum hs_type infer_text(struct hs_span text, struct facts *f);

/* The type of a valid JSON value as hs_scan_value() gives it. */
enum hs_type infer_value(struct hs_span value, struct facts *f);

/* The same for a string's text without its quotes, escapes as they came. */
enum hs_type infer_inner(struct hs_span inner, struct facts *f);

#endif
