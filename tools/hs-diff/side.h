/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_DIFF_SIDE_H
#define HS_DIFF_SIDE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <time.h>

#include "csvin.h"
#include "err.h"
#include "in.h"
#include "out.h"
#include "page.h"
#include "shape.h"
#include "span.h"
#include "value.h"
#include "window.h"

/*
 * A side of the comparison: pages, bare records, or a CSV table.  It is read
 * once from start to end, and its records are found again by their offset.
 * What is no file, such as a pipe, is kept in a file without a name.
 *
 * Failure is HS_NOINPUT, HS_DATA for what is invalid or incomplete, HS_IO or
 * HS_SYSTEM.
 */

/* A record.  The spans are its side's, and last until that reads on, or loads
 * another record in its place. */
struct record {
	struct hs_span text; /* a JSON object, or a row without its line end */
	bool cells;	     /* it is a row */
	bool split;	     /* value[] is filled */
	struct hs_span *value; /* by column of the shape; NULL and 0 for none */
	size_t n, cap;
	size_t
	    *column; /* private: of each member of the record before, whose */
	size_t columns, column_cap; /* keys may be the same, */
	uint64_t changes;	    /* as hs_members has it, */
	bool lasts;		    /* if they were those known */
};

/* What keys say: those of equal records are the same text. */
struct key {
	struct hs_span part[KEY_MAX];
	size_t n;
	uint64_t hash;
	struct hs_buf scratch;
};

struct side {
	/* Given; the strings stay the caller's. */
	const char *path;
	int which;	     /* OLD or NEW */
	struct shape *shape; /* of both sides */
	size_t max_line;
	bool may_lack;	     /* no file: no records */
	bool require_pages;  /* bare records are refused */
	struct hs_out *pass; /* gets what is read, byte for byte, the last line
			      * or row not committed; or NULL */

	/* Known after side_open(). */
	bool csv;
	char object[256]; /* as the first page has it, or "" */
	bool since;	  /* known at the end: it carries only what changed */

	/* Private. */
	struct hs_in in;
	struct hs_page page;
	struct hs_csvin rows; /* of a table: in order */
	struct window window; /* going back */
	struct hs_out spool;
	size_t *column; /* of a table: where each cell belongs */
	size_t columns;
	struct hs_members members, others;
	int first; /* of the page reader, for the first line */
	struct record current, other;
	bool lacks;    /* there is no file */
	bool in_line;  /* it stands in a line, or at a row */
	off_t line_at; /* offset of the line being read, */
	off_t next_at; /* and of the next one */
	off_t size;    /* of the file when it was opened; -1: it is ours */
	struct timespec changed;
};

/* Makes one that is not open (open.c), for side_free() to release. */
void side_init(struct side *s);

/* Opens it and reads its first line. */
int side_open(struct side *s, struct hs_err *e);

/* Reads the header of a table; a stream has none.  The key is known by now. */
int side_header(struct side *s, struct hs_err *e);

/* Reads the next record: 1, *r and its offset; 0 at the end of what has
 * proved complete. */
int side_next(struct side *s, struct record **r, off_t *at, struct hs_err *e);

/* Goes back to the record at an offset. */
int side_load(struct side *s, off_t at, struct record **r, struct hs_err *e);

/* Gives the text at an offset: n bytes or more, fewer at the end. */
int side_look(
    struct side *s, off_t at, size_t n, struct hs_span *text, struct hs_err *e);

/* Whether the record at an offset has these very bytes: 1 or 0.  The caller
 * knows that both sides are of one form. */
int side_has(struct side *s, off_t at, struct hs_span text, struct hs_err *e);

/* Reads a record's key.  *missing is its first part that is null or empty; the
 * number of its parts when there is none. */
int side_key(struct side *s, struct record *r, struct key *k, size_t *missing,
    struct hs_err *e);

/* Fills value[] of a row. */
int side_split(struct side *s, struct record *r, struct hs_err *e);

/* Fills e (HS_DATA) with the place of the current record and why; -1. */
int side_fault(struct side *s, struct hs_err *e, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* The value of a column. */
static inline struct value
record_value(const struct record *r, size_t i)
{
	return (struct value){
	    i < r->n ? r->value[i] : hs_span(NULL, 0), r->cells};
}

/* Fails when its file has changed since it was opened. */
int side_check(const struct side *s, struct hs_err *e);

void side_free(struct side *s);

#endif
