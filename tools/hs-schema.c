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
#include "out.h"
#include "page.h"
#include "schema.h"
#include "target.h"
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

/* After so many warnings of one kind the rest are only counted. */
#define WARNINGS 20

enum format { JSON, TABLE, SQL };

struct run {
	enum format format;
	bool format_given;
	const struct hs_dialect *dialect;
	const char *output, *table, *key, *declared, *diff;
	size_t max_line;

	struct hs_in in;
	struct hs_page page;
	struct hs_out out;	 /* standard output */
	struct hs_target target; /* of -o */
	struct hs_schema schema, definitions, old;
	bool drift;
};

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
read_format(struct run *run, const char *name)
{
	static const char *const names[] = {"json", "table", "sql"};

	for (unsigned i = 0; i < 3; i++) {
		if (strcmp(name, names[i]) != 0)
			continue;
		run->format = (enum format)i;
		run->format_given = true;
		return;
	}
	hs_tool_usage("-f: %s is neither json, table nor sql", name);
}

static void
read_option(struct run *run, int c)
{
	switch (c) {
	case 'o': run->output = optarg; break;
	case 'f': read_format(run, optarg); break;
	case DIALECT:
		run->dialect = hs_dialect_named(optarg);
		if (!run->dialect)
			hs_tool_usage("--dialect: no %s; there are postgres, "
				      "duckdb, sqlite, clickhouse, bigquery "
				      "and snowflake",
			    optarg);
		break;
	case TABLE_NAME: run->table = optarg; break;
	case 'k': run->key = optarg; break;
	case DECLARED: run->declared = optarg; break;
	case DIFF: run->diff = optarg; break;
	case MAX_LINE:
		run->max_line = (size_t)hs_tool_size(
		    "--max-line", optarg, 1, HS_IN_MAX_LINE * 1024);
		break;
	case 'q': hs_tool_quiet(); break;
	case 'v': hs_tool_verbose(); break;
	case 'h': hs_tool_help();
	case VERSION: hs_tool_version();
	default: hs_tool_usage(NULL);
	}
}

static void
read_options(struct run *run, int argc, char **argv)
{
	int c;

	while ((c = getopt_long(argc, argv, "o:f:k:qvh", long_options, NULL)) !=
	       -1)
		read_option(run, c);
	if (optind < argc)
		hs_tool_usage(
		    "%s: the stream comes on standard input", argv[optind]);
	if (run->format != SQL && (run->dialect || run->table))
		hs_tool_usage("%s goes with -f sql",
		    run->dialect ? "--dialect" : "--table");
	if (run->output && strcmp(run->output, "-") == 0)
		hs_tool_usage("-o -: standard output is for the stream with "
			      "-o; without it, for the schema");
	if (run->diff && run->format_given && !run->output)
		hs_tool_usage("--diff writes no schema: -f needs -o with it");
	if (!run->dialect)
		run->dialect = hs_dialect_named("postgres");
}

/* What has to be known before the first record, and where all goes. */
static int
open_files(struct run *run, struct hs_err *e)
{
	if (run->declared &&
	    hs_declared_read(&run->definitions, run->declared, e) < 0)
		return -1;
	if (run->declared)
		run->schema.declared = &run->definitions;
	if (run->diff && hs_schema_read(&run->old, run->diff, e) < 0)
		return -1;
	if (hs_in_open(&run->in, NULL, e) < 0)
		return -1;
	run->in.max_line = run->max_line;
	/* What is published, or compared, is a whole stream's. */
	hs_page_init(&run->page, &run->in, run->output || run->diff);
	if (!run->output)
		return 0;
	int r = hs_target_try(&run->target, run->output, e);
	if (r > 0) {
		hs_tool_warn("%s: waiting for another writer", run->output);
		r = hs_target_open(&run->target, run->output, e);
	}
	if (r < 0)
		return -1;
	hs_tool_remove_on_signal(run->target.temp);
	return 0;
}

/* Passes a line on as it came, the last one's missing newline included. */
static int
pass_on(struct run *run, struct hs_err *e)
{
	struct hs_span line = run->page.line;

	if (hs_out_add(&run->out, line.p, line.len, e) < 0 ||
	    (!run->in.torn && hs_out_add(&run->out, "\n", 1, e) < 0) ||
	    hs_out_commit(&run->out, e) < 0)
		return -1;
	return hs_in_ready(&run->in) ? 0 : hs_out_flush(&run->out, e);
}

static int
read_stream(struct run *run, struct hs_err *e)
{
	struct hs_page *pg = &run->page;
	int r;

	while ((r = hs_page_next(pg, e)) > 0) {
		while ((r = hs_page_record(pg, e)) > 0)
			if (hs_schema_record(&run->schema, pg, e) < 0)
				return -1;
		if (r < 0 || (run->output && pass_on(run, e) < 0))
			return -1;
	}
	if (r < 0)
		return -1;
	r = hs_page_complete(pg, false, e);
	if (r < 0 && (run->output || run->diff || run->in.line == 0))
		return -1;
	if (r < 0)
		hs_tool_warn("%s; these are the types of a sample", e->text);
	return 0;
}

