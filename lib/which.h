/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_WHICH_H
#define HS_WHICH_H

#include <stdbool.h>

/*
 * Which file a program's name stands for.  The programs of one build belong
 * together, so a program looks in its own folder before it looks along PATH.
 *
 * Results are allocated; NULL with errno ENOENT (there is none) or ENOMEM.
 */

/* The folder of the running program.  argv0 is how it was called, for systems
 * that have no better source. */
char *hs_which_folder(const char *argv0);

/* The executable file of that name in the folder (unless it is NULL), or
 * else along PATH. */
char *hs_which_find(const char *folder, const char *name);

/* Whether a shell that is given the bare name would run this file. */
bool hs_which_is_in_path(const char *name, const char *file);

#endif
