/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* The type of a value; the type that holds two types. */
#include "infer.h"

#include "scan.h"

/* Digits are counted up to here; no database has longer numbers. */
#define DIGITS_MAX 1000000

/*
 * The lattice of types.  Two scalars join in string at the latest, a nested
 * value and anything else in any:
 *
 *	                       any
 *	           /          |    \
 *	        string      object  array
 *	     /    |     \      |     |
 *	boolean number datetime      |
 *	    |     |       |    |     |
 *	    |  integer   date  |     |
 *	     \    |       |    |    /
 *	               none
 */
enum hs_type
hs_type_join(enum hs_type a, enum hs_type b)
{
	/* The narrower ones come first in the enum. */
	enum hs_type low = a < b ? a : b, high = a < b ? b : a;

	if (low == high || low == HS_TYPE_NONE)
		return high;
	if (high >= HS_TYPE_OBJECT)
		return HS_TYPE_ANY;
	if ((low == HS_TYPE_INTEGER && high == HS_TYPE_NUMBER) ||
	    (low == HS_TYPE_DATE && high == HS_TYPE_DATETIME))
		return high;
	return HS_TYPE_STRING;
}

static inline void
raise_to(unsigned *most, size_t n)
{
	if (n > *most)
		*most = n < DIGITS_MAX ? (unsigned)n : DIGITS_MAX;
}

static inline bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Goes past the digits at *p: how many there were. */
static inline size_t
skip_digits(const char **p, const char *end)
{
	const char *from = *p;

	while (*p < end && is_digit(**p))
		++*p;
	return (size_t)(*p - from);
}

/* Reads n digits as a number; sets *bad where one is none. */
static inline unsigned
take_digits(const char *p, int n, bool *bad)
{
	unsigned v = 0;

	for (int i = 0; i < n; i++) {
		unsigned d = (unsigned char)p[i] - (unsigned)'0';
		*bad |= d > 9;
		v = v * 10 + d;
	}
	return v;
}

