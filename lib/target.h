/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_TARGET_H
#define HS_TARGET_H

#include <stdbool.h>

#include "err.h"
#include "out.h"
#include "target-path.h"

/*
 * A file that is replaced whole or not at all.  Writing goes to a temporary
 * file beside it (.NAME.hs-new, or of a very long name its beginning and a
 * hash), which is synced and renamed over it at the end; until then, whatever
 * happens, the old file is as it was.
 *
 * The temporary file is the lock too (flock): a second writer of the same
 * target waits.  One that was left behind by a kill is taken over by the next
 * run.  A symbolic link's target is replaced, not the link; mode and owner of
 * an existing file are kept, as they are at the end, a new file gets the
 * umask's.  While it is written the temporary file of an existing one is its
 * writer's alone.
 *
 * Failure is HS_CANTCREATE (before anything was written) or HS_IO.
 */
typedef void hs_target_warn(const char *fmt, ...)
    __attribute__((format(printf, 1, 2)));

/* Is told the file that a signal has to remove, a string that stays until it
 * is told the next, or NULL.  Signals are held while that changes. */
typedef void hs_target_guard(const char *temp);

struct hs_target {
	struct hs_out out;	  /* what to write with */
	struct hs_target_path at; /* at.path is the file, until the end;
				   * at.temp is NULL once published */
	int lock;		  /* private: a duplicate of out.fd, which keeps
				   * the lock when that has been closed */
	bool synced;		  /* private */
	hs_target_guard *guard;	  /* private; NULL: none */
};

/* One that is not open: hs_target_abandon() has nothing to do. */
#define HS_TARGET_NONE \
	((struct hs_target){.out.fd = -1, .at.dir = -1, .lock = -1})

/* Locks and creates the temporary file; warns before it waits for another
 * writer.  warn and guard may be NULL. */
int hs_target_open(struct hs_target *t, const char *path, hs_target_warn *warn,
    hs_target_guard *guard, struct hs_err *e);

/*
 * Starts again with an empty temporary file, without letting go of the lock.
 * What was written before goes on as *fd, a nameless file open for reading at
 * any offset, the caller's to close.
 */
int hs_target_again(struct hs_target *t, int *fd, struct hs_err *e);

/* Whether what was written is, byte for byte, what the file holds: 1 or 0. */
int hs_target_same(struct hs_target *t, struct hs_err *e);

/* All that may take long or fail for want of space: flush and fsync. */
int hs_target_sync(struct hs_target *t, struct hs_err *e);

/* Makes what was written the file: hs_target_sync() unless that has been done,
 * rename, fsync of the directory.  On failure the old file is still there,
 * except that a directory that can't be synced is noticed after the rename,
 * and the message says so. */
int hs_target_publish(struct hs_target *t, struct hs_err *e);

/* Removes the temporary file and the lock; the target is as it was.  Safe
 * after a publish or a failed open, and more than once. */
void hs_target_abandon(struct hs_target *t);

#endif
