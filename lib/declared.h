/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_DECLARED_H
#define HS_DECLARED_H

#include "err.h"
#include "schema.h"
#include "span.h"
#include "tableschema.h"

/*
 * Property definitions, as hs-fetch properties:TYPE writes them: pages; or
 * one array of them, one object with `results`, or definitions one by one.
 * Each becomes a column with the type that it declares.
 *
 * Files are read whole, at most 64 MiB.  Failure is HS_NOINPUT, or HS_DATA
 * with line and column.
 */
int hs_declared_read(
    struct hs_tableschema *t, const char *path, struct hs_err *e);
int hs_declared_parse(
    struct hs_tableschema *t, struct hs_span text, struct hs_err *e);

/* Says which columns have values that contradict what is declared of them. */
typedef void hs_declared_warning(const char *fmt, ...)
    __attribute__((format(printf, 1, 2)));
void hs_declared_warn(const struct hs_schema *s, hs_declared_warning *warn);

#endif
