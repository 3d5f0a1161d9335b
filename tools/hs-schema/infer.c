/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* From a value to its type, and from types to the type that holds them. */
#include "infer.h"

#include "scan.h"

/* Digits are counted up to here; no database has a number of as many. */
#define DIGITS_MAX 1000000

/*
 * The lattice.  Scalars meet in string at the latest, nested values meet
 * everything else in any:
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
/* clang-format off */
#define O HS_TYPE_NONE
#define B HS_TYPE_BOOLEAN
#define I HS_TYPE_INTEGER
#define N HS_TYPE_NUMBER
#define D HS_TYPE_DATE
#define T HS_TYPE_DATETIME
#define S HS_TYPE_STRING
#define J HS_TYPE_OBJECT
#define A HS_TYPE_ARRAY
#define X HS_TYPE_ANY
static const unsigned char join[HS_TYPES][HS_TYPES] = {
	/*       O  B  I  N  D  T  S  J  A  X */
	[O] = {  O, B, I, N, D, T, S, J, A, X },
	[B] = {  B, B, S, S, S, S, S, X, X, X },
	[I] = {  I, S, I, N, S, S, S, X, X, X },
	[N] = {  N, S, N, N, S, S, S, X, X, X },
	[D] = {  D, S, S, S, D, T, S, X, X, X },
	[T] = {  T, S, S, S, T, T, S, X, X, X },
	[S] = {  S, S, S, S, S, S, S, X, X, X },
	[J] = {  J, X, X, X, X, X, X, J, X, X },
	[A] = {  A, X, X, X, X, X, X, X, A, X },
	[X] = {  X, X, X, X, X, X, X, X, X, X },
};
/* clang-format on */
#undef O
#undef B
#undef I
#undef N
#undef D
#undef T
#undef S
#undef J
#undef A
#undef X

enum hs_type
type_join(enum hs_type a, enum hs_type b)
{
	return (enum hs_type)join[a][b];
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

/* n digits (few, and a constant) as a number; *bad when they are not. */
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

/* YYYY-MM-DD at p, ten bytes: its year, or 0. */
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

/* An offset, +hh:mm, as far as any clock on Earth has one. */
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
add_year(unsigned year, struct facts *f)
{
	if (f->year_min == 0 || year < f->year_min)
		f->year_min = (unsigned short)year;
	if (year > f->year_max)
		f->year_max = (unsigned short)year;
}

/* Text of 19 bytes or more with a date's first dash. */
static inline enum hs_type
infer_datetime(struct hs_span text, struct facts *f)
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
		const char *from = ++p;
		while (p < end && is_digit(*p))
			p++;
		fraction = (size_t)(p - from);
		if (fraction == 0)
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

/* Whether the digits of an integer are more than 64 bits take. */
static inline bool
is_big(const char *p, size_t len, bool negative)
{
	if (len != 19)
		return len > 19;
	return memcmp(p,
		   negative ? "9223372036854775808" : "9223372036854775807",
		   19) > 0;
}

/* A JSON number's exponent, as long as it is of any interest. */
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

/*
 * A number by JSON's grammar (RFC 8259, section 6), which keeps out what
 * means something else: leading zeros, plus signs, separators, hexadecimal.
 */
static inline enum hs_type
infer_number(struct hs_span text, bool exponent, struct facts *f)
{
	const char *p = text.p, *end = text.p + text.len;
	bool negative = *p == '-';

	p += negative;
	const char *whole = p;
	while (p < end && is_digit(*p))
		p++;
	size_t n = (size_t)(p - whole);
	if (n == 0 || (*whole == '0' && n > 1))
		return HS_TYPE_STRING;
	if (*whole == '0')
		n = 0;
	if (p == end) {
		f->big |= is_big(whole, n, negative);
		raise_to(&f->whole, n);
		return HS_TYPE_INTEGER;
	}
	size_t fraction = 0;
	if (*p == '.') {
		const char *from = ++p;
		while (p < end && is_digit(*p))
			p++;
		fraction = (size_t)(p - from);
		if (fraction == 0)
			return HS_TYPE_STRING;
	}
	if (p < end) {
		if (!exponent)
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

enum hs_type
infer_text(struct hs_span text, struct facts *f)
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
	if (text.len > INFER_TEXT_MAX)
		return HS_TYPE_STRING;
	if (text.len < 10 || p[4] != '-')
		return infer_number(text, false, f);
	if (text.len >= 19)
		return infer_datetime(text, f);
	unsigned year = text.len == 10 ? read_date(p) : 0;
	if (year == 0)
		return HS_TYPE_STRING;
	add_year(year, f);
	return HS_TYPE_DATE;
}

/* Text that is spelled with escapes. */
static enum hs_type
infer_escaped(struct hs_span inner, struct facts *f)
{
	/* An escape takes at most six bytes for one. */
	char text[INFER_TEXT_MAX * 6];

	if (inner.len > sizeof(text))
		return HS_TYPE_STRING;
	size_t n = hs_scan_decode(inner, text, NULL);
	return infer_text(hs_span(text, n), f);
}

enum hs_type
infer_inner(struct hs_span inner, struct facts *f)
{
	if (inner.len == 0)
		return HS_TYPE_NONE;
	/* Only what begins like one of the other types, or with an escape,
	 * needs more than one look. */
	char c = inner.p[0];
	if (!is_digit(c) && c != '-' && c != 't' && c != 'f' && c != '\\')
		return HS_TYPE_STRING;
	enum hs_type t = infer_text(inner, f);
	if (t == HS_TYPE_STRING && memchr(inner.p, '\\', inner.len))
		return infer_escaped(inner, f);
	return t;
}

enum hs_type
infer_value(struct hs_span value, struct facts *f)
{
	if (value.p[0] == '"')
		return infer_inner(hs_span(value.p + 1, value.len - 2), f);
	switch (value.p[0]) {
	case '{': return HS_TYPE_OBJECT;
	case '[': return HS_TYPE_ARRAY;
	case 't':
	case 'f': return HS_TYPE_BOOLEAN;
	case 'n': return HS_TYPE_NONE;
	default: return infer_number(value, true, f);
	}
}
