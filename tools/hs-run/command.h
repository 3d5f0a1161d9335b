/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_RUN_COMMAND_H
#define HS_RUN_COMMAND_H

#include <stdbool.h>
#include <stddef.h>

#include "depot.h"
#include "err.h"
#include "pipeline.h"
#include "stage.h"

/*
 * The command line that a pipeline document stands for on this machine: the
 * programs with their arguments.
 *
 *	mkdir -p DIR/crm && hs-fetch --address ADDRESS companies |
 *	    hs-flatten | hs-schema -o DIR/crm/.companies.schema.json.PID |
 *	    hs-load-csv -m replace DIR/crm/companies.csv &&
 *	    mv DIR/crm/.companies.schema.json.PID
 *		DIR/crm/companies.schema.json
 *
 * The schema appears when the table does: hs-schema has written it before the
 * loader knows whether the table will be replaced.  PID is hs-run's own, so
 * that two runs at once don't take each other's file.
 *
 * An address goes to its program as it is written, variables unfilled, so no
 * secret is ever in an argument.  A token that is written out in the file
 * goes to hs-fetch in the environment instead; it is in `token`.
 *
 * Every mistake is found here, before anything runs.
 */
#define STAGES_MAX 4

/* A command owns its strings. */
struct command {
	const struct pipeline *pipeline;
	struct stage stage[STAGES_MAX];
	size_t stages;
	char *dir;	  /* to be made first; NULL: none */
	char *target;	  /* what is written: a file, or "foo crm.companies" */
	char *schema;	  /* the table's schema; NULL: none */
	char *schema_new; /* the same while the table is not there yet */
	char *token;	  /* for the first stage's HUBSPOT_API_KEY; or NULL */
	char *secret;	  /* for the last stage's environment; or NULL */
	const char *secret_name; /* and its variable there */
	char *unset[2];		 /* messages: a variable of the source's or the
				  * sink's address is not set; or NULL */
	bool in_file;	/* the token is written in the pipeline's file */
	bool to_stdout; /* pages go to standard output */
	bool password;	/* the sink's address has one written out */
};

/* What a command depends on besides its pipeline; the caller's. */
struct site {
	struct depots depots;
	const char *bin; /* the folder where programs are looked for
			  * before PATH; or NULL */
};

/* Failure is HS_CONFIG with the place in the pipeline's file, or HS_SYSTEM
 * for a program of the family that is not installed.  The caller frees in
 * both cases. */
int command_make(struct command *c, const struct pipeline *p,
    const struct site *site, struct hs_err *e);

void command_free(struct command *c);

#endif
