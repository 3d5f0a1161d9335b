/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef CLICKHOUSE_PUBLISH_H
#define CLICKHOUSE_PUBLISH_H

#include "err.h"
#include "job.h"

/* Has the rows be the table, or part of it, in one step. */
int publish(struct job *j, enum staging_kind rows, struct hs_err *e);

/* Removes this run's tables: all that there may be, or those that remain when
 * it went well. */
int publish_clean(struct job *j, bool all, struct hs_err *e);

#endif
