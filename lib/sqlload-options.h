/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_SQLLOAD_OPTIONS_H
#define HS_SQLLOAD_OPTIONS_H

#include <stdbool.h>

#include "sqlload.h"
#include "tool.h"

/* The options of every loader of a database. */
enum {
	HS_SQLLOAD_DECLARED = 512,
	HS_SQLLOAD_REPLACE_INVALID,
	HS_SQLLOAD_ALLOW_INCOMPLETE,
	HS_SQLLOAD_REQUIRE_PAGES,
	HS_SQLLOAD_MAX_LINE,
	HS_SQLLOAD_TABLE,
};

/* For the top of a program's table of options, */
#define HS_SQLLOAD_OPTIONS                                                  \
	{'m', "mode", "MODE", "replace TABLE (default), or merge into it"}, \
	{                                                                   \
		'k', "key", "KEY,...",                                      \
		    "columns that tell rows apart (default: id)"            \
	}

/* the types, for a program that takes them from a file, */
#define HS_SQLLOAD_TYPES                                              \
	{'s', "schema", "SCHEMA", "take types from a Table Schema"},  \
	{                                                             \
		HS_SQLLOAD_DECLARED, "declared", "FILE",              \
		    "take types and labels from property definitions" \
	}

/* and for the part behind its own. */
#define HS_SQLLOAD_MORE_OPTIONS                                               \
	{HS_SQLLOAD_ALLOW_INCOMPLETE, "allow-incomplete", NULL,               \
	    "load a stream that was cut off"},                                \
	    {HS_SQLLOAD_REQUIRE_PAGES, "require-pages", NULL,                 \
		"refuse bare records"},                                       \
	    {HS_SQLLOAD_MAX_LINE, "max-line", "SIZE",                         \
		"longest line (default: 1G)"},                                \
	{                                                                     \
		HS_SQLLOAD_TABLE, "table", "TABLE", "the same as the operand" \
	}

/* Takes an option if it is one of them. */
bool hs_sqlload_option(struct hs_sqlload *l, int key, const char *arg);

/* Takes the operands: one TABLE, unless --table has named it. */
void hs_sqlload_operands(struct hs_sqlload *l, int argc, char **argv);

#endif
