/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* A row of a table beside one of the stream. */
#include "pair.h"

#include <stdlib.h>

/* The stream's cell for one of its columns; short rows end with nulls. */
static struct hs_span
new_cell(const struct pair *p, size_t column)
{
	return column < p->new.n ? p->new.v[column] : hs_span(NULL, 0);
}

void
pair_put(const struct pair *p, bool has_old, struct hs_buf *b)
{
	const struct shape *sh = p->shape;

	for (size_t i = 0; i < sh->old.n + sh->extras; i++) {
		if (i > 0)
			hs_buf_addc(b, ',');
		if (i >= sh->old.n)
			hs_buf_put(b, new_cell(p, sh->extra[i - sh->old.n]));
		else if (sh->from[i])
			hs_buf_put(b, new_cell(p, sh->from[i] - 1));
		else if (has_old)
			hs_buf_put(b, p->old.v[i]);
	}
}

/* Whether two cells say the same, however they are quoted. */
static int
same_cell(struct pair *p, struct hs_span a, struct hs_span b, struct hs_err *e)
{
	if (hs_span_eq(a, b))
		return 1;
	if (a.len == 0 || b.len == 0)
		return 0; /* a null and something else */
	hs_buf_clear(&p->scratch);
	if (hs_buf_reserve(&p->scratch, a.len + b.len) < 0)
		return hs_err_mem(e, "a cell");
	struct hs_span x = hs_csv_unquote(a, &p->scratch);
	return hs_span_eq(x, hs_csv_unquote(b, &p->scratch));
}

int
pair_same(struct pair *p, struct hs_err *e)
{
	const struct shape *sh = p->shape;
	int r = 1;

	for (size_t i = 0; r == 1 && i < sh->old.n; i++) {
		struct hs_span old = p->old.v[i];
		if (sh->from[i])
			r = same_cell(p, old, new_cell(p, sh->from[i] - 1), e);
		else if (p->replace && old.len > 0)
			r = 0;
	}
	for (size_t i = 0; r == 1 && i < sh->extras; i++)
		if (new_cell(p, sh->extra[i]).len > 0)
			r = 0;
	return r;
}

void
pair_free(struct pair *p)
{
	free(p->old.v);
	free(p->new.v);
	hs_buf_free(&p->scratch);
}
