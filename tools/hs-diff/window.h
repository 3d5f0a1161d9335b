/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_DIFF_WINDOW_H
#define HS_DIFF_WINDOW_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "err.h"
#include "span.h"

/*
 * A file's bytes by offset.  A part of the file is kept, and read on where
 * offsets rise.  The descriptor stays the caller's.  Failure is HS_IO or
 * HS_SYSTEM.
 */
struct window {
	int fd;
	const char *name; /* for messages; the caller's */
	char *buf;	  /* the rest is private */
	size_t cap, len, want;
	off_t base;
	bool eof;
};

void window_init(struct window *w, int fd, const char *name);

/* Gives what is there from an offset on: at least n bytes, fewer only at the
 * end of the file.  The text lasts until the next call. */
int window_look(struct window *w, off_t at, size_t n, struct hs_span *text,
    struct hs_err *e);

void window_free(struct window *w);

#endif
