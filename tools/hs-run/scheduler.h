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
 * time, so that their streams come one behind the other.
 *
 * The program catches signals and writes the number of each, as a byte, into
 * a pipe whose other end is here.  SIGCHLD wakes the runner; SIGTSTP stops
 * the children, then the program, and the children go on with it; any other
 * is passed to the children, ends the run, and is in `interrupted` then.
 */
struct scheduler {
	struct job *job; /* waiting, with their commands */
	size_t jobs;
	size_t parallel; /* at once, 1 at least */
	int signals;	 /* to read from; must not block */
	job_line *line;
	void (*tick)(void *arg); /* each second; NULL: not wanted */
	void *arg;
	int interrupted; /* the signal that ended it, or 0 */
};

/* Returns when all jobs are done, or all that were begun and a signal came.
 * Failure is HS_SYSTEM, with no child left. */
int scheduler_run(struct scheduler *r, struct hs_err *e);

#endif
