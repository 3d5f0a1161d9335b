/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef CLICKHOUSE_ROWS_H
#define CLICKHOUSE_ROWS_H

#include <stdbool.h>

#include "buf.h"
#include "copyrows.h"
#include "err.h"

/* The rows on their way to the server: an empty cell of a column that is blank
 * becomes null, and a version that grows from row to row stands at the end of
 * each.  Zeroed but for the first part. */
struct rows {
	struct hs_copyrows *from;
	const bool *blank; /* by column; or NULL */
	bool versioned;
	unsigned long long version; /* of the first row */

	/* Private. */
	struct hs_buf block;
	size_t column;
	bool inside; /* the cell has begun */
};

/* An http_more. */
int rows_next(void *rows, struct hs_buf *b, struct hs_err *e);

#endif
