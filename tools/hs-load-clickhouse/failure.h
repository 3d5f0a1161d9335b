/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef CLICKHOUSE_FAILURE_H
#define CLICKHOUSE_FAILURE_H

#include "err.h"
#include "span.h"

/* What an answer that is none means, with its HTTP status: fills e with the
 * server's first line, and returns -1.  Where nothing better is known the kind
 * is that of the statement. */
int failure(
    struct hs_span said, long status, enum hs_kind kind, struct hs_err *e);

#endif
