/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* The columns of a table and those of a stream. */
#include "shape.h"

#include <stdlib.h>

int
shape_read(struct shape *sh, const struct hs_csvin *in, struct hs_err *e)
{
	if (hs_csvin_header(in, &sh->old, e) < 0)
		return -1;
	sh->from = calloc(sh->old.n, sizeof *sh->from);
	return sh->from ? 0 : hs_err_mem(e, "column names");
}

int
shape_map(struct shape *sh, struct rows *rows, struct hs_err *e)
{
	const size_t n = rows->columns.n;
	struct hs_span name;

	sh->extra = calloc(n + 1, sizeof *sh->extra);
	if (!sh->extra)
		return hs_err_mem(e, "column names");
	sh->same = n == sh->old.n;
	for (size_t i = 0; i < n; i++) {
		if (rows_name(rows, i, &name, e) < 0)
			return -1;
		size_t at = hs_columns_at(&sh->old, name);
		bool carried = rows_carried(rows, i);
		if (at == HS_COLUMNS_NONE && !rows_dropped(rows, i))
			sh->extra[sh->extras++] = i;
		else if (at != HS_COLUMNS_NONE && carried)
			sh->from[at] = i + 1;
		sh->same &= at == i && carried;
	}
	return 0;
}

int
shape_key(const struct shape *sh, struct rows *rows, struct hs_span name,
    size_t *in_stream, size_t *in_table, struct hs_err *e)
{
	size_t i = hs_columns_at(&rows->columns, name);

	if (i == HS_COLUMNS_NONE || !rows_carried(rows, i))
		return 1;
	*in_stream = i;
	if (sh->old.n == 0)
		return 0;
	if (rows_name(rows, i, &name, e) < 0)
		return -1;
	*in_table = hs_columns_at(&sh->old, name);
	return *in_table == HS_COLUMNS_NONE ? 2 : 0;
}

void
shape_free(struct shape *sh)
{
	hs_columns_free(&sh->old);
	free(sh->from);
	free(sh->extra);
	*sh = (struct shape){0};
}
