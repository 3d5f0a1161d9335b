/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_SPAN_H
#define HS_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/*
 * A span is a view of bytes that another owns: a pointer and a length, no
 * terminator.  It never outlives the buffer it points into.  A function that
 * returns one says which buffer that is and how long it lasts.
 */
struct hs_span {
	const char *p;
	size_t len;
};

/* A span over a string literal, without its terminator. */
#define HS_SPAN(literal) ((struct hs_span){(literal), sizeof(literal) - 1})

static inline struct hs_span
hs_span(const char *p, size_t len)
{
	return (struct hs_span){p, len};
}

static inline struct hs_span
hs_span_str(const char *s)
{
	return (struct hs_span){s, strlen(s)};
}

static inline bool
hs_span_eq(struct hs_span a, struct hs_span b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.p, b.p, a.len) == 0);
}

static inline bool
hs_span_is(struct hs_span a, const char *s)
{
	return hs_span_eq(a, hs_span_str(s));
}

/* Whether two texts of n bytes are the same.  For short ones, such as names,
 * this is faster than a call of memcmp(). */
static inline bool
hs_span_same(const char *a, const char *b, size_t n)
{
	uint64_t x, y;
	uint32_t u[4];
	size_t i = 0;

	if (n < sizeof *u) {
		while (i < n && a[i] == b[i])
			i++;
		return i == n;
	}
	if (n < sizeof x) {
		memcpy(&u[0], a, sizeof *u);
		memcpy(&u[1], b, sizeof *u);
		memcpy(&u[2], a + n - sizeof *u, sizeof *u);
		memcpy(&u[3], b + n - sizeof *u, sizeof *u);
		return u[0] == u[1] && u[2] == u[3];
	}
	for (; i + sizeof x < n; i += sizeof x) {
		memcpy(&x, a + i, sizeof x);
		memcpy(&y, b + i, sizeof y);
		if (x != y)
			return false;
	}
	memcpy(&x, a + n - sizeof x, sizeof x);
	memcpy(&y, b + n - sizeof y, sizeof y);
	return x == y;
}

#endif
