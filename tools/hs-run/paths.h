/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_RUN_PATHS_H
#define HS_RUN_PATHS_H

#include "err.h"

/* Folders and files by their names. */

/* The path with the part of it that exists resolved, so that two spellings of
 * one file are the same; allocated.  NULL: no memory. */
char *canonical(const char *path);

/* Makes the folder and those above it, as mkdir -p does, and writes the
 * folders they are made in to disk.  Failure is HS_CANTCREATE, HS_IO or
 * HS_SYSTEM. */
int make_folders(const char *path, struct hs_err *e);

/* Where the path leads if it is a link, else the path; allocated.  NULL: no
 * memory. */
char *follow_link(const char *path);

/* Puts the file `new` in the place of path, in the same folder, and writes
 * that to disk.  A file that was there passes on its mode, and its owner if
 * this user may.  Failure is HS_IO. */
int replace_file(const char *new, const char *path, struct hs_err *e);

/* Removes the file `new`, and what a writer of it that was killed has left
 * (target.h). */
void discard_file(const char *new);

/* Removes the files beside `new`, whose name ends in this process's number,
 * that are called the same with the number of a process that has ended: they
 * were left behind by a kill. */
void sweep_files(const char *new);

#endif
