/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_RUN_PIPELINE_H
#define HS_RUN_PIPELINE_H

#include <stdbool.h>
#include <stddef.h>

#include "err.h"
#include "pipeline-keys.h"
#include "setting.h"
#include "span.h"

/*
 * Pipelines as hs-pipeline(5) describes them: Nilus batch pipelines and their
 * short form.  Each document of a YAML file is a pipeline.
 *
 * A key is either read, or ignored (and listed in `ignored`), or refused with
 * the reason; an unknown key is an error.  command_make() finds out whether
 * the settings make sense on this machine, so a setting keeps its place in
 * the file.
 *
 * Failure is HS_CONFIG with "file: line L, column C: …", HS_NOINPUT, HS_IO
 * or HS_SYSTEM.  Messages never repeat an address, which may hold a secret.
 */
#define PIPELINES_MAX 1000 /* pipelines in one run */

struct pipeline {
	const char *file; /* the caller's */
	bool exposed;	  /* other users can read the file */
	bool has_sink;
	char *label;   /* name, else the object: for messages */
	char *ignored; /* "spec.compute (line 5), …"; or NULL */
	struct setting set[SETTINGS];
};

/* Zeroed is empty. */
struct pipelines {
	struct pipeline *v;
	size_t n, cap;
};

/* Adds the pipelines of a text; file is its name, for messages, and stays. */
int pipelines_parse(struct pipelines *p, const char *file, struct hs_span text,
    struct hs_err *e);

/* Adds those of a file; "-" is standard input. */
int pipelines_read(struct pipelines *p, const char *path, struct hs_err *e);

/* The setting's text; NULL when it is not given. */
const char *setting(const struct pipeline *p, enum setting_id id);

/* Whether a flag is given and true. */
bool setting_is_true(const struct pipeline *p, enum setting_id id);

/* Puts the setting's file, line and column in front of e's text; -1. */
int pipeline_at(const struct pipeline *p, enum setting_id id, struct hs_err *e);

/* Wipes the settings, releases everything. */
void pipelines_free(struct pipelines *p);

#endif
