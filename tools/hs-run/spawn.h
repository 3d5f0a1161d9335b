/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_SPAWN_H
#define HS_SPAWN_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "err.h"
#include "plan.h"

/*
 * The processes of one pipeline: a child for each stage, pipes from one to
 * the next, all in one process group.  The first reads /dev/null, the last
 * writes to our standard output; the standard errors come to us.  We hold no
 * end of the pipes between them, so a stage that ends is seen by its
 * neighbours, and where the system can (Linux) they get SIGTERM if we die.
 *
 * A stage that has ended is left unreaped until hs_spawn_reap(), so that the
 * group's number stays theirs and hs_spawn_kill() never meets a stranger.
 */
struct hs_child {
	pid_t pid;
	int err;		/* its standard error; -1 once closed */
	bool ended;
	int status;		/* exit status, or 128 + signal */
	int signal;		/* that killed it, or 0 */
	bool stopped;		/* we asked it to end */
};

struct hs_children {
	struct hs_child v[HS_PLAN_STAGES];
	size_t n;
	pid_t group;
	int stats;	/* what the first stage's --stats says; -1: closed */
};

/* Starts the plan's stages.  Failure (HS_SYSTEM) leaves nothing behind.  The
 * descriptors to read from don't block. */
int hs_spawn(struct hs_children *c, const struct hs_plan *plan,
    struct hs_err *e);

/* Looks, without waiting, which stages have ended; whether all have. */
bool hs_spawn_check(struct hs_children *c);

/* Asks one stage to end (SIGTERM), unless it has. */
void hs_spawn_stop(struct hs_child *child);

/* Signals the whole group, grandchildren too; before hs_spawn_reap(). */
void hs_spawn_kill(const struct hs_children *c, int signal);

/* Ends the stages' existence, once all have ended, and closes what is open. */
void hs_spawn_reap(struct hs_children *c);

#endif
