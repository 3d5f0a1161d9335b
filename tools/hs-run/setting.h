/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_RUN_SETTING_H
#define HS_RUN_SETTING_H

#include "err.h"
#include "pipeline-keys.h"
#include "yaml.h"

/* A setting of a pipeline: the value of a key that is kept, as text, and its
 * place in the file.  Zeroed is one that is not given. */
#define SETTING_MAX 4096 /* bytes of a text */
#define LIST_MAX 65536	 /* bytes of a list's texts */

struct setting {
	char *text; /* NULL: not given */
	struct mark at;
};

/* Reads the value of key k, which is s's.  A list becomes its texts, joined by
 * commas; a flag becomes "true" or "false".  Failure is HS_CONFIG with line
 * and column, or HS_SYSTEM. */
int setting_read(struct setting *set, const struct section *s,
    const struct key *k, const struct node *value, struct hs_err *e);

/* Wipes and releases the text. */
void setting_free(struct setting *set);

#endif
