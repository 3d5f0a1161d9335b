/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_SQLLOAD_H
#define HS_SQLLOAD_H

#include <stdbool.h>
#include <stddef.h>

#include "columns.h"
#include "copyrows.h"
#include "err.h"
#include "in.h"
#include "page.h"

/*
 * What every loader of a database is asked, and its stream: standard input,
 * read to the end, as rows with their schema and key.
 *
 * The caller zeroes the struct, fills its first part, and releases it with
 * hs_sqlload_free() in any case.
 */
typedef void hs_sqlload_warn(const char *fmt, ...)
    __attribute__((format(printf, 1, 2)));

struct hs_sqlload {
	const char *table; /* SCHEMA.TABLE or TABLE */
	bool merge;	   /* else the stream replaces what there is */
	bool keyed;	   /* a replacement needs the key, too */
	struct hs_columns key;
	const char *schema;	 /* a Table Schema's file; or NULL */
	const char *declared;	 /* one of property definitions; or NULL */
	struct hs_copyrows rows; /* its options */
	bool allow_incomplete, require_pages;
	size_t max_line;
	hs_sqlload_warn *warn;

	/* Private. */
	struct hs_in in;
	struct hs_page page;
	struct hs_tableschema types;
};

/* Reads the file of types, opens standard input and the file of the rows. */
int hs_sqlload_open(struct hs_sqlload *l, struct hs_err *e);

/* Reads the stream to its end.  HS_DATA: it may not be loaded. */
int hs_sqlload_read(struct hs_sqlload *l, struct hs_err *e);

void hs_sqlload_free(struct hs_sqlload *l);

#endif
