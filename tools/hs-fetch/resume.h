/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef FETCH_RESUME_H
#define FETCH_RESUME_H

#include <stdbool.h>
#include <stdint.h>

#include "err.h"
#include "lookup.h"
#include "seen.h"

/*
 * A pages file that is its own checkpoint: whole pages up to where a run was
 * cut off, and then perhaps half a line, or what a power cut left.  Reading
 * it tells where to go on.
 *
 * The file may hold several streams of one object, one behind the other, such
 * as contacts and then archived contacts.  The last one is what a run goes on
 * with: pages, records and seen are that one's.
 */
struct resume {
	int fd; /* the caller's */
	unsigned long long pages, records;
	unsigned long long size;  /* of all whole pages, in bytes */
	unsigned long long start; /* where the last stream begins */
	bool cut;		  /* there was something behind them */
	bool complete;		  /* the last page names no other */
	char *after;		  /* the cursor to go on from, or NULL */
	int64_t mark;		  /* hs.mark of the last page; or -1 */
	char *changed;		  /* what has changed, so that it is begun
				   * anew; or NULL */
};

/* What the pages have to be of. */
struct resume_what {
	const char *object;	   /* hs.object */
	const char *request;	   /* hs.request, which a page may lack */
	const struct names *names; /* the properties, for a message; or NULL */
	bool mark;		   /* they have hs.mark */
	bool restart;		   /* begin anew what is of another request */
};

/* Reads the file.  HS_DATA when it is no pages file, or one of something else.
 * The caller calls resume_free() in any case. */
int resume_read(struct resume *r, int fd, const char *path,
    const struct resume_what *what, struct seen *seen, struct hs_err *e);

void resume_free(struct resume *r);

#endif
