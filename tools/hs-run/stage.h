/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_RUN_STAGE_H
#define HS_RUN_STAGE_H

#include "err.h"

/* A program with its arguments, one part of a pipe.  It owns its strings;
 * zeroed is empty. */
#define ARGS_MAX 20

struct stage {
	char *argv[ARGS_MAX]; /* up to a NULL */
	char *path;	      /* the program's file */
};

/* Finds the program called name, in the folder unless that is NULL, or along
 * PATH.  Failure is HS_SYSTEM, or if_missing when there is no such program. */
int stage_set(struct stage *s, const char *name, const char *folder,
    enum hs_kind if_missing, struct hs_err *e);

/* Adds an argument. */
int stage_arg(struct stage *s, const char *arg, struct hs_err *e);

void stage_free(struct stage *s);

#endif
