/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_OPTIONS_H
#define HS_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "columns.h"

/* What the arguments of options say that several programs have.  A mistake is
 * a usage error. */

/* Names of columns, NAME,...: they are added to c. */
void hs_option_columns(
    struct hs_columns *c, const char *option, const char *list);

/* -m replace or merge: whether it is merge. */
bool hs_option_merges(const char *mode);

/* --max-removed N or N%: rows, or *percent of them. */
unsigned long long hs_option_limit(const char *arg, bool *percent);

/* --max-line SIZE */
size_t hs_option_max_line(const char *arg);

#endif
