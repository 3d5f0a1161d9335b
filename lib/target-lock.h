/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_TARGET_LOCK_H
#define HS_TARGET_LOCK_H

#include <signal.h>

#include "target-path.h"

/*
 * The lock of a target is its temporary file: the process that has created it
 * and holds flock(2) on it is the one that may write.  For target.c alone.
 */

/* Creates the temporary file and locks it: 0 and *fd.  1: another writer has
 * it, and mask is NULL.  With a mask this waits for that writer, with these
 * signals blocked only, so that a signal can end the wait. */
int hs_target_lock(const struct hs_target_path *t, const sigset_t *mask,
    int *fd, struct hs_err *e);

/* Creates a file in the target's directory: its descriptor, or -1. */
int hs_target_create(const struct hs_target_path *t, const char *name);

/* Locks fd.  Without a mask it does not wait: -1 with EWOULDBLOCK. */
int hs_target_flock(int fd, const sigset_t *mask);

#endif
