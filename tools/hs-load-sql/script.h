/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_LOAD_SQL_SCRIPT_H
#define HS_LOAD_SQL_SCRIPT_H

#include <stdbool.h>
#include <stddef.h>

#include "dialect.h"
#include "err.h"
#include "out.h"
#include "copyrows.h"
#include "sqlnames.h"

/*
 * What a script does: the table, the stream, and how the one becomes the
 * other.  The caller fills the first part, then calls script_open(), and
 * releases it with script_free() in any case.
 */
struct script {
	const char *table;	  /* SCHEMA.TABLE or TABLE, as asked */
	struct hs_copyrows *rows; /* the stream, with its key */
	bool merge;		  /* else the stream replaces what there is */
	bool text;		  /* new columns are all text */
	bool no_alter;		  /* leave the table's columns alone */
	bool dry_run;		  /* count, and roll back */
	bool quiet;		  /* no counts and warnings */
	bool limited;		  /* max_removed is set */
	bool percent;		  /* it is of the table's rows, in hundred */
	unsigned long long max_removed;
	bool filled;		/* no new columns without a value */
	const char *rest;	/* the column of those that have no room; or
				 * NULL */
	const char *deleted_at; /* a column; or NULL */
	const char *distribute; /* the column that spreads a new table over
				 * servers; NULL: the key */
	bool spread;		/* it is spread */

	int spool; /* a file without a name that the client has; 0: none */

	/* From script_open() on. */
	struct hs_dialect dialect;
	struct hs_sqlnames names;
	bool *empty;	/* columns without a value; none unless filled */
	size_t empties; /* how many */
	bool *null;	/* columns of COPY text that have "" for null */

	/* From rest() on: the names of what is in `rest`, in the records and
	 * in the database. */
	struct hs_columns moved, moved_as;

	/* What the server has answered; 0 without an address. */
	struct hs_columns known; /* the table's columns, */
	bool has_rest;		 /* with `rest` */
	bool rows_file;		 /* it takes rows as a file, the spool */
	size_t packet;		 /* bytes of the longest statement */
};

/* Names the columns.  HS_DATA: the database can have no such table. */
int script_open(struct script *s, const struct hs_dialect *d, struct hs_err *e);

/* Whether a column is the one of those that have no room. */
bool script_is_rest(const struct script *s, size_t column);

/* Adds the type of a column that is new. */
void script_put_type(const struct script *s, size_t column, struct hs_buf *b);

/* Whether a column holds "" that means null: its type is none for text. */
bool script_blank(const struct script *s, size_t column);

/* The column's place in the key, from 1; 0: none. */
size_t script_key(const struct script *s, size_t column);

/* Adds text as a literal, 'text'. */
void script_put_literal(struct hs_buf *b, struct hs_span text);

/* Adds lines up to a NULL. */
void script_put_lines(struct hs_buf *b, const char *const *line);

/* Adds, behind those lines, the columns that --rest moves, by the stream's and
 * by the table's name, as literals; nothing where there are none. */
void script_put_moved(const struct script *s, const char *const *line,
    void (*put_text)(struct hs_buf *b, struct hs_span text), struct hs_buf *b);

/* Takes the names of the table's columns from the server's answer. */
int script_learn(struct script *s, const struct hs_dialect *d, const char *said,
    struct hs_err *e);

/* Whether the table is known to have a column of that name. */
bool script_knows(
    const struct script *s, const struct hs_dialect *d, struct hs_span name);

/* Whether two names are one for the database. */
bool script_same_name(
    const struct hs_dialect *d, struct hs_span a, struct hs_span b);

void script_free(struct script *s);

#endif
