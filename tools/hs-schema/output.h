/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_SCHEMA_OUTPUT_H
#define HS_SCHEMA_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "dialect.h"
#include "err.h"
#include "schema.h"
#include "sqlnames.h"
#include "tableschema.h"

/*
 * The forms in which a schema is written, each in a file of its own.  They
 * append to b, which the caller asks for a failure (hs_buf_check()).
 */

/* A Table Schema, a line a field (descriptor.c). */
void put_descriptor(const struct hs_schema *s, struct hs_buf *b);

/* A table for people, `width` columns wide (table.c).  utf8: the locale has
 * been set, and is UTF-8; otherwise the table is ASCII. */
void put_table(
    const struct hs_schema *s, size_t width, bool utf8, struct hs_buf *b);

/* Names the table and its columns for a database (sql.c), for the next two.
 * HS_DATA when it can have no such table. */
int name_columns(struct hs_sqlnames *n, const struct hs_schema *s,
    const struct hs_dialect *d, const char *table, struct hs_err *e);

/* Moves the columns with the fewest values into one called rest, as many as
 * have no room in a table of the database (sql.c). */
int gather_columns(struct hs_schema *s, const struct hs_dialect *d,
    const char *rest, struct hs_err *e);

/* CREATE TABLE (sql.c). */
void put_sql(
    const struct hs_schema *s, const struct hs_sqlnames *n, struct hs_buf *b);

/* The JSON that bq load takes (bigquery.c). */
void put_bigquery(
    const struct hs_schema *s, const struct hs_sqlnames *n, struct hs_buf *b);

/* Adds to b, for put_sql(), what a table of the database has little room for: a
 * text, empty when there is enough (sql.c). */
void put_limits(
    const struct hs_schema *s, const struct hs_dialect *d, struct hs_buf *b);

/* What changed since a Table Schema was written (diff.c), a line a column:
 * "+ name: type", "- …", "~ name: type -> type".  Returns how many. */
size_t put_diff(const struct hs_tableschema *old, const struct hs_schema *s,
    struct hs_buf *b);

#endif
