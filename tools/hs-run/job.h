/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_RUN_JOB_H
#define HS_RUN_JOB_H

#include <stdbool.h>
#include <stdint.h>

#include "command.h"
#include "listen.h"
#include "spawn.h"

/*
 * One run of a command: its processes, what they say, and the verdict.
 *
 * A pipeline's failure is that of its most upstream stage that failed on its
 * own.  A stage did not fail on its own if it died of SIGPIPE (or exits with
 * 141), or if it was stopped because a later one had failed; and whatever
 * happens downstream of a failure is a consequence.  A stage that succeeds
 * without having read all that was written for it has failed, since it has
 * seen only a part.
 */
enum job_state {
	JOB_WAITING,
	JOB_RUNNING,
	JOB_DONE,
};

struct job {
	const struct command *command;
	bool progress; /* ask the stages how far they are */
	enum job_state state;
	struct children children;
	struct heard heard;
	int64_t begun;
	int64_t fetched;  /* when the first stage had ended; 0: it has not */
	int64_t deadline; /* when to take the next step to an end; 0: never */
	bool interrupted;

	/* The verdict. */
	int status;	    /* exit status; 0 is success */
	const char *failed; /* the program; NULL: the pipeline as such */
	char message[2048];
	bool kept;	   /* the table is what it was */
	long long records; /* -1: not known */
	int64_t taken;	   /* nanoseconds */
};

/* Makes the table's folder, starts the stages.  When that fails the job is
 * done, with its verdict.  The caller has set command, progress, and line and
 * arg of heard. */
void job_start(struct job *job);

/* Takes what can be read without waiting and looks who has ended.  Stops the
 * stages that a failure has left behind, once the deadline has passed.  The
 * state is JOB_DONE at the end. */
void job_look(struct job *job);

/* Passes a signal on to the whole job, which is over then. */
void job_interrupt(struct job *job, int signal);

void job_free(struct job *job);

#endif
