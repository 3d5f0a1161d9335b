/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_PROGRAM_H
#define HS_PROGRAM_H

#include <stdbool.h>

/*
 * Where programs are.  The tools of one build belong together, so a tool
 * looks beside itself before it looks along PATH.
 *
 * Results are allocated; NULL with errno ENOENT (there is none) or ENOMEM.
 */

/* The folder that the running program is in; argv0 is how it was called,
 * for systems that don't tell otherwise. */
char *hs_program_folder(const char *argv0);

/* The executable file of that name in the folder (unless it is NULL), or
 * else along PATH. */
char *hs_program_find(const char *folder, const char *name);

/* Whether a shell that is given the bare name would run this file. */
bool hs_program_is_in_path(const char *name, const char *file);

#endif
