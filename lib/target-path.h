/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_TARGET_PATH_H
#define HS_TARGET_PATH_H

#include <stdbool.h>
#include <sys/types.h>

#include "err.h"

/*
 * Where a target is and which file is there; for target.c alone.  Failure is
 * HS_CANTCREATE or HS_SYSTEM.  The caller calls hs_target_forget() in any
 * case.
 */
struct hs_target_path {
	char *path;  /* the file, links resolved */
	char *temp;  /* the temporary file */
	char *other; /* a second one's name in their directory */
	int dir;     /* descriptor of that directory, or -1 */
	bool exists; /* there was a file at the last look */
	mode_t mode; /* that file's */
	uid_t uid;
	gid_t gid;
};

/* Follows links, opens the directory and names the temporary files. */
int hs_target_find(
    struct hs_target_path *t, const char *path, struct hs_err *e);

/* Looks at the file that is there: its mode and owner.  When it has gone since
 * an earlier look, what that saw stays. */
int hs_target_look(struct hs_target_path *t, struct hs_err *e);

/* The names of the file and the temporary file in their directory; NULL when
 * there is no temporary file. */
const char *hs_target_name(const struct hs_target_path *t);
const char *hs_target_temp(const struct hs_target_path *t);

/* Fills e with "path: why"; returns -1. */
int hs_target_refuse(
    const struct hs_target_path *t, const char *why, struct hs_err *e);

/* Releases all; safe more than once. */
void hs_target_forget(struct hs_target_path *t);

#endif
