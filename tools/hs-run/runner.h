/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_RUNNER_H
#define HS_RUNNER_H

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
struct hs_runner {
	struct hs_job *job;	/* waiting, with their plans */
	size_t jobs;
	size_t parallel;	/* at once, 1 at least */
	int signals;		/* to read from; must not block */
	hs_job_line *line;
	void (*tick)(void *arg);	/* each second; NULL: not wanted */
	void *arg;
	int interrupted;	/* the signal that ended it, or 0 */
};

/* Returns when all jobs are done, or all that were begun and a signal came.
 * Failure is HS_SYSTEM, with no child left. */
int hs_runner_run(struct hs_runner *r, struct hs_err *e);

#endif
