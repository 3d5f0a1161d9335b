/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_LOAD_SQL_MYSQL_CLIENT_H
#define HS_LOAD_SQL_MYSQL_CLIENT_H

#include <stdbool.h>

#include "client.h"
#include "err.h"
#include "server.h"
#include "span.h"

/* The clients mariadb and mysql: members of an engine. */
int mysql_read(struct hs_server *s, const char *address, struct hs_err *e);

int mysql_set(struct hs_server *s, struct client *c, struct hs_err *e);

bool mysql_failure(int status, struct hs_span said, struct hs_err *e);

#endif
