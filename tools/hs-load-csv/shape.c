/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* How the columns of a table and those of a stream come together. */
#include "shape.h"

#include <stdlib.h>
#include <string.h>

#include "csv.h"

int
cells_split(struct cells *c, struct hs_span body, struct hs_err *e)
{
	struct hs_span cell;

	for (c->n = 0; csv_next_cell(&body, &cell); c->n++) {
		if (c->n == c->cap) {
			size_t cap = c->cap ? c->cap * 2 : 64;
			void *v = reallocarray(c->v, cap, sizeof(*c->v));
			if (!v)
				return hs_err_mem(e, "a row's cells");
			c->v = v;
			c->cap = cap;
		}
		c->v[c->n] = cell;
	}
	return 0;
}

static int
by_name(const void *a, const void *b)
{
	const struct shape_name *x = a, *y = b;
	size_t n = x->name.len < y->name.len ? x->name.len : y->name.len;
	int r = n ? memcmp(x->name.p, y->name.p, n) : 0;

	if (r != 0)
		return r;
	return (x->name.len > y->name.len) - (x->name.len < y->name.len);
}

/* The table's column of that name, or NULL. */
static const struct shape_name *
find(const struct shape *sh, struct hs_span name)
{
	struct shape_name wanted = {.name = name};

	if (sh->old_n == 0)
		return NULL;
	return bsearch(
	    &wanted, sh->named, sh->old_n, sizeof(*sh->named), by_name);
}

/* Fills sh->named from the header's cells. */
static int
name_columns(
    struct shape *sh, const struct cells *c, const char *name, struct hs_err *e)
{
	sh->named = calloc(c->n, sizeof(*sh->named));
	sh->from = calloc(c->n, sizeof(*sh->from));
	if (!sh->named || !sh->from)
		return hs_err_mem(e, "column names");
	for (size_t i = 0; i < c->n; i++) {
		sh->named[i].index = i;
		if (csv_unquote(c->v[i], &sh->text, &sh->named[i].name) < 0)
			return hs_err_mem(e, "column names");
	}
	sh->old_n = c->n;
	qsort(sh->named, sh->old_n, sizeof(*sh->named), by_name);
	for (size_t i = 1; i < sh->old_n; i++) {
		struct hs_span s = sh->named[i].name;
		if (hs_span_eq(s, sh->named[i - 1].name))
			return hs_err_set(e, HS_DATA,
			    "%s: its header has the column %.*s twice", name,
			    s.len > 200 ? 200 : (int)s.len, s.p);
	}
	return 0;
}

int
shape_read(
    struct shape *sh, struct hs_span header, const char *name, struct hs_err *e)
{
	struct cells cells = {0};

	/* A copy of the header, and behind it what its cells say: room for
	 * both, so that nothing moves. */
	if (hs_buf_reserve(&sh->text, 2 * header.len + 1) < 0 ||
	    hs_buf_add(&sh->text, header.p, header.len) < 0)
		return hs_err_mem(e, "column names");
	int rc = cells_split(&cells, hs_buf_span(&sh->text), e);
	if (rc == 0)
		rc = name_columns(sh, &cells, name, e);
	free(cells.v);
	return rc;
}

int
shape_map(struct shape *sh, struct rows *rows, struct hs_err *e)
{
	const size_t n = rows->columns.n;
	struct hs_span name;

	sh->extra = calloc(n + 1, sizeof(*sh->extra));
	if (!sh->extra)
		return hs_err_mem(e, "column names");
	sh->same = n == sh->old_n;
	for (size_t i = 0; i < n; i++) {
		if (rows_name(rows, i, &name, e) < 0)
			return -1;
		const struct shape_name *old = find(sh, name);
		bool carried = rows_carried(rows, i);
		if (!old)
			sh->extra[sh->extras++] = i;
		else if (carried)
			sh->from[old->index] = i + 1;
		if (!old || old->index != i || !carried)
			sh->same = false;
	}
	return 0;
}

int
shape_key(const struct shape *sh, struct rows *rows, struct hs_span name,
    size_t *in_stream, size_t *in_table, struct hs_err *e)
{
	size_t i = 0;

	while (i < rows->columns.n && !hs_span_eq(rows->columns.name[i], name))
		i++;
	if (i == rows->columns.n || !rows_carried(rows, i))
		return 1;
	*in_stream = i;
	if (sh->old_n == 0)
		return 0;
	if (rows_name(rows, i, &name, e) < 0)
		return -1;
	const struct shape_name *old = find(sh, name);
	if (!old)
		return 2;
	*in_table = old->index;
	return 0;
}

void
shape_free(struct shape *sh)
{
	free(sh->from);
	free(sh->extra);
	free(sh->named);
	hs_buf_free(&sh->text);
	*sh = (struct shape){0};
}
