/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_CSVIN_H
#define HS_CSVIN_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "csv.h"
#include "err.h"

/*
 * The rows of a CSV file, which need not fit in memory; its buffer grows to
 * the longest row.  It is read by offset, so that several readers can share a
 * descriptor; the descriptor stays the caller's.
 *
 * A reader stands at a row: its bytes are hs_csvin_at(), row.len of them, and
 * row says where it ends.  The caller steps past it.  Bytes stay where they
 * are until hs_csvin_fill(), so a caller that is told HS_CSVIN_MORE first
 * deals with what it has passed and then fills: that way long runs of rows
 * are copied at once.
 *
 * Failure is HS_DATA with the line for what is not CSV or is too long, HS_IO,
 * or HS_SYSTEM.
 */
enum { HS_CSVIN_END = 0, HS_CSVIN_ROW = 1, HS_CSVIN_MORE = 2 };

struct hs_csvin {
	int fd;			/* -1: all of it is in memory */
	const char *name;	/* for messages; the caller's */
	size_t max_row;
	struct hs_csv_row row;	/* the one it stands at */
	char *buf;		/* the rest is private */
	size_t cap, pos, len;
	off_t base;		/* of buf in the file */
	size_t want;		/* bytes to read at once */
	bool eof;
};

void hs_csvin_init(
    struct hs_csvin *in, int fd, const char *name, size_t max_row);

/* Reads text, which stays the caller's, instead of a file. */
void hs_csvin_text(struct hs_csvin *in, struct hs_span text, const char *name);

/* Goes to byte `at` of the file, where a row starts. */
void hs_csvin_seek(struct hs_csvin *in, off_t at);

/* Looks at the next row: HS_CSVIN_ROW, _END, _MORE, or -1. */
int hs_csvin_peek(struct hs_csvin *in, struct hs_err *e);

/* Reads more, moving what is in the buffer. */
int hs_csvin_fill(struct hs_csvin *in, struct hs_err *e);

/* Peeks and fills until there is a row (1) or none (0). */
int hs_csvin_next(struct hs_csvin *in, struct hs_err *e);

/* At the start of a file: steps over a byte order mark, and tells. */
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

/* Fills e (HS_DATA) with "name: line N: why" of the row it stands at; the
 * lines are counted only now. Returns -1. */
int hs_csvin_fault(const struct hs_csvin *in, const char *why,
    struct hs_err *e);

void hs_csvin_free(struct hs_csvin *in);

#endif
