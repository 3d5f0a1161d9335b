/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* hs-load-csv: a stream becomes a CSV file, whole or not at all. */
#include <errno.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "spool.h"
#include "table.h"
#include "target.h"
#include "tool.h"

static const struct hs_usage usage = {.name = "hs-load-csv",
    .synopsis = "[-nqv] [-m replace|merge] [-k KEY,...] [-s SCHEMA] "
		"[OPTION...] FILE",
    .help =
	"Reads an hs-stream from standard input and makes it the CSV file\n"
	"FILE, once it is complete; until then FILE stays as it was.\n"
	"\n"
	"  -m, --mode MODE         replace FILE (default), or merge into it\n"
	"  -k, --key KEY,...       columns that tell rows apart (default: id)\n"
	"  -s, --schema SCHEMA     take columns and their order from a Table "
	"Schema\n"
	"      --if-changed        leave FILE alone when it would stay the "
	"same\n"
	"      --allow-incomplete  load a stream that was cut off\n"
	"      --require-pages     refuse bare records\n"
	"      --replace-invalid   write U+FFFD for half a surrogate pair\n"
	"      --escape-formulas   keep spreadsheets from running cells\n"
	"      --max-line SIZE     longest line and row (default: 1G)\n"
	"  -n, --dry-run           say what would change, and change nothing\n"
	"  -q, --quiet             no warnings\n"
	"  -v, --verbose           say what was done\n"
	"  -h, --help              this help\n"
	"      --version           the version\n"
	"\n"
	"FILE may be -, standard output, when it is replaced.\n"};

struct job {
	bool dry_run, if_changed, allow_incomplete, require_pages;
	bool to_stdout;
	const char *schema;
	struct hs_in in;
	struct hs_page page;
	struct hs_table table;
	struct hs_target target;
	struct hs_out spool; /* what -n and - write to first */
};

enum {
	IF_CHANGED = 256,
	ALLOW_INCOMPLETE,
	REQUIRE_PAGES,
	REPLACE_INVALID,
	ESCAPE_FORMULAS,
	MAX_LINE,
	VERSION
};

static const struct option long_options[] = {
    {"mode", required_argument, NULL, 'm'},
    {"key", required_argument, NULL, 'k'},
    {"schema", required_argument, NULL, 's'},
    {"if-changed", no_argument, NULL, IF_CHANGED},
    {"allow-incomplete", no_argument, NULL, ALLOW_INCOMPLETE},
    {"require-pages", no_argument, NULL, REQUIRE_PAGES},
    {"replace-invalid", no_argument, NULL, REPLACE_INVALID},
    {"escape-formulas", no_argument, NULL, ESCAPE_FORMULAS},
    {"max-line", required_argument, NULL, MAX_LINE},
    {"dry-run", no_argument, NULL, 'n'},
    {"quiet", no_argument, NULL, 'q'},
    {"verbose", no_argument, NULL, 'v'},
    {"help", no_argument, NULL, 'h'},
    {"version", no_argument, NULL, VERSION},
    {NULL, 0, NULL, 0},
};

/* Splits an argument of -k at its commas, in place. */
static void
add_keys(struct hs_table *t, char *arg)
{
	for (char *name; (name = strsep(&arg, ","));) {
		if (!*name)
			hs_tool_usage("-k: a column's name is missing");
		if (t->keys == HS_KEY_MAX)
			hs_tool_usage("-k: more than %d columns", HS_KEY_MAX);
		t->key[t->keys++] = name;
	}
}

static void
read_option(struct job *j, int c)
{
	switch (c) {
	case 'm':
		j->table.merge = strcmp(optarg, "merge") == 0;
		if (!j->table.merge && strcmp(optarg, "replace") != 0)
			hs_tool_usage(
			    "-m: %s is neither replace nor merge", optarg);
		break;
	case 'k': add_keys(&j->table, optarg); break;
	case 's': j->schema = optarg; break;
	case 'n': j->dry_run = true; break;
	case 'q': hs_tool_quiet(); break;
	case 'v': hs_tool_verbose(); break;
	case IF_CHANGED: j->if_changed = true; break;
	case ALLOW_INCOMPLETE: j->allow_incomplete = true; break;
	case REQUIRE_PAGES: j->require_pages = true; break;
	case REPLACE_INVALID: j->table.load.rows.replace_invalid = true; break;
	case ESCAPE_FORMULAS: j->table.load.rows.escape_formulas = true; break;
	case MAX_LINE:
		j->table.max_row =
		    (size_t)hs_tool_size("--max-line", optarg, 1, SIZE_MAX / 8);
		break;
	case 'h': hs_tool_help();
	case VERSION: hs_tool_version();
	default: hs_tool_usage(NULL);
	}
}

static void
read_options(struct job *j, int argc, char **argv)
{
	struct hs_table *t = &j->table;
	int c;

	t->max_row = HS_IN_MAX_LINE;
	while ((c = getopt_long(
		    argc, argv, "hk:m:nqs:v", long_options, NULL)) != -1)
		read_option(j, c);
	if (argc - optind != 1)
		hs_tool_usage(
		    argc == optind ? "FILE is missing" : "one FILE only");
	t->name = argv[optind];
	j->to_stdout = strcmp(t->name, "-") == 0;
	if (j->to_stdout && t->merge)
		hs_tool_usage("-m merge: needs a file, not standard output");
	if (j->to_stdout && (j->dry_run || j->if_changed))
		hs_tool_usage("%s: needs a file, not standard output",
		    j->dry_run ? "-n" : "--if-changed");
	if (t->keys > 0 && !t->merge && !j->dry_run)
		hs_tool_usage("-k: replacing needs no key, -m merge does");
}

