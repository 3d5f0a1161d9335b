/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_JOB_H
#define HS_JOB_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "err.h"
#include "plan.h"
#include "spawn.h"

/*
 * One run of a plan: its processes, what they say, and the verdict.
 *
 * A pipeline's failure is that of its most upstream stage that failed by
 * itself.  A stage that died of SIGPIPE (or says so, 141) or that we stopped
 * since a later one had failed did not; and what comes after a failure is
 * its consequence.  A stage that succeeds without having read what was
 * written for it has failed, too: a part would pass for the whole.
 */
enum hs_job_state {
	HS_JOB_WAITING,
	HS_JOB_RUNNING,
	HS_JOB_DONE,
};

#define HS_JOB_LINE ((size_t)8192)	/* longer ones are handed on in parts */
#define HS_JOB_PATIENCE 2000	/* ms: a failed stage's neighbours end alone */
#define HS_JOB_GRACE 5000	/* ms from asking to killing */

/* What a stage said last. */
struct hs_speech {
	struct hs_buf line;	/* not yet whole */
	char message[1024];
	bool named;		/* message had the program's name in front */
};

struct hs_job {
	const struct hs_plan *plan;
	enum hs_job_state state;
	struct hs_children children;
	struct hs_speech speech[HS_PLAN_STAGES];
	struct hs_buf stats;
	long long begun;	/* ms of the monotonic clock */
	long long deadline;	/* when to be firmer; 0: never */
	bool interrupted;

	/* The verdict. */
	int status;		/* exit status; 0 is success */
	const char *failed;	/* the program; NULL: the pipeline as such */
	char message[2048];
	bool kept;		/* the target's loader has not published */
	long long records;	/* -1: not known */
	long long taken;	/* ms */
};

/* A whole line of a stage's standard error, its newline left out. */
typedef void hs_job_line(void *arg, const struct hs_job *job,
    struct hs_span line);

/* Milliseconds of the monotonic clock. */
long long hs_job_clock(void);

/* Makes the target's folder, starts the stages.  When that fails the job is
 * done, with its verdict. */
void hs_job_start(struct hs_job *job);

/* Takes what can be read without waiting, sees who has ended, becomes firmer
 * when the deadline has passed; the state is HS_JOB_DONE at the end. */
void hs_job_look(struct hs_job *job, hs_job_line *line, void *arg);

/* A signal for the whole job, which is over then. */
void hs_job_interrupt(struct hs_job *job, int signal);

void hs_job_free(struct hs_job *job);

#endif
