/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* The room of a database's row. */
#include "rowsize.h"

#include <stdint.h>
#include <stdlib.h>

static size_t
align(size_t at, size_t to)
{
	return (at + to - 1) / to * to;
}

/* PostgreSQL moves a text of more than 23 bytes out; then 18 stay.  One that
 * stays has a header of one byte. */
static struct hs_width
heap_width(const struct hs_dialect *d, const struct hs_field *f, bool text)
{
	struct hs_width w = {.align = 1, .inner = 23, .outer = 18};

	if (text || hs_dialect_is_text(d, f))
		return w;
	switch (hs_field_type(f)) {
	case HS_TYPE_BOOLEAN: w.bytes = 1; break;
	case HS_TYPE_DATE: w.bytes = w.align = 4; break;
	case HS_TYPE_DATETIME: w.bytes = w.align = 8; break;
	case HS_TYPE_INTEGER:
		w.number = f->facts.big;
		if (!w.number)
			w.bytes = w.align = 8;
		break;
	case HS_TYPE_NUMBER: w.number = true; break;
	default:
		/* Arrays and objects are binary: a short text may be longer
		 * then, and one of more than 35 bytes has more than 23. */
		w.bytes = 24;
		w.inner = 35;
		return w;
	}
	if (w.bytes > 0)
		w.inner = SIZE_MAX;
	return w;
}

/* Of nine digits in four bytes. */
static size_t
decimal_bytes(size_t digits)
{
	static const unsigned char rest[] = {0, 1, 1, 2, 2, 3, 3, 4, 4};

	return digits / 9 * 4 + rest[digits % 9];
}

static size_t
innodb_decimal(const struct hs_facts *x)
{
	size_t total = x->whole + x->fraction <= 38 ? 38 : 65;

	return decimal_bytes(total - x->fraction) + decimal_bytes(x->fraction);
}

/* InnoDB moves a text out if it is longer than 40 bytes; then 20 stay, and two
 * for its length. */
static struct hs_width
innodb_width(
    const struct hs_dialect *d, const struct hs_field *f, bool text, bool key)
{
	struct hs_width w = {.align = 1, .inner = 40, .outer = 22};

	if (text || hs_dialect_is_text(d, f)) {
		w.inner = key ? SIZE_MAX : w.inner;
		return w;
	}
	switch (hs_field_type(f)) {
	case HS_TYPE_BOOLEAN: w.bytes = 1; break;
	case HS_TYPE_DATE: w.bytes = 3; break;
	case HS_TYPE_DATETIME: w.bytes = 7; break;
	case HS_TYPE_INTEGER:
		w.bytes = f->facts.big ? innodb_decimal(&f->facts) : 8;
		break;
	case HS_TYPE_NUMBER: w.bytes = innodb_decimal(&f->facts); break;
	default: return w;
	}
	w.inner = SIZE_MAX;
	return w;
}

struct hs_width
hs_rowsize_width(
    const struct hs_dialect *d, const struct hs_field *f, bool text, bool key)
{
	return d->copy ? heap_width(d, f, text) : innodb_width(d, f, text, key);
}

/* PostgreSQL: 23 bytes and a bit for each column, to a multiple of eight.
 * InnoDB: the same bits, 5 bytes before and 13 behind them, and 6 for a row's
 * number where there is no key. */
size_t
hs_rowsize_head(const struct hs_dialect *d, size_t columns)
{
	size_t bits = (columns + 7) / 8;

	return d->copy ? align(23 + bits, 8) : 24 + bits;
}

/* A numeric has a header of three bytes, and four digits in two. */
static size_t
numeric_bytes(size_t len)
{
	size_t bytes = 3 + (len + 5) / 4 * 2;

	return bytes > 24 ? 24 : bytes;
}

size_t
hs_rowsize_add(const struct hs_width *w, size_t at, size_t len)
{
	at = align(at, w->align);
	if (w->number)
		return at + numeric_bytes(len);
	if (len > w->inner)
		return at + w->outer;
	return at + (w->bytes > 0 ? w->bytes : len + (len < 128 ? 1 : 2));
}

static int
widest_first(const void *a, const void *b)
{
	size_t x = *(const size_t *)a, y = *(const size_t *)b;

	return (x < y) - (x > y);
}

/* The most that a text of so many bytes, or a shorter one, takes. */
static size_t
most(const struct hs_width *w, size_t len)
{
	size_t whole = hs_rowsize_add(w, 0, len);
	size_t inner = hs_rowsize_add(w, 0, len < w->inner ? len : w->inner);

	return whole > inner ? whole : inner;
}

size_t
hs_rowsize_longest(const struct hs_dialect *d, const struct hs_schema *s,
    const bool *moved, size_t character)
{
	size_t *bytes = calloc(s->n + 1, sizeof *bytes);
	size_t sum = hs_rowsize_head(d, s->n), n = 0;

	if (!bytes)
		return 0;
	for (size_t i = 0; i < s->n; i++) {
		const struct hs_field *f = &s->field[i];
		if (moved && moved[i])
			continue;
		bool key = hs_columns_has(&s->key, s->columns.name[i]);
		struct hs_width w = hs_rowsize_width(d, f, false, key);
		bytes[n++] = most(&w, f->longest * character);
	}
	qsort(bytes, n, sizeof *bytes, widest_first);
	for (size_t i = 0; i < n && i < s->fullest; i++)
		sum += bytes[i];
	free(bytes);
	return sum;
}
