/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef FETCH_OUTPUT_H
#define FETCH_OUTPUT_H

#include <stdbool.h>

#include "err.h"

/*
 * The file of -o.  It is opened, and locked, before the first request of
 * records, and changed only when the first page is there.  One run writes it
 * at a time, and it has a name as long as it is written.
 */
struct output {
	int fd;	      /* for writing, and reading if that was asked; locked */
	bool empty;   /* it is new, or there was nothing in it */
	bool created; /* it was not there before */
};

/* Opens path, or creates it, and locks it.  HS_CANTCREATE when it can't be
 * opened or another run has it.  The caller closes o->fd, which may be -1 after
 * a failure. */
int output_open(
    struct output *o, const char *path, bool read, struct hs_err *e);

/* Keeps so many bytes of the file: writing goes on there.  Syncs the directory
 * of a new one. */
int output_begin(struct output *o, const char *path, unsigned long long size,
    struct hs_err *e);

/* All has been written: syncs the file.  HS_IO, too, when it was removed or
 * replaced meanwhile. */
int output_done(const struct output *o, const char *path, struct hs_err *e);

/* Nothing will be written: a file that was not there before is removed. */
void output_abandon(struct output *o, const char *path);

#endif
