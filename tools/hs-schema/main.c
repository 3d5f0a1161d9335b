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

#include "dialect.h"
#include "run.h"
#include "tool.h"

static const struct hs_usage usage = {.name = "hs-schema",
    .synopsis = "[-qv] [-o FILE] [-f json|table|sql] [-k KEY,...] "
		"[OPTION...]",
    .help =
	"Reads an hs-stream from standard input and infers the type of every\n"
	"column from all of its records. Writes a Frictionless Table Schema.\n"
	"\n"
	"  -o, --output FILE    write to FILE, and pass the stream on\n"
	"  -f, --format FORMAT  json (default), table (for people), or sql\n"
	"      --dialect NAME   sql for postgres (default), duckdb, sqlite,\n"
	"                       clickhouse, bigquery or snowflake\n"
	"      --table NAME     the table's name in sql (default: the "
	"object's)\n"
	"  -k, --key KEY,...    columns of the primary key (default: id)\n"
	"      --declared FILE  take types from property definitions, and say\n"
	"                       which values contradict them\n"
	"      --diff FILE      compare with the schema in FILE: say what\n"
	"                       changed, exit 1 if anything did\n"
	"      --max-line SIZE  refuse longer lines (default 1G)\n"
	"  -q, --quiet          no warnings\n"
	"  -v, --verbose        say how much went through\n"
	"  -h, --help           this text\n"
	"      --version        name and version\n"};

enum { DIALECT = 256, TABLE_NAME, DECLARED, DIFF, MAX_LINE, VERSION };

static const struct option long_options[] = {
    {"output", required_argument, NULL, 'o'},
    {"format", required_argument, NULL, 'f'},
    {"dialect", required_argument, NULL, DIALECT},
    {"table", required_argument, NULL, TABLE_NAME},
    {"key", required_argument, NULL, 'k'},
    {"declared", required_argument, NULL, DECLARED},
    {"diff", required_argument, NULL, DIFF},
    {"max-line", required_argument, NULL, MAX_LINE},
    {"quiet", no_argument, NULL, 'q'},
    {"verbose", no_argument, NULL, 'v'},
    {"help", no_argument, NULL, 'h'},
    {"version", no_argument, NULL, VERSION},
    {0},
};

static void
read_format(struct run *r, const char *name)
{
	if (strcmp(name, "json") == 0)
		r->format = FORMAT_JSON;
	else if (strcmp(name, "table") == 0)
		r->format = FORMAT_TABLE;
	else if (strcmp(name, "sql") == 0)
		r->format = FORMAT_SQL;
	else
		hs_tool_usage("-f: %s is neither json, table nor sql", name);
}

static void
read_option(struct run *r, int c)
{
	struct hs_err e;

	switch (c) {
	case 'o': r->output = optarg; break;
	case 'f': read_format(r, optarg); break;
	case DIALECT:
		r->dialect = dialect_named(optarg);
		if (!r->dialect)
			hs_tool_usage("--dialect: no %s; there are postgres, "
				      "duckdb, sqlite, clickhouse, bigquery "
				      "and snowflake",
			    optarg);
		break;
	case TABLE_NAME: r->table = optarg; break;
	case 'k':
		if (hs_columns_list(&r->key, optarg, &e) < 0)
			hs_tool_usage("-k: %s", e.text);
		break;
	case DECLARED: r->declared = optarg; break;
	case DIFF: r->diff = optarg; break;
	case MAX_LINE:
		r->max_line = (size_t)hs_tool_size(
		    "--max-line", optarg, 1, HS_IN_MAX_ASKED);
		break;
	case 'q': hs_tool_quiet(); break;
	case 'v': hs_tool_verbose(); break;
	case 'h': hs_tool_help();
	case VERSION: hs_tool_version();
	default: hs_tool_usage(NULL);
	}
}

static void
read_options(struct run *r, int argc, char **argv)
{
	int c;

	while ((c = getopt_long(argc, argv, "o:f:k:qvh", long_options, NULL)) !=
	       -1)
		read_option(r, c);
	if (optind < argc)
		hs_tool_usage(
		    "%s: the stream comes on standard input", argv[optind]);
	if (r->format != FORMAT_SQL && (r->dialect || r->table))
		hs_tool_usage("%s goes with -f sql",
		    r->dialect ? "--dialect" : "--table");
	if (r->output && strcmp(r->output, "-") == 0)
		hs_tool_usage("-o -: standard output is for the stream with "
			      "-o; without it, for the schema");
	if (r->diff && r->format && !r->output)
		hs_tool_usage("--diff writes no schema: -f needs -o with it");
	if (!r->dialect)
		r->dialect = dialect_named("postgres");
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
	if (r.format == FORMAT_TABLE) {
		r.width = terminal_width();
		r.utf8 = is_utf8();
	}
	int rc = run_end(&r, run(&r, &e), &e);
	unsigned long long records = r.schema.records;
	size_t columns = r.schema.n;
	run_free(&r);
	if (rc < 0)
		hs_tool_fail(&e);
	hs_tool_note("%llu records, %zu columns", records, columns);
	return r.drift ? HS_DRIFT : HS_OK;
}
