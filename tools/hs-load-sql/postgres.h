/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_LOAD_SQL_POSTGRES_H
#define HS_LOAD_SQL_POSTGRES_H

#include "engine.h"

/*
 * PostgreSQL: a script for psql(1).
 *
 * Its first line, \if true, makes psql end with status 3 unless the last one,
 * \endif, is there.  Between them is one transaction.  So a script that is cut
 * anywhere changes nothing and makes psql fail, except behind COMMIT, where it
 * has changed the table and makes psql fail all the same.
 */
extern const struct engine postgres_engine;

/* The same with Citus, which spreads a new table over several servers. */
extern const struct engine citus_engine;

#endif
