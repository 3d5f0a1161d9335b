/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_LOAD_SQL_SQLITE_H
#define HS_LOAD_SQL_SQLITE_H

#include "engine.h"

/*
 * SQLite: a script for sqlite3(1).  Everything that changes the database is
 * one transaction; behind it the script makes the table temp.hs_whole, so that
 * its reader can tell that it was whole.
 */
extern const struct engine sqlite_engine;

#endif
