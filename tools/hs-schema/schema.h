/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_SCHEMA_H
#define HS_SCHEMA_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "err.h"
#include "infer.h"
#include "page.h"
#include "columns.h"

/*
 * The columns of a table and what is known of each: inferred from records,
 * or read from a Table Schema file or from property definitions.
 *
 * Inference takes every value of every record into account, in memory that
 * depends on the columns alone.  What it finds does not depend on the order
 * of the records, nor on that of their members; two things do by nature: the
 * order of the columns (first appearance) and the examples (first value).
 *
 * Zeroed is empty.  Owns everything but `declared`.
 */
struct hs_field {
	enum hs_type type;		/* join of all values seen */
	enum hs_type declared;		/* HS_TYPE_NONE: nowhere */
	unsigned long long filled;	/* records with a value */
	unsigned long long blank;	/* "" seen: counts as missing */
	unsigned long long contradicted;	/* values that declared denies */
	unsigned long long seen;	/* private: record counted last */
	size_t longest;			/* characters of the longest value */
	struct hs_facts facts;
	struct hs_buf example;		/* start of the first value, decoded */
	struct hs_buf contradiction;	/* of the first one that contradicts */
};

struct hs_schema {
	struct hs_columns columns;
	struct hs_field *field;		/* columns.n of them */
	size_t n, cap;			/* private */
	struct hs_columns key;		/* the primary key's columns, if any */
	struct hs_schema *declared;	/* known beforehand, or NULL; the
					 * caller's */
	unsigned long long records;
	char object[256];		/* as the pages name it, or "" */
	bool proven;			/* pages said whether there are more, */
	bool complete;			/* and there are not */
	struct hs_members members;	/* private: a record's */
};

/* The type a table gives the column: the declared one, unless values deny it;
 * string for a column without any value. */
enum hs_type hs_field_type(const struct hs_field *f);

static inline bool
hs_field_empty(const struct hs_field *f)
{
	return f->filled == 0;
}

/* Reads the record that pg stands at whole and takes its values in. */
int hs_schema_record(
    struct hs_schema *s, struct hs_page *pg, struct hs_err *e);

/* Makes fields for what has been added to s->columns. */
int hs_schema_grow(struct hs_schema *s, struct hs_err *e);

/* The stream has ended: takes over what its pages say of it. */
void hs_schema_stream(struct hs_schema *s, const struct hs_page *pg);

/* The primary key: a comma list of columns, each of which every record has a
 * value for; otherwise HS_DATA.  A stream without records has none. */
int hs_schema_key(struct hs_schema *s, const char *list, struct hs_err *e);

/* The key of the object that the stream names, where it has one: `name` for
 * schemas and property definitions, else `id`. */
int hs_schema_own_key(struct hs_schema *s, struct hs_err *e);

/* The field of that name, or NULL. */
struct hs_field *hs_schema_field(struct hs_schema *s, struct hs_span name);

void hs_schema_free(struct hs_schema *s);

/*
 * Documents.  Files are read whole, of at most HS_SCHEMA_FILE_MAX bytes;
 * failure is HS_NOINPUT, or HS_DATA with line and column.
 */
#define HS_SCHEMA_FILE_MAX ((size_t)64 << 20)

/* A Table Schema: fields, types, key, and of what hs_schema_json() adds that
 * which hs_schema_diff() looks at.  A type that is none of ours is string. */
int hs_schema_read(struct hs_schema *s, const char *path, struct hs_err *e);
int hs_schema_parse(struct hs_schema *s, struct hs_span text, struct hs_err *e);

/* Property definitions as hs-fetch properties:TYPE gives them: pages; or one
 * array of them, or one object with `results`, or definitions one by one.
 * They go to field[].declared. */
int hs_declared_read(struct hs_schema *s, const char *path, struct hs_err *e);
int hs_declared_parse(
    struct hs_schema *s, struct hs_span text, struct hs_err *e);

/*
 * Output, appended to b; 0, or -1 as hs_buf_add() where there is no hs_err.
 */

/* A Frictionless Table Schema, a line per field. */
int hs_schema_json(const struct hs_schema *s, struct hs_buf *b);

/* A table for people, `width` columns wide.  utf8: the locale has been set,
 * and is UTF-8; otherwise the table is ASCII. */
int hs_schema_table(
    const struct hs_schema *s, size_t width, bool utf8, struct hs_buf *b);

/* CREATE TABLE for a database (dialect.h).  HS_DATA when it can have no such
 * table. */
struct hs_dialect;
int hs_schema_sql(struct hs_schema *s, const struct hs_dialect *d,
    const char *table, struct hs_buf *b, struct hs_err *e);

/* What changed from old to s, a line per column: "+ name: type", "- …",
 * "~ name: type -> type"; *drift counts them. */
int hs_schema_diff(struct hs_schema *old, struct hs_schema *s,
    struct hs_buf *b, size_t *drift);

#endif
