/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef FETCH_CURSOR_H
#define FETCH_CURSOR_H

#include <stdbool.h>
#include <stdint.h>

#include "span.h"

/*
 * Cursors of a list of records, read and written as numbers.
 *
 * HubSpot promises nothing about a cursor.  Published answers show the next
 * record's id, the last id + 1 and the last id itself; its documents show
 * base64 of a number with a line end, with or without percent-encoding
 * (NTI1Cg%3D%3D is "525\n").  All of these lie between the last id of their
 * page and the first id of the next.  A cursor of another form can't be read,
 * and its list is read in order.
 */

/* How a number is spelled as a cursor. */
struct cursor_form {
	bool base64;
	bool line_end; /* base64 of the digits and a line end */
	bool percent;  /* with = as %3D */
};

/* Reads the number that a cursor spells, 1 to 18 digits: true. */
bool cursor_read(struct hs_span text, struct cursor_form *form, uint64_t *n);

/* The number as a cursor of that form, a string for free(); NULL when memory
 * runs out. */
char *cursor_write(struct cursor_form form, uint64_t n);

#endif
