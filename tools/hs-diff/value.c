/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* What values say. */
#include "value.h"

#include "csv.h"
#include "scan.h"

struct hs_span
value_says(struct value v, struct hs_buf *scratch, size_t *lone)
{
	struct hs_span inner;

	if (v.cell)
		return hs_csv_unquote(v.text, scratch);
	if (!hs_scan_inner(v.text, &inner))
		return v.text;
	if (inner.len == 0 || !memchr(inner.p, '\\', inner.len))
		return inner;
	if (hs_buf_reserve(scratch, inner.len) < 0)
		return hs_span(NULL, 0);
	char *d = scratch->data + scratch->len;
	size_t n = hs_scan_decode(inner, d, lone);
	scratch->len += n;
	return hs_span(d, n);
}

static bool
is_string(struct value v)
{
	return v.text.p[0] == '"';
}

bool
value_same(struct value a, struct value b, struct hs_buf *scratch)
{
	size_t lone = 0;

	if (value_none(a) || value_none(b))
		return value_none(a) && value_none(b);
	if (a.cell == b.cell && hs_span_eq(a.text, b.text))
		return true;
	if (!a.cell && !b.cell && !(is_string(a) && is_string(b)))
		return false;
	/* Room for both, so that none moves. */
	scratch->len = 0;
	if (hs_buf_reserve(scratch, a.text.len + b.text.len) < 0)
		return false;
	struct hs_span x = value_says(a, scratch, &lone);
	struct hs_span y = value_says(b, scratch, &lone);
	/* U+FFFD stands for several halves, and no cell has one. */
	return lone == 0 && hs_span_eq(x, y);
}
