/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_RUN_PATHS_H
#define HS_RUN_PATHS_H

#include <stdbool.h>

#include "err.h"

/* Folders and names of files. */

/* Whether two paths name the same file; neither need exist. */
bool same_file(const char *a, const char *b);

/* Makes the folder and those above it, as mkdir -p does.  Failure is
 * HS_CANTCREATE or HS_SYSTEM. */
int make_folders(const char *path, struct hs_err *e);

#endif
