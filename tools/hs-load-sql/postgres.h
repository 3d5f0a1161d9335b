/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_LOAD_SQL_POSTGRES_H
#define HS_LOAD_SQL_POSTGRES_H

#include "dialect.h"
#include "err.h"
#include "out.h"
#include "script.h"

/*
 * The script for psql(1).
 *
 * Its first line, \if true, makes psql end with status 3 unless the last one,
 * \endif, is there.  Between them is one transaction.  So a script that is cut
 * anywhere changes nothing and makes psql fail, except behind COMMIT, where it
 * has changed the table and makes psql fail all the same.
 */
struct hs_dialect postgres_dialect(void);

/* The first line, to be written before the stream is read. */
extern const char postgres_opening[];

/* The rest. */
int postgres_put(struct script *s, struct hs_out *out, struct hs_err *e);

#endif
