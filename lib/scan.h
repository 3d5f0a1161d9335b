/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_SCAN_H
#define HS_SCAN_H

#include <stdbool.h>
#include <stddef.h>

#include "err.h"
#include "scan-known.h"
#include "span.h"

/*
 * The scanner: walks JSON text (RFC 8259, nothing more) and returns spans of
 * it.  It copies and converts nothing.  All text that it has passed is valid:
 * UTF-8, no raw control characters in strings, no leading zeros, no trailing
 * commas, at most HS_SCAN_DEPTH levels.  The text needs no terminator and
 * stays the caller's.
 *
 * A walk reads one value at a time, and each value once:
 *
 *	hs_scan_init(&s, text);
 *	if (hs_scan_enter(&s, '{') < 0) …
 *	while ((r = hs_scan_member(&s, &key)) > 0)
 *		hs_scan_value(&s, &value);	// or enter it
 *	if (r < 0 || hs_scan_end(&s) < 0)
 *		hs_scan_error(&s, …);
 *
 * Calls that fail return -1; the scanner then stands at the offending byte
 * (s.p) with the reason in s.why, and stays there.
 */
#define HS_SCAN_DEPTH 1000

struct hs_scan {
	const char *start;
	const char *p; /* the next byte to read */
	const char *end;
	const char *why; /* reason of the failure, a literal; or NULL */
	int depth;	 /* containers entered and not yet closed */
	bool first;	 /* no element read since the last enter */
	bool escaped;	 /* an escape has been read; the caller clears it */
};

/* The reason when memory ran out, the only failure that is not the text's. */
extern const char hs_scan_nomem[];

void hs_scan_init(struct hs_scan *s, struct hs_span text);

/* The first byte of the next value, behind white space; '\0' at the end. */
char hs_scan_peek(struct hs_scan *s);

/* Reads past the opening bracket, '{' or '['. */
int hs_scan_enter(struct hs_scan *s, char open);

/* Goes to the next member's value: 1, and its key without quotes, escapes as
 * they came.  0: the object ended and was left. */
int hs_scan_member(struct hs_scan *s, struct hs_span *key);

/* Goes to the next element: 1.  0: the array ended and was left. */
int hs_scan_element(struct hs_scan *s);

/* Reads a value of any kind whole.  Its text, a string's with quotes, goes to
 * *value unless that is NULL. */
int hs_scan_value(struct hs_scan *s, struct hs_span *value);

/* Goes to the next member and reads its value: 1.  0: the object ended and
 * was left. */
int hs_scan_pair(struct hs_scan *s, struct hs_span *key, struct hs_span *value);

/*
 * Reads an object whole and picks members of it: value[i] becomes the value
 * of the member called names[i], or NULL and 0 when there is none; of several
 * the last counts.  Returns how many such members there were, so that more
 * than the values found means that one is there twice.
 */
int hs_scan_pick(struct hs_scan *s, const char *const *names, size_t n,
    struct hs_span *value);

/* The same for one member. */
int hs_scan_pick_one(
    struct hs_scan *s, const char *name, struct hs_span *value);

/*
 * Reads a value whole and follows a path of names, "paging.next.after", into
 * it.  1: *value is what is there.  0: the path ends early, at a missing
 * member or at null, and *value is NULL.  -1: the text is invalid, or the
 * path leads through a value that is neither object nor null.
 */
int hs_scan_follow(struct hs_scan *s, const char *path, struct hs_span *value);

/* The same for a text that is a value. */
int hs_scan_path(struct hs_span text, const char *path, struct hs_span *value);

/* 0 when nothing but white space follows; else the walk fails. */
int hs_scan_end(struct hs_scan *s);

/* Fails the walk at its place with the caller's reason, a literal. */
int hs_scan_fail(struct hs_scan *s, const char *why);

/* The same at the place of a text that has been read; where the scanner stands
 * when p is NULL. */
int hs_scan_fail_at(struct hs_scan *s, const char *p, const char *why);

/* Fills e (HS_DATA; HS_SYSTEM for memory) with "line L, column C: why".  The
 * text is that one line; the column counts its bytes from 1.  Returns -1. */
int hs_scan_error(
    const struct hs_scan *s, unsigned long long line, struct hs_err *e);

/* The same for a text of several lines. */
int hs_scan_place(const struct hs_scan *s, struct hs_err *e);

/* A member of an object: its key as hs_scan_member() gives it. */
struct hs_member {
	struct hs_span key;
	struct hs_span value;
};

#define HS_MEMBERS_MAX 1000000 /* about; an object with more is refused */

/* The members of one object, in order.  Zeroed is empty.  It owns v; the spans
 * are the text's.  It is fastest when all its objects are of one kind. */
struct hs_members {
	struct hs_member *v;
	size_t n, cap;
	bool escaped;	       /* some key is spelled with an escape */
	bool expected;	       /* by hs_scan_members(): every key was the known
				* one at its place; known.changes tells whether
				* it still is */
	struct hs_known known; /* private */
};

/* Reads an object whole and adds its members to m. */
int hs_scan_members(struct hs_scan *s, struct hs_members *m);

/* Reads a value and adds it to m under the key that hs_scan_member() gave. */
int hs_scan_add(struct hs_scan *s, struct hs_span key, struct hs_members *m);

/* Adds a member that has been read; -1 and s fails for want of room. */
int hs_members_add(struct hs_members *m, struct hs_span key,
    struct hs_span value, struct hs_scan *s);

/* Forgets the members, keeps the memory. */
static inline void
hs_members_clear(struct hs_members *m)
{
	m->n = 0;
	m->escaped = false;
}

void hs_members_free(struct hs_members *m);

/* What strings say.  `inner` is a valid string's text without its quotes. */

/* Decodes it into dst, which has room for inner.len bytes, and returns the
 * decoded length.  A lone surrogate escape becomes U+FFFD and is counted in
 * *lone, which may be NULL. */
size_t hs_scan_decode(struct hs_span inner, char *dst, size_t *lone);

/* What it says: *text is inner itself, or where that has escapes a text in
 * scratch, whose content it replaces.  -1: no memory.  *lone as above. */
int hs_scan_says(struct hs_span inner, struct hs_buf *scratch,
    struct hs_span *text, size_t *lone);

/* Whether a text with escapes says name. */
bool hs_scan_spells(struct hs_span inner, const char *name);

/* Whether it says name (1 to 100 bytes), with escapes, when it has at most 128
 * bytes, or without.  An escape takes two to six bytes for one of the name. */
static inline bool
hs_scan_is(struct hs_span inner, const char *name)
{
	size_t n = strlen(name);

	if (inner.len <= n)
		return inner.len == n && memcmp(inner.p, name, n) == 0;
	if (inner.len > n * 6 || (*inner.p != *name && *inner.p != '\\'))
		return false;
	return hs_scan_spells(inner, name);
}

/* Whether the value is a string: true, and its text without the quotes. */
static inline bool
hs_scan_inner(struct hs_span value, struct hs_span *inner)
{
	if (value.len < 2 || value.p[0] != '"')
		return false;
	*inner = hs_span(value.p + 1, value.len - 2);
	return true;
}

static inline bool
hs_scan_null(struct hs_span value)
{
	return value.len == 4 && value.p[0] == 'n';
}

#endif