static void
warn_contradicted(const struct hs_schema *s)
{
	size_t n = 0;

	for (size_t i = 0; i < s->n; i++) {
		const struct hs_field *f = &s->field[i];
		if (!f->contradicted || ++n > WARNINGS)
			continue;
		hs_tool_warn("%s: declared %s, but %llu of %llu values are "
			     "not, the first %.*s; kept as text",
		    s->columns.name[i].p, hs_type_name(f->declared),
		    f->contradicted, f->filled, (int)f->contradiction.len,
		    f->contradiction.data);
	}
	if (n > WARNINGS)
		hs_tool_warn("%zu more columns contradict their declaration",
		    n - WARNINGS);
}

/* A stream that nobody has flattened has few columns to speak of. */
static void
warn_nested(struct hs_schema *s)
{
	const struct hs_field *f = hs_schema_field(s, HS_SPAN("properties"));

	if (f && f->type == HS_TYPE_OBJECT)
		hs_tool_warn("the records are not flat: with hs-flatten "
			     "before it in the pipe, every property is a "
			     "column");
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

static int
format_schema(struct run *run, struct hs_buf *b, struct hs_err *e)
{
	struct hs_schema *s = &run->schema;
	const char *table = run->table;

	if (!table)
		table = s->object[0] ? s->object : "records";
	if (run->format == SQL)
		return hs_schema_sql(s, run->dialect, table, b, e);
	int rc = run->format == TABLE
		     ? hs_schema_table(s, terminal_width(), is_utf8(), b)
		     : hs_schema_json(s, b);
	return rc < 0 ? hs_err_mem(e, "the schema") : 0;
}

/* Drift goes to standard output, or past it where the stream has that. */
static int
compare(struct run *run, struct hs_err *e)
{
	struct hs_out drift;
	size_t n;

	hs_out_init(&drift, run->output ? STDERR_FILENO : STDOUT_FILENO,
	    run->output ? "standard error" : "standard output");
	int rc = hs_schema_diff(&run->old, &run->schema, &drift.buf, &n);
	rc =
	    rc < 0 ? hs_err_mem(e, "the comparison") : hs_out_commit(&drift, e);
	if (rc == 0)
		rc = hs_out_flush(&drift, e);
	hs_buf_free(&drift.buf);
	run->drift = n > 0;
	return rc;
}

/* FILE is in place before standard output ends: who reads that to its end
 * finds it. */
static int
publish(struct run *run, struct hs_err *e)
{
	struct hs_target *t = &run->target;

	if (format_schema(run, &t->out.buf, e) < 0 ||
	    hs_out_commit(&t->out, e) < 0 || hs_target_sync(t, e) < 0 ||
	    hs_out_flush(&run->out, e) < 0)
		return -1;
	hs_tool_remove_on_signal(NULL);
	return hs_target_publish(t, e);
}

static int
infer(struct run *run, struct hs_err *e)
{
	struct hs_schema *s = &run->schema;

	if (open_files(run, e) < 0 || read_stream(run, e) < 0)
		return -1;
	hs_schema_stream(s, &run->page);
	int rc =
	    run->key ? hs_schema_key(s, run->key, e) : hs_schema_own_key(s, e);
	if (rc < 0)
		return -1;
	warn_contradicted(s);
	warn_nested(s);
	if (run->diff && compare(run, e) < 0)
		return -1;
	if (run->output)
		return publish(run, e);
	if (run->diff)
		return 0;
	if (format_schema(run, &run->out.buf, e) < 0)
		return -1;
	return hs_out_commit(&run->out, e);
}

int
main(int argc, char **argv)
{
	struct run run = {.max_line = HS_IN_MAX_LINE,
	    .in.fd = -1,
	    .target = {.dir = -1, .lock = -1, .out.fd = -1}};
	struct hs_err e, closing;

	hs_tool_start(&usage);
	read_options(&run, argc, argv);
	hs_out_init(&run.out, STDOUT_FILENO, "standard output");
	int rc = infer(&run, &e);
	hs_target_abandon(&run.target);
	/* Lines that were passed on are whole, whatever came behind them. */
	hs_out_drop(&run.out);
	if (hs_out_close(&run.out, rc < 0 ? &closing : &e) < 0)
		rc = -1;
	hs_in_close(&run.in);
	unsigned long long records = run.schema.records;
	size_t columns = run.schema.n;
	hs_schema_free(&run.schema);
	hs_schema_free(&run.definitions);
	hs_schema_free(&run.old);
	if (rc < 0)
		hs_tool_fail(&e);
	hs_tool_note("%llu records, %zu columns", records, columns);
	return run.drift ? HS_DRIFT : HS_OK;
}
