/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Rows and cells of any bytes: nothing is read outside of them, cells add up
 * to rows, and what a cell says survives being written and read again. */
#include <stdint.h>
#include <stdlib.h>

#include "csv.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must(int truth)
{
	if (!truth)
		abort();
}

static void
check_cell(struct hs_span raw)
{
	struct hs_buf scratch = {0}, again = {0}, other = {0};
	struct hs_span text = hs_csv_unquote(raw, &scratch);

	must(scratch.len <= raw.len);
	hs_csv_put(&again, text);
	must(hs_span_eq(hs_csv_unquote(hs_buf_span(&again), &other), text));
	hs_buf_free(&scratch);
	hs_buf_free(&again);
	hs_buf_free(&other);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	/* A copy of its own length, so that a step outside is noticed. */
	char *copy = malloc(size + 1);
	struct hs_span rest = hs_span(copy, size), cell;
	struct hs_csv_row row, early;

	must(copy != NULL);
	memcpy(copy, data, size);
	while (rest.len > 0 && hs_csv_find_row(rest, true, &row) == 1) {
		must(row.len > 0 && row.body <= row.len &&
		     row.len <= rest.len && row.len - row.body <= 2);
		if (row.len < rest.len)
			must(hs_csv_find_row(rest, false, &early) == 1 &&
			     early.len == row.len);
		struct hs_span body = hs_span(rest.p, row.body);
		size_t n = 0, bytes = 0;
		for (; hs_csv_next_cell(&body, &cell); n++) {
			bytes += cell.len;
			check_cell(cell);
		}
		must(n == row.cells && bytes + n - 1 == row.body);
		rest = hs_span(rest.p + row.len, rest.len - row.len);
	}
	free(copy);
	return 0;
}
