/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Rows on their way to the server. */
#include "rows.h"

/* The end of the cell that begins at p, or the end of what there is. */
static const char *
cell_end(const char *p, const char *end)
{
	while (p < end && *p != '\t' && *p != '\n')
		p++;
	return p;
}

static void
put_rows(struct rows *r, struct hs_span text, struct hs_buf *b)
{
	const char *p = text.p, *end = p + text.len;

	while (p < end) {
		const char *to = cell_end(p, end);
		hs_buf_add(b, p, (size_t)(to - p));
		r->inside |= to > p;
		if (to == end)
			return;
		if (!r->inside && r->blank && r->blank[r->column])
			hs_buf_puts(b, "\\N");
		if (*to == '\n' && r->versioned)
			hs_buf_printf(b, "\t%llu", r->version++);
		hs_buf_addc(b, *to);
		r->column = *to == '\n' ? 0 : r->column + 1;
		r->inside = false;
		p = to + 1;
	}
}

int
rows_next(void *rows, struct hs_buf *b, struct hs_err *e)
{
	struct rows *r = rows;

	if (!r->blank && !r->versioned)
		return hs_copyrows_next(r->from, b, e);
	hs_buf_clear(&r->block);
	int got = hs_copyrows_next(r->from, &r->block, e);
	if (got <= 0)
		return got;
	put_rows(r, hs_buf_span(&r->block), b);
	return hs_buf_check(b, e, "rows") < 0 ? -1 : 1;
}
