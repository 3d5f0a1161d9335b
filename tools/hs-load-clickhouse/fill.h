/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef CLICKHOUSE_FILL_H
#define CLICKHOUSE_FILL_H

#include "err.h"
#include "job.h"

/* Makes the tables that nobody sees, sends the rows, and counts them.  *rows
 * is the table that has them. */
int fill(struct job *j, enum staging_kind *rows, struct hs_err *e);

#endif
