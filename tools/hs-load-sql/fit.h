/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_LOAD_SQL_FIT_H
#define HS_LOAD_SQL_FIT_H

#include "err.h"
#include "script.h"

/* Whether the database has room for the stream's columns and for every row;
 * else HS_DATA with the first row that is too long.  Comes behind
 * script_open(). */
int fit(const struct script *s, struct hs_err *e);

#endif
