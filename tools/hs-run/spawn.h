/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_RUN_SPAWN_H
#define HS_RUN_SPAWN_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "err.h"
#include "command.h"

/*
 * The processes of one pipeline: a child for each stage, pipes from one to
 * the next, all in one process group.  The first reads /dev/null, the last
 * writes to our standard output; the standard errors come to us.  We hold no
 * end of the pipes between them, so a stage that ends is seen by its
 * neighbours, and where the system can (Linux) they get SIGTERM if we die.
 *
 * A stage that has ended is left unreaped until children_reap(), so that the
 * group's number stays theirs and children_kill() never meets a stranger.
 */
struct child {
	pid_t pid;
	int err; /* its standard error; -1 once closed */
	bool ended;
	int status;   /* exit status, or 128 + signal */
	int signal;   /* that killed it, or 0 */
	bool stopped; /* we asked it to end */
};

struct children {
	struct child v[STAGES_MAX];
	size_t n;
	pid_t group;
	int stats; /* what the first stage's --stats says; -1: closed */
};

/* Starts the command's stages.  Failure (HS_SYSTEM) leaves nothing behind.  The
 * descriptors to read from don't block. */
int children_start(
    struct children *c, const struct command *command, struct hs_err *e);

/* Looks, without waiting, which stages have ended; whether all have. */
bool children_check(struct children *c);

/* Asks one stage to end (SIGTERM), unless it has. */
void child_stop(struct child *child);

/* Signals the whole group, grandchildren too; before children_reap(). */
void children_kill(const struct children *c, int signal);

/* Ends the stages' existence, once all have ended, and closes what is open. */
void children_reap(struct children *c);

#endif
