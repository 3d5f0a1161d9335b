/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_RUN_JOB_H
#define HS_RUN_JOB_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "err.h"
#include "command.h"
#include "spawn.h"

/*
 * One run of a command: its processes, what they say, and the verdict.
 *
 * A pipeline's failure is that of its most upstream stage that failed by
 * itself.  A stage that died of SIGPIPE (or says so, 141) or that we stopped
 * since a later one had failed did not; and what comes after a failure is
 * its consequence.  A stage that succeeds without having read what was
 * written for it has failed, too: a part would pass for the whole.
 */
enum job_state {
	JOB_WAITING,
	JOB_RUNNING,
	JOB_DONE,
};

#define JOB_LINE ((size_t)8192) /* longer ones are handed on in parts */
#define JOB_PATIENCE 2000	/* ms: a failed stage's neighbours end alone */
#define JOB_GRACE 5000		/* ms from asking to killing */

/* What a stage said last. */
struct speech {
	struct hs_buf line; /* not yet whole */
	char message[1024];
	bool named; /* message had the program's name in front */
};

struct job {
	const struct command *command;
	enum job_state state;
	struct children children;
	struct speech speech[STAGES_MAX];
	struct hs_buf stats;
	long long begun;    /* ms of the monotonic clock */
	long long deadline; /* when to be firmer; 0: never */
	bool interrupted;

	/* The verdict. */
	int status;	    /* exit status; 0 is success */
	const char *failed; /* the program; NULL: the pipeline as such */
	char message[2048];
	bool kept;	   /* the target's loader has not published */
	long long records; /* -1: not known */
	long long taken;   /* ms */
};

/* A whole line of a stage's standard error, its newline left out. */
typedef void job_line(void *arg, const struct job *job, struct hs_span line);

/* Milliseconds of the monotonic clock. */
long long job_clock(void);

/* Makes the target's folder, starts the stages.  When that fails the job is
 * done, with its verdict. */
void job_start(struct job *job);

/* Takes what can be read without waiting, sees who has ended, becomes firmer
 * when the deadline has passed; the state is JOB_DONE at the end. */
void job_look(struct job *job, job_line *line, void *arg);

/* A signal for the whole job, which is over then. */
void job_interrupt(struct job *job, int signal);

void job_free(struct job *job);

#endif
