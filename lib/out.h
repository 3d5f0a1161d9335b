/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_OUT_H
#define HS_OUT_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "err.h"
#include "span.h"

/*
 * Checked output.  Bytes are added to a buffer and written in blocks of
 * HS_OUT_BLOCK, but never past the last commit: what belongs together (a
 * page, a record) is added, then committed, so that a reader of the output
 * never sees half of it on account of an error here.  Every write is checked,
 * the last one too: a program that has not closed its output without failure
 * has not succeeded.
 *
 * Failure is HS_IO with the reason (a full disk), or HS_SYSTEM for memory.
 */
#define HS_OUT_BLOCK ((size_t)256 * 1024)

struct hs_out {
	int fd;
	const char *name;	    /* for messages; the caller's */
	struct hs_buf buf;	    /* append here with hs_buf_*(), too; a
				     * failure is reported by the commit */
	size_t committed;	    /* bytes of buf that may be written */
	unsigned long long written; /* bytes that the system has taken */
	bool to_disk;		    /* have it write them out meanwhile,
				     * for an fsync() at the end */
	unsigned long long pushed;  /* private: up to where it was told */
};

void hs_out_init(struct hs_out *o, int fd, const char *name);

/* Adds bytes; they are written after a commit. */
int hs_out_add(struct hs_out *o, const void *p, size_t n, struct hs_err *e);

/* All that was added so far is whole; writes once a block is full. */
int hs_out_commit(struct hs_out *o, struct hs_err *e);

/* Forgets what was added since the last commit. */
void hs_out_drop(struct hs_out *o);

/* Writes what is committed. */
int hs_out_flush(struct hs_out *o, struct hs_err *e);

/* Flushes and closes, checking both; memory is released in any case. */
int hs_out_close(struct hs_out *o, struct hs_err *e);

#endif
