/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_CONFIG_H
#define HS_CONFIG_H

#include <stdbool.h>
#include <stddef.h>

#include "err.h"
#include "span.h"

/*
 * Pipelines as hs-pipeline(5) describes them: Nilus batch pipelines, and
 * their short form.  A document of a YAML file is a pipeline; several in a
 * file are several pipelines.
 *
 * A key is read, or known and without meaning here (it is listed in
 * ignored), or refused with the reason; an unknown key is an error.  Whether
 * the settings make sense together with the machine they are used on is for
 * hs_plan_make() to find out, so a setting keeps its place.
 *
 * Failure is HS_CONFIG with "file: line L, column C: …", HS_NOINPUT, HS_IO
 * or HS_SYSTEM.  Messages never repeat an address, which may hold a secret.
 */
#define HS_CONFIG_MAX 1000	/* pipelines in one configuration */
#define HS_CONFIG_TEXT 4096	/* bytes of a setting */

struct hs_setting {
	char *text;		/* NULL: not given */
	size_t line, column;
};

struct hs_pipeline {
	const char *file;	/* the caller's */
	bool exposed;		/* the file can be read by others */
	bool has_sink;
	char *label;		/* name, else the object: for messages */

	struct hs_setting name;
	struct hs_setting kind;		/* type: nilus */
	struct hs_setting spec_kind;	/* spec.type: batch */
	struct hs_setting source;	/* address, as written */
	struct hs_setting object;	/* source_table; always given */
	struct hs_setting key;		/* primary_key */
	struct hs_setting sink;		/* address, as written */
	struct hs_setting table;	/* dest_table */
	struct hs_setting strategy;	/* incremental_strategy */

	char *ignored;		/* "spec.compute (line 5), …"; or NULL */
};

/* Zeroed is empty. */
struct hs_config {
	struct hs_pipeline *pipeline;
	size_t n;
};

/* Adds the pipelines of a text; file is its name, for messages, and stays. */
int hs_config_parse(struct hs_config *c, const char *file, struct hs_span text,
    struct hs_err *e);

/* Adds those of a file; "-" is standard input. */
int hs_config_read(struct hs_config *c, const char *path, struct hs_err *e);

/* Puts the setting's file, line and column in front of e's text; -1. */
int hs_config_at(struct hs_err *e, const struct hs_pipeline *p,
    const struct hs_setting *s);

/* Wipes the addresses, releases everything. */
void hs_config_free(struct hs_config *c);

#endif
