/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef CLICKHOUSE_TYPES_H
#define CLICKHOUSE_TYPES_H

#include <stdbool.h>

#include "buf.h"
#include "dialect.h"
#include "schema.h"
#include "span.h"

/* The column that tells which of a merged table's rows is the last. */
#define VERSION_COLUMN "_version"

/* The dialect; that of versions before 22 has text for booleans and times. */
struct hs_dialect types_dialect(bool modern);

/* Whether the type of a table's column holds the values of a stream's;
 * nulls: some are null.  Types that are not known here do: the server
 * judges. */
bool types_hold(struct hs_span type, const struct hs_field *f, bool nulls);

/* Whether it tells "" from null. */
bool types_is_text(struct hs_span type);

/* Adds a type that holds the values of both types, which are not the same. */
void types_join(struct hs_span old, struct hs_span new, struct hs_buf *b);

#endif
