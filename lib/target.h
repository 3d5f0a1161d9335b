/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_TARGET_H
#define HS_TARGET_H

#include <stdbool.h>

#include "err.h"
#include "out.h"
#include "target-path.h"

/*
 * A file that is replaced whole or not at all.  Output goes to a temporary
 * file beside it: .NAME.hs-new, or a shortened name and a hash where NAME is
 * too long.  At the end that is synced and renamed.  Until then the old file
 * stays as it was, whatever happens.
 *
 * The temporary file is also the lock (flock): a second writer of the target
 * waits.  If a killed run has left one behind, the next run removes it.
 * Symbolic links are followed.  The new file gets the mode and owner that the
 * old one has at the end; without an old one the umask decides.  Until then
 * only its writer may read the temporary file of an existing one.
 *
 * Failure is HS_CANTCREATE (before anything was written) or HS_IO.
 */
typedef void hs_target_warn(const char *fmt, ...)
    __attribute__((format(printf, 1, 2)));

/* Called with the path of the file that a signal has to remove, or NULL for
 * none.  The string stays until the next call.  Signals are blocked meanwhile.
 */
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

/* Creates and locks the temporary file; warns before it waits for another
 * writer.  warn and guard may be NULL. */
int hs_target_open(struct hs_target *t, const char *path, hs_target_warn *warn,
    hs_target_guard *guard, struct hs_err *e);

/* Starts again with an empty temporary file; the lock stays.  *fd is what was
 * written before, a file without a name, for the caller to read and close. */
int hs_target_again(struct hs_target *t, int *fd, struct hs_err *e);

/* Whether the output equals the old file, byte for byte: 1 or 0. */
int hs_target_same(struct hs_target *t, struct hs_err *e);

/* Writes everything to disk, which may take long or find no space. */
int hs_target_sync(struct hs_target *t, struct hs_err *e);

/* Puts the output in place of the file: hs_target_sync() unless that has been
 * done, rename, fsync of the directory.  After a failure the old file is still
 * there, unless the directory can't be synced; then the message says so. */
int hs_target_publish(struct hs_target *t, struct hs_err *e);

/* Removes the temporary file and the lock; the old file is as it was.  Safe
 * after a publish or a failed open, and more than once. */
void hs_target_abandon(struct hs_target *t);

#endif