/* Prepares where rows go to. */
static int
open_output(struct job *j, struct hs_err *e)
{
	struct hs_load *l = &j->table.load;
	const char *name = j->table.name;

	if (j->to_stdout || j->dry_run) {
		int fd = hs_spool_open(e);
		if (fd < 0)
			return -1;
		hs_out_init(&j->spool, fd, "temporary file");
		l->out = &j->spool;
		l->bare = true;
		return 0;
	}
	int r = hs_target_try(&j->target, name, e);
	if (r > 0) {
		hs_tool_warn("%s: waiting for another writer", name);
		r = hs_target_open(&j->target, name, e);
	}
	if (r < 0)
		return -1;
	hs_tool_remove_on_signal(j->target.temp);
	l->out = &j->target.out;
	l->bare = j->table.merge;
	/* What will only be read again need not come to the disk. */
	l->out->to_disk = !j->table.merge;
	return 0;
}

/* After the stream's end: whether it may be loaded. */
static int
judge_stream(struct job *j, struct hs_err *e)
{
	bool proven = j->page.is_page || !j->require_pages;

	if (hs_page_complete(&j->page, j->require_pages, e) == 0)
		return 0;
	if (!j->allow_incomplete || j->in.line == 0 || !proven)
		return -1;
	hs_tool_warn("%s; it is loaded all the same", e->text);
	return 0;
}

static int
read_stream(struct job *j, struct hs_err *e)
{
	struct hs_table *t = &j->table;
	const struct hs_rows *r = &t->load.rows;

	if (hs_load_stream(&t->load, &j->page, e) < 0 || judge_stream(j, e) < 0)
		return -1;
	for (size_t i = r->given; j->schema && i < r->columns.n; i++)
		hs_tool_warn("column %s is not in %s: it comes last",
		    r->columns.name[i].p, j->schema);
	if (t->keys == 0) {
		/* Object schemas have nothing else that is their own. */
		bool schemas = strcmp(j->page.last.object, "schemas") == 0;
		t->key[t->keys++] = schemas ? "name" : "id";
	}
	return 0;
}

static int
dry_run(struct job *j, struct hs_err *e)
{
	const struct hs_merge *m = &j->table.result;

	if (hs_out_flush(&j->spool, e) < 0 ||
	    hs_table_count(&j->table, j->spool.fd, e) < 0)
		return -1;
	printf("added\t%llu\nchanged\t%llu\nunchanged\t%llu\nremoved\t%llu\n",
	    m->added, m->changed, m->unchanged, m->removed);
	if (fflush(stdout) == EOF || ferror(stdout))
		return hs_err_set(e, HS_IO, "standard output: cannot write: %s",
		    strerror(errno));
	return 0;
}

static int
to_stdout(struct job *j, struct hs_err *e)
{
	struct hs_out out;

	hs_out_init(&out, STDOUT_FILENO, "standard output");
	if (hs_out_flush(&j->spool, e) < 0 ||
	    hs_load_table(&j->table.load, j->spool.fd, &out, e) < 0) {
		hs_buf_free(&out.buf);
		return -1;
	}
	return hs_out_close(&out, e);
}

static void
say_done(const struct job *j)
{
	const struct hs_merge *m = &j->table.result;
	const struct hs_rows *r = &j->table.load.rows;

	hs_tool_note("%s: %llu records, %zu columns", j->table.name, r->rows,
	    r->columns.n);
	if (j->table.merge)
		hs_tool_note("%s: %llu rows added, %llu changed, %llu "
			     "unchanged; %zu columns added; %llu records gave "
			     "way to a later one of their key",
		    j->table.name, m->added, m->changed, m->unchanged,
		    m->new_columns, m->repeated);
}

static int
publish(struct job *j, struct hs_err *e)
{
	struct hs_target *t = &j->target;
	int same = 0;

	if (hs_table_write(&j->table, t, e) < 0)
		return -1;
	if (j->if_changed && (same = hs_target_same(t, e)) < 0)
		return -1;
	if (same) {
		hs_tool_note("%s: unchanged", j->table.name);
		return 0;
	}
	if (hs_target_sync(t, e) < 0)
		return -1;
	hs_tool_remove_on_signal(NULL);
	if (hs_target_publish(t, e) < 0)
		return -1;
	say_done(j);
	return 0;
}

static int
run(struct job *j, struct hs_err *e)
{
	struct hs_table *t = &j->table;

	if (j->schema && hs_rows_schema(&t->load.rows, j->schema, e) < 0)
		return -1;
	if (hs_in_open(&j->in, "-", e) < 0 || open_output(j, e) < 0)
		return -1;
	j->in.max_line = t->max_row;
	t->source = j->in.name;
	hs_page_init(&j->page, &j->in, true);
	if (read_stream(j, e) < 0)
		return -1;
	if (j->dry_run)
		return dry_run(j, e);
	return j->to_stdout ? to_stdout(j, e) : publish(j, e);
}

int
main(int argc, char **argv)
{
	struct job j = {.target = {.dir = -1, .lock = -1, .out.fd = -1}};
	struct hs_err e;

	hs_tool_start(&usage);
	/* A file beyond the limit is an error like a full disk. */
	signal(SIGXFSZ, SIG_IGN);
	read_options(&j, argc, argv);
	int rc = run(&j, &e);
	hs_target_abandon(&j.target);
	hs_buf_free(&j.spool.buf);
	hs_in_close(&j.in);
	hs_load_free(&j.table.load);
	if (rc < 0)
		hs_tool_fail(&e);
	return HS_OK;
}
