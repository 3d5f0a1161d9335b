/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_LOAD_CSV_FIELDS_H
#define HS_LOAD_CSV_FIELDS_H

#include "columns.h"
#include "err.h"

/*
 * Adds to c the columns that a Frictionless Table Schema names: a JSON
 * document whose member `fields` is an array of objects with a `name`
 * (specs.frictionlessdata.io/table-schema).  What else it says is not looked
 * at.  At most 64 MiB.
 *
 * HS_NOINPUT when the file can't be opened; HS_DATA, with line and column,
 * when it is no such document or names a column twice.
 */
int fields_read(struct hs_columns *c, const char *path, struct hs_err *e);

#endif
