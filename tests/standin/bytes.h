/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef STANDIN_BYTES_H
#define STANDIN_BYTES_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/*
 * Growing bytes, as answers are written.  A zeroed struct is empty.  Memory
 * running out ends the program: this is a test's server.  The bytes aren't
 * terminated unless bytes_end() was called.
 */
struct bytes {
	char *at;
	size_t len;
	size_t cap;
};

/* Makes room for n more bytes behind len. */
void bytes_grow(struct bytes *b, size_t n);

/* Puts a NUL behind the bytes, without counting it; returns them. */
const char *bytes_end(struct bytes *b);

/* Gives back the room behind len. */
void bytes_trim(struct bytes *b);

void bytes_free(struct bytes *b);

/* Appends s as a JSON string, in quotes and escaped. */
void bytes_json(struct bytes *b, const char *s, size_t n);

/* Appends formatted text; for the places that needn't be quick. */
__attribute__((format(printf, 2, 3))) void bytes_fmt(
    struct bytes *b, const char *format, ...);

static inline void
bytes_need(struct bytes *b, size_t n)
{
	if (b->cap - b->len < n)
		bytes_grow(b, n);
}

static inline void
bytes_add(struct bytes *b, const void *p, size_t n)
{
	if (n == 0)
		return;
	bytes_need(b, n);
	memcpy(b->at + b->len, p, n);
	b->len += n;
}

static inline void
bytes_char(struct bytes *b, char c)
{
	bytes_need(b, 1);
	b->at[b->len++] = c;
}

static inline void
bytes_str(struct bytes *b, const char *s)
{
	bytes_add(b, s, strlen(s));
}

/* A literal, whose length the compiler knows. */
#define bytes_lit(b, s) bytes_add(b, "" s, sizeof(s) - 1)

/* A number, at least width digits wide with zeros in front. */
void bytes_num(struct bytes *b, uint64_t n, unsigned width);

/* Base64 with padding; percent writes + / = as %2B %2F %3D. */
void bytes_base64(struct bytes *b, const void *p, size_t n, int percent);

/* Decodes base64; -1 (and b as it was) if it isn't. */
int bytes_unbase64(struct bytes *b, const char *s, size_t n);

/* Decodes percent escapes, and + as a space if plus is set. */
void bytes_unpercent(struct bytes *b, const char *s, size_t n, int plus);

#endif
