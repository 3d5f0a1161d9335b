/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_IN_H
#define HS_IN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "err.h"
#include "span.h"

/*
 * Lines of a file or pipe, of any length.  They are read into one growing
 * buffer.  A line is a span of it, without its newline, and lasts until the
 * next call.  A last line without a newline is a line.
 */
#define HS_IN_MAX_LINE ((size_t)1 << 30) /* the default of --max-line */
/* The most that --max-line may say: 1 TiB, or what 32 bits can address. */
#define HS_IN_MAX_ASKED (SIZE_MAX >> (sizeof(size_t) > 4 ? 24 : 3))

struct hs_in {
	int fd;
	const char *name;	 /* for messages; the caller's */
	size_t max_line;	 /* bytes; longer is HS_DATA */
	unsigned long long line; /* number of the last line, from 1 */
	bool torn;		 /* that line had no newline */

	/* Private. */
	char *buf;
	size_t cap, pos, len;
	size_t seen; /* bytes behind pos known to hold no newline */
	bool eof;
};

/* Opens path; "-" or NULL is standard input.  Failure is HS_NOINPUT. */
int hs_in_open(struct hs_in *in, const char *path, struct hs_err *e);

/* Takes over an open descriptor. */
void hs_in_fd(struct hs_in *in, int fd, const char *name);

/* 1: *line is the next line.  0: the input ended.  -1: HS_IO, HS_DATA (line
 * too long) or HS_SYSTEM. */
int hs_in_line(struct hs_in *in, struct hs_span *line, struct hs_err *e);

/* Whether the next hs_in_line() can return without waiting for a writer.  If
 * not, a filter flushes its output first. */
bool hs_in_ready(struct hs_in *in);

void hs_in_close(struct hs_in *in);

#endif
