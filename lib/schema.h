/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_SCHEMA_H
#define HS_SCHEMA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "columns.h"
#include "err.h"
#include "infer.h"
#include "page.h"
#include "tableschema.h"

/*
 * The columns of a stream and what its records say of each.
 *
 * Every value of every record counts; memory depends on the columns alone.
 * The order of records and of members makes no difference, except for the
 * order of the columns (first appearance) and the examples (first value).
 *
 * Zeroed is empty.  Owns everything but `declared`.
 */
struct hs_field {
	enum hs_type type;		 /* holds all values seen */
	enum hs_type declared;		 /* HS_TYPE_NONE: not declared */
	unsigned long long filled;	 /* records with a value */
	unsigned long long blank;	 /* records with "", which is missing */
	unsigned long long contradicted; /* values of another type than
					  * declared */
	unsigned long long seen;	 /* private: last record counted */
	size_t longest;			 /* characters of the longest value */
	struct hs_facts facts;
	struct hs_span note;	     /* of `declared`: what it means */
	struct hs_buf example;	     /* start of the first value, decoded */
	struct hs_buf contradiction; /* of the first contradicting value */
};

struct hs_schema {
	struct hs_columns columns;
	struct hs_field *field; /* n of them, one a column */
	size_t n, cap;
	struct hs_columns key; /* the primary key; may be empty */
	const struct hs_tableschema *declared; /* types known beforehand, or
						* NULL; the caller's */
	unsigned long long records;
	size_t fullest;		   /* most values in one record */
	char object[256];	   /* as the pages name it, or "" */
	bool paged;		   /* the stream came in pages */
	bool complete;		   /* its last page names no next one */
	bool since;		   /* it carries only what changed */
	struct hs_members members; /* of the last record, */
	size_t *column;		   /* and the column of each of them */

	/* Private. */
	size_t column_cap;
	size_t placed;	  /* so many of the columns were found for a record, */
	uint64_t changes; /* as hs_members has it, */
	bool lasts;	  /* whose keys were those known */
	size_t filled;	  /* of the current record */
};

/* Reads the record that pg stands at whole and counts its values. */
int hs_schema_record(struct hs_schema *s, struct hs_page *pg, struct hs_err *e);

/* After the stream's end: takes what its pages say of it. */
int hs_schema_end(
    struct hs_schema *s, const struct hs_page *pg, struct hs_err *e);

/* Removes the columns without a value, unless there are no records. */
int hs_schema_drop_empty(struct hs_schema *s, struct hs_err *e);

/* The columns that are not in the key, those with the fewest values first;
 * returns how many.  v has room for all. */
struct hs_sparse {
	unsigned long long filled;
	size_t column;
};
size_t hs_schema_sparsest(const struct hs_schema *s, struct hs_sparse *v);

/* Moves columns into one of that name, the last one, which has an object in
 * every record. */
int hs_schema_gather(struct hs_schema *s, const bool *moved,
    struct hs_span name, struct hs_err *e);

/* Sets the primary key: columns that every record has a value for; otherwise
 * HS_DATA.  A stream without records has no key. */
int hs_schema_set_key(
    struct hs_schema *s, const struct hs_columns *key, struct hs_err *e);

/* Sets the key of the object that the stream names; none where the records
 * lack it. */
int hs_schema_default_key(struct hs_schema *s, struct hs_err *e);

/* The field of that name, or NULL. */
const struct hs_field *hs_schema_field(
    const struct hs_schema *s, struct hs_span name);

/* The type of the column in a table: the declared one unless values contradict
 * it; string for a column without a value. */
enum hs_type hs_field_type(const struct hs_field *f);

static inline bool
hs_field_empty(const struct hs_field *f)
{
	return f->filled == 0;
}

void hs_schema_free(struct hs_schema *s);

#endif
