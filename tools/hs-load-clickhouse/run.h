/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef CLICKHOUSE_RUN_H
#define CLICKHOUSE_RUN_H

#include "err.h"
#include "job.h"

/* Loads standard input. */
int run(struct job *j, struct hs_err *e);

#endif
