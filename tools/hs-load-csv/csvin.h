/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_LOAD_CSV_CSVIN_H
#define HS_LOAD_CSV_CSVIN_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "csv.h"
#include "err.h"

/*
 * Reads a CSV file row by row.  Memory holds the longest row, not the file.
 * It reads by offset, so that several readers can share a descriptor, which
 * stays the caller's.
 *
 * A reader stands at a row: row.len bytes at csvin_at().  The caller steps
 * past it.  Bytes stay in place until csvin_fill().  So a caller that gets
 * CSVIN_MORE can copy all rows that it has passed at once before it fills.
 *
 * Failure is HS_DATA with the line for what is not CSV or too long, HS_IO, or
 * HS_SYSTEM.
 */
enum { CSVIN_END = 0, CSVIN_ROW = 1, CSVIN_MORE = 2 };

struct csvin {
	int fd;		  /* -1: all of it is in memory */
	const char *name; /* for messages; the caller's */
	size_t max_row;
	struct csv_row row; /* the one it stands at */
	char *buf;	    /* the rest is private */
	size_t cap, pos, len;
	off_t base;  /* of buf in the file */
	size_t want; /* bytes to read at once */
	bool eof;
};

void csvin_init(struct csvin *in, int fd, const char *name, size_t max_row);

/* Reads a text, which stays the caller's, instead of a file. */
void csvin_text(struct csvin *in, struct hs_span text, const char *name);

/* Goes to byte `at` of the file, where a row starts. */
void csvin_seek(struct csvin *in, off_t at);

/* Looks at the next row: CSVIN_ROW, _END, _MORE, or -1. */
int csvin_peek(struct csvin *in, struct hs_err *e);

/* Reads more, moving what is in the buffer. */
int csvin_fill(struct csvin *in, struct hs_err *e);

/* Peeks and fills until it stands at a row, 1, or at the end, 0. */
int csvin_next(struct csvin *in, struct hs_err *e);

/* At the start of a file: steps over a byte order mark; whether there is
 * one. */
bool csvin_bom(struct csvin *in);

static inline const char *
csvin_at(const struct csvin *in)
{
	return in->buf + in->pos;
}

/* The row without its line end. */
static inline struct hs_span
csvin_body(const struct csvin *in)
{
	return hs_span(in->buf + in->pos, in->row.body);
}

static inline off_t
csvin_offset(const struct csvin *in)
{
	return in->base + (off_t)in->pos;
}

static inline void
csvin_step(struct csvin *in)
{
	in->pos += in->row.len;
}

/* Fills e (HS_DATA) with "name: line N: " and the text, for the row it stands
 * at; counts the file's lines for that.  Returns -1. */
int csvin_fault(const struct csvin *in, struct hs_err *e, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

void csvin_free(struct csvin *in);

#endif
