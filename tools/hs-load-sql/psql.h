/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_LOAD_SQL_PSQL_H
#define HS_LOAD_SQL_PSQL_H

#include <stdbool.h>

#include "client.h"
#include "err.h"
#include "server.h"
#include "span.h"

/*
 * psql(1), as an engine's client.  The address's parameters are libpq's.  The
 * password goes to psql in the environment, the rest as an argument.
 */
int psql_read(struct hs_server *s, const char *address, struct hs_err *e);
int psql_set(struct hs_server *s, struct client *c, struct hs_err *e);
bool psql_failure(int status, struct hs_span said, struct hs_err *e);

#endif
