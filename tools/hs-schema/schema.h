/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_SCHEMA_SCHEMA_H
#define HS_SCHEMA_SCHEMA_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "columns.h"
#include "err.h"
#include "infer.h"
#include "page.h"

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
struct field {
	enum hs_type type;		/* join of all values seen */
	enum hs_type declared;		/* HS_TYPE_NONE: nowhere */
	unsigned long long filled;	/* records with a value */
	unsigned long long blank;	/* "" seen: counts as missing */
	unsigned long long contradicted;	/* values that declared denies */
	unsigned long long seen;	/* private: record counted last */
	size_t longest;			/* characters of the longest value */
	struct facts facts;
	struct hs_buf example;		/* start of the first value, decoded */
	struct hs_buf contradiction;	/* of the first one that contradicts */
};

struct schema {
	struct hs_columns columns;
	struct field *field;		/* columns.n of them */
	size_t n, cap;			/* private */
	struct hs_columns key;		/* the primary key's columns, if any */
	struct schema *declared;	/* known beforehand, or NULL; the
					 * caller's */
	unsigned long long records;
	char object[256];		/* as the pages name it, or "" */
	bool proven;			/* pages said whether there are more, */
	bool complete;			/* and there are not */
	struct hs_members members;	/* private: a record's */
};

/* The type a table gives the column: the declared one, unless values deny it;
 * string for a column without any value. */
enum hs_type field_type(const struct field *f);

static inline bool
field_empty(const struct field *f)
{
	return f->filled == 0;
}

/* Reads the record that pg stands at whole and takes its values in. */
int schema_record(
    struct schema *s, struct hs_page *pg, struct hs_err *e);

/* Makes fields for what has been added to s->columns. */
int schema_grow(struct schema *s, struct hs_err *e);

/* The stream has ended: takes over what its pages say of it. */
void schema_end(struct schema *s, const struct hs_page *pg);

/* Sets the primary key: columns that every record has a value for; otherwise
 * HS_DATA.  A stream without records has no key. */
int schema_set_key(
    struct schema *s, const struct hs_columns *key, struct hs_err *e);

/* The key of the object that the stream names, where it has one: `name` for
 * schemas and property definitions, else `id`. */
int schema_default_key(struct schema *s, struct hs_err *e);

/* The field of that name, or NULL. */
struct field *schema_field(struct schema *s, struct hs_span name);

void schema_free(struct schema *s);

/*
 * Documents.  Files are read whole, of at most FILE_MAX bytes;
 * failure is HS_NOINPUT, or HS_DATA with line and column.
 */
#define FILE_MAX ((size_t)64 << 20)

/* A Table Schema: fields, types, key, and of what schema_put_json() adds that
 * which schema_diff() looks at.  A type that is none of ours is string. */
int schema_read(struct schema *s, const char *path, struct hs_err *e);
int schema_parse(struct schema *s, struct hs_span text, struct hs_err *e);

/* Property definitions as hs-fetch properties:TYPE gives them: pages; or one
 * array of them, or one object with `results`, or definitions one by one.
 * They go to field[].declared. */
int declared_read(struct schema *s, const char *path, struct hs_err *e);
int declared_parse(
    struct schema *s, struct hs_span text, struct hs_err *e);

/*
 * Output, appended to b; 0, or -1 as hs_buf_add() where there is no hs_err.
 */

/* A Frictionless Table Schema, a line per field. */
int schema_put_json(const struct schema *s, struct hs_buf *b);

/* A table for people, `width` columns wide.  utf8: the locale has been set,
 * and is UTF-8; otherwise the table is ASCII. */
int schema_put_table(
    const struct schema *s, size_t width, bool utf8, struct hs_buf *b);

/* CREATE TABLE for a database (dialect.h).  HS_DATA when it can have no such
 * table. */
struct dialect;
int schema_put_sql(struct schema *s, const struct dialect *d,
    const char *table, struct hs_buf *b, struct hs_err *e);

/* What changed from old to s, a line per column: "+ name: type", "- …",
 * "~ name: type -> type"; *drift counts them. */
int schema_diff(struct schema *old, struct schema *s,
    struct hs_buf *b, size_t *drift);

#endif