static inline unsigned
days_in(unsigned year, unsigned month)
{
	static const unsigned char days[] = {
	    31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

	return month == 2 && leap ? 29 : days[month - 1];
}

/* The year of the date YYYY-MM-DD at p, ten bytes; 0 when it is none. */
static inline unsigned
read_date(const char *p)
{
	bool bad = p[4] != '-' || p[7] != '-';
	unsigned year = take_digits(p, 4, &bad);
	unsigned month = take_digits(p + 5, 2, &bad);
	unsigned day = take_digits(p + 8, 2, &bad);

	if (bad || month < 1 || month > 12 || day < 1 ||
	    (day > 28 && day > days_in(year, month)))
		return 0;
	return year;
}

/* Whether it is an offset, +hh:mm, that some clock on Earth has. */
static bool
is_offset(const char *p, size_t len)
{
	bool bad = false;

	if (len != 6 || (p[0] != '+' && p[0] != '-') || p[3] != ':')
		return false;
	unsigned hour = take_digits(p + 1, 2, &bad);
	unsigned minute = take_digits(p + 4, 2, &bad);
	return !bad && minute < 60 && hour * 60 + minute <= 14 * 60;
}

static inline void
add_year(unsigned year, struct hs_facts *f)
{
	if (f->year_min == 0 || year < f->year_min)
		f->year_min = (unsigned short)year;
	if (year > f->year_max)
		f->year_max = (unsigned short)year;
}

/* The type of text that has 19 bytes or more and a date's first dash. */
static inline enum hs_type
infer_datetime(struct hs_span text, struct hs_facts *f)
{
	const char *p = text.p, *end = text.p + text.len;
	bool bad = p[10] != 'T' || p[13] != ':' || p[16] != ':';
	unsigned hour = take_digits(p + 11, 2, &bad);
	unsigned minute = take_digits(p + 14, 2, &bad);
	unsigned second = take_digits(p + 17, 2, &bad);
	unsigned year = read_date(p);

	if (bad || year == 0 || hour > 23 || minute > 59 || second > 59)
		return HS_TYPE_STRING;
	size_t fraction = 0;
	p += 19;
	if (p < end && *p == '.') {
		p++;
		if ((fraction = skip_digits(&p, end)) == 0)
			return HS_TYPE_STRING;
	}
	if (p == end)
		f->local = true;
	else if ((*p == 'Z' && p + 1 == end) || is_offset(p, (size_t)(end - p)))
		f->zoned = true;
	else
		return HS_TYPE_STRING;
	raise_to(&f->fraction, fraction);
	add_year(year, f);
	return HS_TYPE_DATETIME;
}

/* Whether an integer of these digits needs more than 64 bits. */
static inline bool
is_big(const char *p, size_t len, bool negative)
{
	if (len != 19)
		return len > 19;
	return memcmp(p,
		   negative ? "9223372036854775808" : "9223372036854775807",
		   19) > 0;
}

/* A JSON number's exponent; past DIGITS_MAX its last digits are left out. */
static long
read_exponent(const char *p, const char *end)
{
	bool negative = *p == '-';
	long n = 0;

	if (*p == '-' || *p == '+')
		p++;
	for (; p < end && is_digit(*p); p++)
		if (n < DIGITS_MAX)
			n = n * 10 + (*p - '0');
	return negative ? -n : n;
}

/* Whether an exponent is all there is from p on. */
static bool
is_exponent(const char *p, const char *end)
{
	if (p == end || (*p | 0x20) != 'e')
		return false;
	p++;
	if (p < end && (*p == '-' || *p == '+'))
		p++;
	return skip_digits(&p, end) > 0 && p == end;
}

/*
 * A number by JSON's grammar (RFC 8259, section 6), which has no leading
 * zeros, plus signs, separators or hexadecimal digits: text with those is no
 * number.  Unless a number is meant, neither is text with an exponent, or -0.
 */
static inline enum hs_type
infer_number(struct hs_span text, bool meant, struct hs_facts *f)
{
	const char *p = text.p, *end = text.p + text.len;
	bool negative = *p == '-';

	p += negative;
	const char *whole = p;
	size_t n = skip_digits(&p, end);
	if (n == 0 || (*whole == '0' && n > 1))
		return HS_TYPE_STRING;
	if (*whole == '0')
		n = 0;
	if (p == end) {
		if (negative && n == 0 && !meant)
			return HS_TYPE_STRING;
		f->big |= is_big(whole, n, negative);
		raise_to(&f->whole, n);
		return HS_TYPE_INTEGER;
	}
	size_t fraction = 0;
	if (*p == '.') {
		p++;
		if ((fraction = skip_digits(&p, end)) == 0)
			return HS_TYPE_STRING;
	}
	if (p < end) {
		if (!meant || !is_exponent(p, end))
			return HS_TYPE_STRING;
		long x = read_exponent(p + 1, end);
		long left = (long)n + x, right = (long)fraction - x;
		n = left > 0 ? (size_t)left : 0;
		fraction = right > 0 ? (size_t)right : 0;
	}
	raise_to(&f->whole, n);
	raise_to(&f->fraction, fraction);
	return HS_TYPE_NUMBER;
}

static inline enum hs_type
infer_text(struct hs_span text, bool meant, struct hs_facts *f)
{
	const char *p = text.p;

	if (text.len == 0)
		return HS_TYPE_NONE;
	if (*p == 't' || *p == 'f')
		return hs_span_is(text, *p == 't' ? "true" : "false")
			   ? HS_TYPE_BOOLEAN
			   : HS_TYPE_STRING;
	if (!is_digit(*p) && *p != '-')
		return HS_TYPE_STRING;
	if (text.len > HS_INFER_TEXT_MAX)
		return HS_TYPE_STRING;
	if (text.len < 10 || p[4] != '-')
		return infer_number(text, meant, f);
	if (text.len >= 19)
		return infer_datetime(text, f);
	unsigned year = text.len == 10 ? read_date(p) : 0;
	if (year == 0)
		return HS_TYPE_STRING;
	add_year(year, f);
	f->day = true;
	return HS_TYPE_DATE;
}

enum hs_type
hs_infer_text(struct hs_span text, struct hs_facts *f)
{
	return infer_text(text, false, f);
}

/* Text that is spelled with escapes. */
static enum hs_type
infer_escaped(struct hs_span inner, bool meant, struct hs_facts *f)
{
	/* An escape takes at most six bytes for one. */
	char text[HS_INFER_TEXT_MAX * 6];

	if (inner.len > sizeof text)
		return HS_TYPE_STRING;
	size_t n = hs_scan_decode(inner, text, NULL);
	return infer_text(hs_span(text, n), meant, f);
}

static enum hs_type
infer_inner(struct hs_span inner, bool meant, struct hs_facts *f)
{
	if (inner.len == 0)
		return HS_TYPE_NONE;
	/* Text that begins otherwise can be of no other type. */
	char c = inner.p[0];
	if (!is_digit(c) && c != '-' && c != 't' && c != 'f' && c != '\\')
		return HS_TYPE_STRING;
	enum hs_type t = infer_text(inner, meant, f);
	if (t == HS_TYPE_STRING && memchr(inner.p, '\\', inner.len))
		return infer_escaped(inner, meant, f);
	return t;
}

static inline enum hs_type
infer_value(struct hs_span value, bool meant, struct hs_facts *f)
{
	if (value.p[0] == '"')
		return infer_inner(
		    hs_span(value.p + 1, value.len - 2), meant, f);
	switch (value.p[0]) {
	case '{': return HS_TYPE_OBJECT;
	case '[': return HS_TYPE_ARRAY;
	case 't':
	case 'f': return HS_TYPE_BOOLEAN;
	case 'n': return HS_TYPE_NONE;
	default: return infer_number(value, true, f);
	}
}

enum hs_type
hs_infer_value(struct hs_span value, struct hs_facts *f)
{
	return infer_value(value, false, f);
}

enum hs_type
hs_infer_as(enum hs_type declared, struct hs_span value, struct hs_facts *f)
{
	return infer_value(value, declared == HS_TYPE_NUMBER, f);
}
