/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_RUN_RUN_H
#define HS_RUN_RUN_H

#include <stdbool.h>
#include <stddef.h>

#include "command.h"
#include "err.h"
#include "out.h"
#include "pipeline.h"
#include "scheduler.h"
#include "screen.h"

/*
 * A whole run: the pipelines of some files, their commands, and what is done
 * with them.  All files are read and all commands made before anything runs.
 */
struct run {
	/* The caller's. */
	bool quiet;
	const char *stats_file; /* or NULL */
	size_t parallel;	/* pipelines at once */
	struct site site;

	/* Filled in here. */
	struct pipelines pipelines;
	struct command *command; /* one for each pipeline */
	char **file;		 /* what it writes, in one spelling; or NULL */
	size_t n;
	struct scheduler scheduler;
	struct screen screen;
	struct hs_out stats;
	int signal; /* the program should die of it; or 0 */
};

/* Reads the files, up to a NULL, and makes the commands.  The strings stay
 * the caller's.  Two pipelines that write the same table are refused. */
int run_read(struct run *run, char *const *file, struct hs_err *e);

/* Prints the commands on standard output. */
int run_print(struct run *run, struct hs_err *e);

/* Runs the commands and prints the summary.  When a pipeline failed, e is the
 * summary's last line, with the status; it is not yet printed. */
int run_execute(struct run *run, struct hs_err *e);

void run_free(struct run *run);

#endif
