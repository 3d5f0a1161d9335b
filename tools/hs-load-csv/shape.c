/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* The columns of a table and those of a stream. */
#include "shape.h"

#include <stdlib.h>

#include "csv.h"

/* Adds a column of the table. */
static int
add_old(
    struct shape *sh, struct hs_span name, const char *table, struct hs_err *e)
{
	size_t i, n = sh->old.n;

	if (hs_columns_add(&sh->old, name, &i, e) < 0)
		return hs_err_at(e, "%s", table);
	if (i < n)
		return hs_err_set(e, HS_DATA,
		    "%s: its header has the column %.*s twice", table,
		    name.len > 200 ? 200 : (int)name.len, name.p);
	return 0;
}

int
shape_read(
    struct shape *sh, struct hs_span header, const char *name, struct hs_err *e)
{
	struct hs_buf scratch = {0};
	struct hs_span cell;
	int rc = 0;

	while (rc == 0 && csv_next_cell(&header, &cell)) {
		hs_buf_clear(&scratch);
		struct hs_span text = csv_unquote(cell, &scratch);
		rc = hs_buf_check(&scratch, e, "column names");
		if (rc == 0)
			rc = add_old(sh, text, name, e);
	}
	hs_buf_free(&scratch);
	if (rc < 0)
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
		if (at == HS_COLUMNS_NONE)
			sh->extra[sh->extras++] = i;
		else if (carried)
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
