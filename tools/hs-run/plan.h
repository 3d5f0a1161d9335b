/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_PLAN_H
#define HS_PLAN_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "pipeline.h"
#include "depot.h"
#include "err.h"

/*
 * What a pipeline document comes to on this machine: the shell pipeline that
 * a person would type, as programs with their arguments.
 *
 *	mkdir -p DIR/crm && hs-fetch --address ADDRESS companies |
 *	    hs-flatten | hs-schema -o DIR/crm/companies.schema.json |
 *	    hs-load-csv -m replace DIR/crm/companies.csv
 *
 * Addresses are handed on as they are written, variables unfilled, so that
 * a secret is never in an argument.  A token that is written out in the file
 * goes to hs-fetch in the environment instead, and is in `token`.
 *
 * Everything that can be wrong is found here, before anything runs.
 */
#define HS_PLAN_STAGES 4
#define HS_PLAN_ARGS 12
#define HS_PLAN_NAME 200	/* bytes of a part of a table's name */

struct hs_stage {
	char *argv[HS_PLAN_ARGS];	/* up to a NULL */
	char *path;			/* the program's file */
};

/* The strings of a plan are its own. */
struct hs_plan {
	const struct hs_pipeline *pipeline;
	struct hs_stage stage[HS_PLAN_STAGES];
	size_t stages;
	char *dir;	/* to be made first; NULL: none */
	char *target;	/* what is written: a file, or "foo crm.companies" */
	char *token;	/* for the first stage's HUBSPOT_API_KEY; or NULL */
	char *unset;	/* a variable is not set: the message; or NULL */
	bool in_file;	/* the token is written in the pipeline's file */
	bool to_stdout;	/* pages go to standard output */
	bool password;	/* the sink's address has one written out */
};

/* What a plan depends on besides its pipeline; the caller's. */
struct hs_site {
	struct hs_depots depots;
	const char *bin;	/* the folder that programs are looked for in
				 * before PATH; or NULL */
};

/* Failure is HS_CONFIG with the place in the pipeline's file, HS_SYSTEM for
 * a program of ours that is not installed.  The caller frees in both
 * cases. */
int hs_plan_make(struct hs_plan *plan, const struct hs_pipeline *p,
    const struct hs_site *site, struct hs_err *e);

/* Adds the plan as a command line for sh, newline included. */
int hs_plan_print(const struct hs_plan *plan, struct hs_buf *b);

void hs_plan_free(struct hs_plan *plan);

#endif
