/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_CSVIN_H
#define HS_CSVIN_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "columns.h"
#include "csv.h"
#include "err.h"

/*
 * Reads a CSV file row by row.  Memory holds the longest row, not the file.
 * It reads by offset, so that several readers can share a descriptor, which
 * stays the caller's.
 *
 * A reader stands at a row: row.len bytes at hs_csvin_at().  The caller steps
 * past it.  Bytes stay in place until hs_csvin_fill().  So a caller that gets
 * HS_CSVIN_MORE can copy all rows that it has passed at once before it fills.
 *
 * Failure is HS_DATA with the line for what is not CSV, too long or, if that is
 * asked, not UTF-8; HS_IO, or HS_SYSTEM.
 */
enum { HS_CSVIN_END = 0, HS_CSVIN_ROW = 1, HS_CSVIN_MORE = 2 };

struct hs_csvin {
	int fd;		  /* -1: all of it is in memory */
	const char *name; /* for messages; the caller's */
	size_t max_row;
	bool utf8;	       /* the caller asks for UTF-8, from the start */
	struct hs_csv_row row; /* the one it stands at */
	char *buf;	       /* the rest is private */
	size_t cap, pos, len;
	size_t valid; /* bytes of buf that are UTF-8 */
	off_t base;   /* of buf in the file */
	size_t want;  /* bytes to read at once */
	bool eof;
};

void hs_csvin_init(
    struct hs_csvin *in, int fd, const char *name, size_t max_row);

/* Reads a text, which stays the caller's, instead of a file. */
void hs_csvin_text(struct hs_csvin *in, struct hs_span text, const char *name);

/* Goes to byte `at` of the file, where a row starts. */
void hs_csvin_seek(struct hs_csvin *in, off_t at);

/* Looks at the next row: HS_CSVIN_ROW, _END, _MORE, or -1. */
int hs_csvin_peek(struct hs_csvin *in, struct hs_err *e);

/* Reads more, moving what is in the buffer. */
int hs_csvin_fill(struct hs_csvin *in, struct hs_err *e);

/* Peeks and fills until it stands at a row, 1, or at the end, 0. */
int hs_csvin_next(struct hs_csvin *in, struct hs_err *e);

/* At the start of a file: steps over a byte order mark; whether there is
 * one. */
bool hs_csvin_bom(struct hs_csvin *in);

static inline const char *
hs_csvin_at(const struct hs_csvin *in)
{
	return in->buf + in->pos;
}

/* The row without its line end. */
static inline struct hs_span
hs_csvin_body(const struct hs_csvin *in)
{
	return hs_span(in->buf + in->pos, in->row.body);
}

static inline off_t
hs_csvin_offset(const struct hs_csvin *in)
{
	return in->base + (off_t)in->pos;
}

static inline void
hs_csvin_step(struct hs_csvin *in)
{
	in->pos += in->row.len;
}

/* Adds the names of the row that it stands at, a table's header, to c, which
 * is empty; HS_DATA when two columns have one name. */
int hs_csvin_header(
    const struct hs_csvin *in, struct hs_columns *c, struct hs_err *e);

/* Fills e (HS_DATA) with "name: line N: " and the text, for the row it stands
 * at; counts the file's lines for that.  Returns -1. */
int hs_csvin_fault(const struct hs_csvin *in, struct hs_err *e, const char *fmt,
    ...) __attribute__((format(printf, 3, 4)));

void hs_csvin_free(struct hs_csvin *in);

#endif
