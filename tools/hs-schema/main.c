/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* hs-schema: the columns of a stream and their types. */
#include <getopt.h>
#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "options.h"
#include "run.h"
#include "tool.h"

enum {
	DIALECT = 256,
	TABLE_NAME,
	DECLARED,
	DIFF,
	REPLACE_INVALID,
	DROP_EMPTY,
	REST,
	MAX_LINE
};

static const struct hs_option options[] = {
    {'o', "output", "FILE", "write to FILE, and pass the stream on"},
    {'f', "format", "FORMAT",
	"json (default), table (for people), sql, or bigquery (for bq load)"},
    {DIALECT, "dialect", "NAME",
	"sql for postgres (default), duckdb, sqlite, mysql, clickhouse, "
	"bigquery or snowflake"},
    {TABLE_NAME, "table", "NAME",
	"the table's name in sql (default: the object's)"},
    {'k', "key", "KEY,...", "columns of the primary key (default: id)"},
    {DECLARED, "declared", "FILE",
	"take types from property definitions, and say which values "
	"contradict them"},
    {DIFF, "diff", "FILE",
	"compare with the schema in FILE: say what changed, exit 1 if "
	"anything did"},
    {REPLACE_INVALID, "replace-invalid", NULL,
	"write U+FFFD for half a surrogate pair in a column's name"},
    {DROP_EMPTY, "drop-empty", NULL,
	"leave out columns without a value in any record"},
    {DROP_EMPTY, "filled", NULL, "the same"},
    {REST, "rest", "COLUMN",
	"in sql: put the columns with the fewest values together into COLUMN, "
	"as many as have no room"},
    {MAX_LINE, "max-line", "SIZE", "refuse longer lines (default 1G)"},
    {'q', "quiet", NULL, "no warnings"},
    {'v', "verbose", NULL, "say how much went through"},
    {0},
};

static const struct hs_usage usage = {
    .name = "hs-schema",
    .synopsis = "[-qv] [-o FILE] [-f json|table|sql|bigquery] [-k KEY,...] "
		"[OPTION...]",
    .help = "Reads an hs-stream from standard input and infers the type of "
	    "every\ncolumn from all of its records. Writes a Frictionless "
	    "Table Schema.\n",
    .options = options,
};

static enum format
read_format(const char *name)
{
	if (strcmp(name, "json") == 0)
		return FORMAT_JSON;
	if (strcmp(name, "table") == 0)
		return FORMAT_TABLE;
	if (strcmp(name, "sql") == 0)
		return FORMAT_SQL;
	if (strcmp(name, "bigquery") == 0)
		return FORMAT_BIGQUERY;
	hs_tool_usage("-f: %s is neither json, table, sql nor bigquery", name);
}

static const struct hs_dialect *
read_dialect(const char *name)
{
	const struct hs_dialect *d = hs_dialect_named(name);

	if (!d)
		hs_tool_usage(
		    "--dialect: no %s; there are postgres, duckdb, "
		    "sqlite, mysql, clickhouse, bigquery and snowflake",
		    name);
	return d;
}

static void
read_options(struct run *r, int argc, char **argv)
{
	const char *arg;

	for (int c; (c = hs_tool_option(argc, argv, &arg)) != -1;)
		switch (c) {
		case 'o': r->output = arg; break;
		case 'f': r->format = read_format(arg); break;
		case DIALECT: r->dialect = read_dialect(arg); break;
		case TABLE_NAME: r->table = arg; break;
		case 'k': hs_option_columns(&r->key, "-k", arg); break;
		case DECLARED: r->declared = arg; break;
		case DIFF: r->diff = arg; break;
		case REPLACE_INVALID:
			r->schema.columns.replace_invalid = true;
			break;
		case REST: r->rest = arg; break;
		case DROP_EMPTY: r->drop_empty = true; break;
		case MAX_LINE: r->max_line = hs_option_max_line(arg); break;
		}
	if (optind < argc)
		hs_tool_usage(
		    "%s: the stream comes on standard input", argv[optind]);
}

static void
check_options(struct run *r)
{
	if (r->format != FORMAT_SQL && (r->dialect || r->table || r->rest))
		hs_tool_usage("%s goes with -f sql", r->dialect ? "--dialect"
						     : r->table ? "--table"
								: "--rest");
	if (r->output && strcmp(r->output, "-") == 0)
		hs_tool_usage("-o -: standard output is for the stream with "
			      "-o; without it, for the schema");
	if (r->diff && r->format && !r->output)
		hs_tool_usage("--diff writes no schema: -f needs -o with it");
	if (!r->dialect)
		r->dialect = hs_dialect_named(
		    r->format == FORMAT_BIGQUERY ? "bigquery" : "postgres");
}

static size_t
terminal_width(void)
{
	const char *columns = getenv("COLUMNS");
	struct winsize w;

	if (columns) {
		unsigned long n = strtoul(columns, NULL, 10);
		if (n > 0 && n < 10000)
			return n;
	}
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &w) == 0 && w.ws_col > 0)
		return w.ws_col;
	return 80;
}

static bool
is_utf8(void)
{
	return setlocale(LC_CTYPE, "") &&
	       strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

int
main(int argc, char **argv)
{
	struct run r = {.max_line = HS_IN_MAX_LINE,
	    .err = STDERR_FILENO,
	    .warn = hs_tool_warn,
	    .guard = hs_tool_remove_on_signal};
	struct hs_err e;

	hs_tool_start(&usage);
	read_options(&r, argc, argv);
	check_options(&r);
	if (r.format == FORMAT_TABLE) {
		r.width = terminal_width();
		r.utf8 = is_utf8();
	}
	int rc = run(&r, &e);
	unsigned long long records = r.schema.records;
	size_t columns = r.schema.n;
	run_free(&r);
	if (rc < 0)
		hs_tool_fail(&e);
	hs_tool_note("%llu records, %zu columns", records, columns);
	return r.drift ? HS_DRIFT : HS_OK;
}
