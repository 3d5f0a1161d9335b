/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_RUN_SPAWN_H
#define HS_RUN_SPAWN_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "command.h"
#include "err.h"

/*
 * The processes of one pipeline: a child for each stage, pipes from one to
 * the next, all in one process group.  The first reads /dev/null, the last
 * writes to hs-run's standard output.  hs-run reads their standard errors,
 * and holds no end of the pipes between them, so a stage that ends is noticed
 * by its neighbours.  If hs-run dies, they get SIGTERM where the system can
 * do that (Linux).
 *
 * A stage that has ended is not waited for until children_reap().  Until then
 * the system gives its number and its group's to nobody else, so
 * children_kill() never hits a stranger.
 */
struct child {
	pid_t pid;
	int err; /* its standard error; -1 once closed */
	bool ended;
	int status;   /* exit status, or 128 + signal */
	int signal;   /* that killed it, or 0 */
	bool stopped; /* it was asked to end */
};

struct children {
	struct child v[STAGES_MAX];
	size_t n;
	pid_t group;
	int stats;    /* what the first stage's --stats says; -1: closed */
	int progress; /* what the stages say on HS_PROGRESS; -1: closed */
};

/* None: children_reap() has nothing to do. */
#define CHILDREN_NONE ((struct children){.stats = -1, .progress = -1})

/* Starts the command's stages, with HS_PROGRESS if progress is wanted.
 * Failure (HS_SYSTEM) leaves nothing behind.  The descriptors to read from
 * don't block. */
int children_start(struct children *c, const struct command *command,
    bool progress, struct hs_err *e);

/* Looks, without waiting, which stages have ended; whether all have. */
bool children_check(struct children *c);

/* Asks one stage to end (SIGTERM), unless it has. */
void child_stop(struct child *child);

/* Signals the whole group, grandchildren too; before children_reap(). */
void children_kill(const struct children *c, int signal);

/* Waits for the stages, which ends their existence, and closes what is
 * open. */
void children_reap(struct children *c);

#endif
