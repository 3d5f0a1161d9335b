/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_LOAD_SQL_REST_H
#define HS_LOAD_SQL_REST_H

#include "dialect.h"
#include "err.h"
#include "page.h"
#include "script.h"

/*
 * --rest: moves the columns with the fewest values into one, a JSON object a
 * row; as few as make each row fit into three quarters of the room there is.
 * A column of the table stays one.  In a table that has that column, all others
 * are in it.
 *
 * The rows are held, and become rows of the columns that are left.  Fills
 * s->moved.  pg has come to the stream's end.
 */
int rest(struct script *s, const struct hs_dialect *d, const struct hs_page *pg,
    struct hs_err *e);

#endif
