/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_RUN_SCHEDULER_H
#define HS_RUN_SCHEDULER_H

#include <stddef.h>

#include "err.h"
#include "job.h"

/*
 * Runs jobs, some at once, in their order; one that fails does not keep the
 * others from running.  Jobs whose pages go to standard output run one at a
 * time, so that one stream follows the other.
 *
 * Signals come as bytes, each its number, from a pipe (signals.h).  SIGCHLD
 * wakes the scheduler.  SIGTSTP stops the children, then the program; the
 * children go on when it does.  Any other signal is passed to the children
 * and ends the run; it is in `interrupted` then.
 */
struct scheduler {
	struct job *job; /* waiting, with their commands */
	size_t jobs;
	size_t parallel;	 /* at once, 1 at least */
	int signals;		 /* to read from; does not block */
	void (*tick)(void *arg); /* called each second; NULL: not wanted */
	void *arg;
	int interrupted; /* the signal that ended it, or 0 */
};

/* Returns when all jobs are done; after a signal, when all that were begun
 * are done.  Failure is HS_SYSTEM, with no child left. */
int scheduler_run(struct scheduler *s, struct hs_err *e);

#endif
