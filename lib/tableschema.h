/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_TABLESCHEMA_H
#define HS_TABLESCHEMA_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "columns.h"
#include "err.h"
#include "scan.h"
#include "span.h"

/*
 * The types of Table Schema (specs.frictionlessdata.io/table-schema), as far
 * as hs-schema infers them.  Another program's type is string here.
 */
enum hs_type {
	HS_TYPE_NONE, /* no value yet; written as string */
	HS_TYPE_BOOLEAN,
	HS_TYPE_INTEGER,
	HS_TYPE_NUMBER,
	HS_TYPE_DATE,
	HS_TYPE_DATETIME,
	HS_TYPE_STRING,
	HS_TYPE_OBJECT,
	HS_TYPE_ARRAY,
	HS_TYPE_ANY, /* nested values beside others */
};
#define HS_TYPES 10

const char *hs_type_name(enum hs_type t);

/* What a Table Schema says of a column. */
struct hs_tablefield {
	enum hs_type type;  /* string where the file names none */
	bool big;	    /* hs:int64 is false: beyond 64 bits */
	bool empty;	    /* hs:allMissing: no record has a value */
	struct hs_buf note; /* what it means, for people; or empty */
};

/*
 * A Table Schema that has been read: columns in order, what is said of each,
 * and the primary key.  Zeroed is empty; hs_tableschema_free() releases it in
 * any case.
 */
struct hs_tableschema {
	struct hs_columns columns;
	struct hs_tablefield *field; /* columns.n of them */
	size_t cap;
	struct hs_columns key; /* primaryKey; may be empty */
	bool properties;       /* its columns are properties, not what a record
				* has besides, such as its id */
};

/*
 * Reads a file of at most 64 MiB; "-" is standard input.  HS_NOINPUT when it
 * can't be opened; HS_DATA, with line and column, when it is no Table Schema,
 * names a column twice, or has a primary key of no column.
 */
int hs_tableschema_read(
    struct hs_tableschema *t, const char *path, struct hs_err *e);
int hs_tableschema_parse(
    struct hs_tableschema *t, struct hs_span text, struct hs_err *e);

/* Adds a column of a type, for other documents that name columns: its name is
 * a string of the text that s reads, without quotes.  The walk fails when the
 * column is there already, or the name is none. */
struct hs_tablefield *hs_tableschema_add(struct hs_tableschema *t,
    struct hs_scan *s, struct hs_span name, enum hs_type type);

void hs_tableschema_free(struct hs_tableschema *t);

#endif
