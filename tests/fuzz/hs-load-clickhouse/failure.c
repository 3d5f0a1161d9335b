/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* A server's answer of any bytes, as cells, as an error and as an engine. */
#include <stdint.h>
#include <stdlib.h>

#include "hs-load-clickhouse/cluster.h"
#include "hs-load-clickhouse/db.h"
#include "hs-load-clickhouse/failure.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct hs_span rest = hs_span((const char *)data, size);
	struct hs_buf cell = {0}, part[4] = {{0}};
	struct hs_err e;

	failure(rest, 500, HS_IO, &e);
	(void)cluster_parse(rest, part);
	for (size_t i = 0; i < 4; i++) {
		if (part[i].len > size)
			abort();
		hs_buf_free(&part[i]);
	}
	while (rest.len > 0) {
		size_t before = rest.len;
		db_cell(&rest, &cell);
		if (rest.len >= before || cell.len > before)
			abort();
	}
	hs_buf_free(&cell);
	return 0;
}
