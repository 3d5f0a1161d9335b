/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_LOAD_SQL_MYSQL_H
#define HS_LOAD_SQL_MYSQL_H

#include "engine.h"

/*
 * MariaDB and MySQL.  DDL commits by itself there: it stands before the
 * transaction, behind all that can be known to fail.
 */
extern const struct engine mysql_engine;

#endif
