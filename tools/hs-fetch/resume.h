/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef FETCH_RESUME_H
#define FETCH_RESUME_H

#include <stdbool.h>

#include "err.h"
#include "seen.h"

/*
 * A pages file that is its own checkpoint: whole pages up to where a run was
 * cut off, and then perhaps half a line, or what a power cut left.  Reading
 * it tells where to go on.
 */
struct resume {
	int fd; /* read and write; locked */
	unsigned long long pages, records;
	unsigned long long size; /* of the whole pages, in bytes */
	bool cut;		 /* there was something behind them */
	bool created;		 /* the file was not there before */
	bool complete;		 /* the last page names no other */
	char *after;		 /* the cursor to go on from, or NULL */
};

/* What the pages have to be of. */
struct resume_what {
	const char *object;  /* hs.object */
	const char *request; /* hs.request, which a page may lack */
};

/* Opens path, or creates it, and locks it.  With read false nothing of it is
 * looked at, and it counts as empty.  The file is changed by
 * resume_ready() alone.  HS_CANTCREATE when it can't be opened or another
 * run has it; HS_DATA when it is no pages file, or one of something else. */
int resume_open(struct resume *r, const char *path, bool read,
    const struct resume_what *what, struct seen *seen, struct hs_err *e);

/* Cuts off all that is behind the whole pages, for writing to go on there. */
int resume_ready(struct resume *r, const char *path, struct hs_err *e);

/* Nothing will be written: a file that was not there before goes away. */
void resume_abandon(struct resume *r, const char *path);

void resume_free(struct resume *r); /* fd stays open */

#endif
