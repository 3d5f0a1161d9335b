/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* What a database's client says, whatever it is, becomes a message. */
#include <stdint.h>
#include <stdlib.h>

#include "hs-load-sql/mysql.h"
#include "hs-load-sql/psql.h"
#include "hs-load-sql/sqlite.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct hs_span said = hs_span((const char *)data, size);

	for (int status = 1; status <= 3; status++) {
		struct hs_err psql = {0}, sqlite = {0}, mysql = {0};
		psql_failure(status, said, &psql);
		sqlite_engine.failure(status, said, &sqlite);
		mysql_engine.failure(status, said, &mysql);
		if (psql.kind == 0 || sqlite.kind == 0 || mysql.kind == 0)
			abort();
	}
	return 0;
}
