/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef STANDIN_CURSOR_H
#define STANDIN_CURSOR_H

#include <stdbool.h>
#include <stdint.h>

struct bytes;
struct type;

/*
 * The cursors of a list of records.  A cursor stands for a number, which the
 * server answers even where no record has it: the page begins at the first
 * record whose id isn't below the number, or, with CURSOR_LAST, is beyond it.
 * (Where ids fall it's the other way round.)  The dress is how the number is
 * written; a cursor in another dress is refused.
 */
enum cursor_place {
	CURSOR_NEXT,  /* the id of the next record */
	CURSOR_AFTER, /* one on from the id of the page's last record */
	CURSOR_LAST   /* the id of the page's last record */
};

enum cursor_dress {
	DRESS_NUMBER,
	DRESS_LINE,    /* base64 of the digits and a line end */
	DRESS_DIGITS,  /* base64 of the digits */
	DRESS_ENCODED, /* the same with zeros in front, so that it has a = */
	DRESS_OPAQUE   /* base64 of bytes that say nothing; has + and / */
};

struct cursor {
	enum cursor_place place;
	enum cursor_dress dress;
	bool percent; /* + / = are written %2B %2F %3D */
};

/* The form of that name; -1 if there's none. */
int cursor_form(struct cursor *c, const char *name);

/* The form that a type's lists have: what isn't a number is opaque. */
struct cursor cursor_of(const struct cursor *c, const struct type *t);

/* Appends a cursor that stands for the number. */
void cursor_add(
    struct bytes *b, const struct cursor *c, uint64_t key, uint64_t n);

/* Reads one; false if it isn't of that form.  One with percent signs may
 * come as it was given, or with those encoded once more. */
bool cursor_read(
    const struct cursor *c, uint64_t key, const char *text, uint64_t *n);

/* The index at which a page begins that was asked for by that number. */
uint64_t cursor_index(
    const struct cursor *c, const struct type *t, bool archived, uint64_t n);

/* The number of a cursor that leads to index next, where the last record
 * before it is at index last (next itself if there's none).  With other set,
 * another number that leads there, if the ids leave one. */
uint64_t cursor_number(const struct cursor *c, const struct type *t,
    bool archived, uint64_t last, uint64_t next, bool other);

#endif
