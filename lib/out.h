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
 * HS_OUT_BLOCK, but never past the last commit.  What belongs together, a
 * page or a record, is added and then committed, so that an error in between
 * leaves no half of it in the output.  Every write is checked, the last one
 * too: a program has succeeded only if hs_out_close() did.
 *
 * Failure is HS_IO with the reason (a full disk), or HS_SYSTEM for memory.
 */
#define HS_OUT_BLOCK ((size_t)256 * 1024)

struct hs_out {
	int fd;
	const char *name;	    /* for messages; the caller's */
	struct hs_buf buf;	    /* append here with hs_buf_*(); a failure is
				     * reported by the commit */
	size_t committed;	    /* bytes of buf that may be written */
	unsigned long long written; /* bytes that the system has taken */
	bool to_disk;		    /* an fsync() will follow: let the disk
				     * start early */
	unsigned long long pushed;  /* private: bytes it has started on */
};

void hs_out_init(struct hs_out *o, int fd, const char *name);

/* What has been added may be written, and is once it fills a block.  Fails
 * when some of it could not be added. */
int hs_out_commit(struct hs_out *o, struct hs_err *e);

/* Forgets what was added since the last commit, and a failure of that. */
void hs_out_drop(struct hs_out *o);

/* Writes what is committed. */
int hs_out_flush(struct hs_out *o, struct hs_err *e);

/* Writes what is committed and closes; checks both.  Releases the memory in
 * any case. */
int hs_out_close(struct hs_out *o, struct hs_err *e);

#endif
