/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef CLICKHOUSE_FIT_H
#define CLICKHOUSE_FIT_H

#include "err.h"
#include "job.h"

/* Compares the stream's columns with the table's: fills blank, alters and
 * absent.  HS_DATA: the table cannot hold the stream. */
int fit(struct job *j, struct hs_err *e);

/* Adds the type of a column that is new. */
void fit_put_type(const struct job *j, size_t column, struct hs_buf *b);

#endif
