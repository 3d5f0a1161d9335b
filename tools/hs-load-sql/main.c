/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* hs-load-sql: a stream becomes a table of a database, whole or not at all. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engines.h"
#include "options.h"
#include "run.h"
#include "sqlload-options.h"

enum {
	ADDRESS = 256,
	DIALECT,
	TEXT,
	FILLED,
	REST,
	NO_ALTER,
	MAX_REMOVED,
	DELETED_AT,
	DISTRIBUTE,
};

static const struct hs_option options[] = {
    {ADDRESS, "address", "ADDRESS",
	"the database: postgres://USER@HOST/DATABASE, "
	"mysql://USER@HOST/DATABASE or sqlite:FILE; without it the script "
	"goes to standard output"},
    {DIALECT, "dialect", "NAME",
	"the kind of database: postgres (default without --address), sqlite, "
	"mysql, citus"},
    HS_SQLLOAD_OPTIONS,
    HS_SQLLOAD_TYPES,
    {DELETED_AT, "deleted-at", "COLUMN",
	"keep rows that the stream no longer has, and put the time into "
	"COLUMN"},
    {DISTRIBUTE, "distribute", "COLUMN",
	"with --dialect citus: spread a new table by COLUMN (default: the "
	"key)"},
    {MAX_REMOVED, "max-removed", "N",
	"fail if more than N rows (or N%) would be removed"},
    {NO_ALTER, "no-alter", NULL, "add no table and no column, widen none"},
    {FILLED, "filled", NULL,
	"make no new column that has no value in the stream"},
    {REST, "rest", "COLUMN",
	"put the columns with the fewest values together into COLUMN, as many "
	"as have no room"},
    {TEXT, "text", NULL, "make new columns text, whatever they hold"},
    {HS_SQLLOAD_REPLACE_INVALID, "replace-invalid", NULL,
	"drop NUL characters, write U+FFFD for half a surrogate pair"},
    HS_SQLLOAD_MORE_OPTIONS,
    {'n', "dry-run", NULL, "say what would change, and change nothing"},
    {'q', "quiet", NULL, "no warnings, no counts"},
    {0},
};

static const struct hs_usage usage = {
    .name = "hs-load-sql",
    .synopsis = "[-nq] [--address ADDRESS] [-m replace|merge] "
		"[-k KEY,...] [OPTION...] TABLE",
    .help = "Reads an hs-stream from standard input and, once it is complete, "
	    "makes it\nthe TABLE of a database, in one transaction.\n",
    .options = options,
};

static const char *
dialect_name(const char *name)
{
	if (strcmp(name, "cockroach") == 0)
		hs_tool_usage("--dialect: CockroachDB has no temporary tables "
			      "that end with the transaction");
	if (!engines_named(name))
		hs_tool_usage(
		    "--dialect: no %s; there are postgres, sqlite, mysql and "
		    "citus",
		    name);
	return name;
}

/* A name that the databases take as it is. */
static const char *
column_name(const char *option, const char *name)
{
	size_t len = strlen(name);

	if (len == 0 || len > 63)
		hs_tool_usage("%s: a column's name has 1 to 63 bytes", option);
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)name[i] < 0x20 || name[i] == 0x7f)
			hs_tool_usage("%s: a control character", option);
	return name;
}

static void
read_options(struct run *r, int argc, char **argv)
{
	struct script *s = &r->script;
	const char *arg;

	for (int c; (c = hs_tool_option(argc, argv, &arg)) != -1;)
		switch (c) {
		case ADDRESS: r->address = arg; break;
		case DIALECT: r->dialect = dialect_name(arg); break;
		case DELETED_AT:
			s->deleted_at = column_name("--deleted-at", arg);
			break;
		case MAX_REMOVED:
			s->limited = true;
			s->max_removed = hs_option_limit(arg, &s->percent);
			break;
		case DISTRIBUTE:
			s->distribute = column_name("--distribute", arg);
			break;
		case NO_ALTER: s->no_alter = true; break;
		case TEXT: s->text = true; break;
		case REST: s->rest = column_name("--rest", arg); break;
		case FILLED: s->filled = true; break;
		case 'n': s->dry_run = true; break;
		case 'q': s->quiet = true; break;
		default: hs_sqlload_option(&r->load, c, arg);
		}
	hs_sqlload_operands(&r->load, argc, argv);
	if (s->distribute && (!r->dialect || strcmp(r->dialect, "citus") != 0))
		hs_tool_usage("--distribute: only --dialect citus distributes");
	r->load.keyed = s->deleted_at != NULL;
	s->table = r->load.table;
	s->merge = r->load.merge;
	s->rows = &r->load.rows;
}

int
main(int argc, char **argv)
{
	struct run r = {
	    .load = {.max_line = HS_IN_MAX_LINE, .warn = hs_tool_warn},
	    .say = hs_tool_say,
	};
	struct hs_err e;

	hs_tool_start(&usage);
	read_options(&r, argc, argv);
	int rc = run(&r, &e);
	run_free(&r);
	if (rc < 0)
		hs_tool_fail(&e);
	return HS_OK;
}
