/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_RUN_LOADER_H
#define HS_RUN_LOADER_H

#include "depot.h"
#include "err.h"

/* The program that loads what a sink's address names, when that is no folder:
 * one of ours, or for another scheme foo:// hs-load-foo. */
#define LOADER_NAME 64	   /* bytes of the program's name */
#define TABLE_NAME_MAX 200 /* bytes of a part of a table's name */

/* Its name; HS_CONFIG when that is too long. */
int loader_name(
    const struct place *place, char name[LOADER_NAME], struct hs_err *e);

/* The variable that it reads a server's password from; NULL for none. */
const char *loader_secret(const struct place *place);

/* What is wrong with the name of a table there, or in a folder; or NULL. */
const char *loader_table_fault(const char *name, const struct place *place);

#endif
