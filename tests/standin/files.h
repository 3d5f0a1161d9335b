/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef STANDIN_FILES_H
#define STANDIN_FILES_H

#include <stdbool.h>

#include "bytes.h"

struct answer;
struct request;

/*
 * Paths that are answered from files: --serve PATH=FILE.  In PATH the segment
 * {V} is any version.  A file with an array is a list: its elements come in
 * pages, by limit (10 if none, 100 at most) and after (an offset).  Any other
 * is the answer as it stands.
 */
struct file {
	struct file *next;
	char *path;
	struct bytes text;
};

struct files {
	struct file *first;
};

/* -1: the file can't be read. */
int files_add(struct files *f, const char *spec);
void files_free(struct files *f);

/* Answers, if the path is one of them. */
bool files_serve(struct request *r, struct answer *a);

#endif
