/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_INFER_H
#define HS_INFER_H

#include <stdbool.h>

#include "span.h"
#include "tableschema.h"

/*
 * The type of a value, and the type of a column that holds several.
 *
 * The CRM sends every property as a string or null, so text is examined.  It
 * has another type than string only when converting it loses nothing:
 *
 *	boolean   true, false
 *	integer   a JSON number without point and exponent: no leading zero,
 *	          no plus sign, no separators; the text -0, whose sign would
 *	          be lost, is none
 *	number    the same with a point; unquoted also with an exponent (as
 *	          text, 1e5 is more likely an id)
 *	date      YYYY-MM-DD, a day that exists, year 1 to 9999
 *	datetime  date, T, hh:mm:ss, a fraction of any length or none, then Z,
 *	          an offset up to 14:00, or nothing; capital letters, no leap
 *	          second (ISO 8601 as RFC 3339 profiles it)
 *	string    any other text
 *
 * null and "" are no value.  Text longer than HS_INFER_TEXT_MAX bytes is a
 * string whatever it says.
 */
#define HS_INFER_TEXT_MAX 1000

/* The narrowest type that holds the values of both.  Commutative, associative
 * and idempotent, so that the order of values makes no difference. */
enum hs_type hs_type_join(enum hs_type a, enum hs_type b);

/*
 * What a database must know of a column's values besides their type.  Each
 * value adds to it, in any order; zeroed before the first one.  A member
 * counts only for columns of the types named.
 */
struct hs_facts {
	bool big;		 /* integer: one does not fit 64 bits, signed */
	bool day;		 /* datetime: one is a date alone */
	bool zoned;		 /* datetime: one has Z or an offset */
	bool local;		 /* datetime: one has neither */
	unsigned short year_min; /* date, datetime; 0 before the first */
	unsigned short year_max;
	unsigned whole;	   /* integer, number: most digits before the
			    * point, exponents resolved */
	unsigned fraction; /* number: most digits behind the point;
			    * datetime: of a second's fraction */
};

/* The type of a decoded text, which is added to *f. */
enum hs_type hs_infer_text(struct hs_span text, struct hs_facts *f);

/* The same for a value of a column whose type is declared: a number's text may
 * have an exponent, and be -0. */
enum hs_type hs_infer_as(
    enum hs_type declared, struct hs_span value, struct hs_facts *f);

/* The type of a valid JSON value as hs_scan_value() gives it. */
enum hs_type hs_infer_value(struct hs_span value, struct hs_facts *f);

#endif
