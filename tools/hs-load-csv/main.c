/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* hs-load-csv: a stream becomes a CSV file, whole or not at all. */
#include <getopt.h>
#include <string.h>

#include "keys.h"
#include "options.h"
#include "run.h"
#include "tool.h"

enum {
	IF_CHANGED = 256,
	ALLOW_INCOMPLETE,
	REQUIRE_PAGES,
	REPLACE_INVALID,
	ESCAPE_FORMULAS,
	DROP_EMPTY,
	BOM,
	NO_BOM,
	MAX_REMOVED,
	MAX_LINE,
};

static const struct hs_option options[] = {
    {'m', "mode", "MODE", "replace FILE (default), or merge into it"},
    {'k', "key", "KEY,...", "columns that tell rows apart (default: id)"},
    {'s', "schema", "SCHEMA",
	"take columns and their order from a Table Schema"},
    {IF_CHANGED, "if-changed", NULL,
	"leave FILE alone when it would stay the same"},
    {ALLOW_INCOMPLETE, "allow-incomplete", NULL,
	"load a stream that was cut off"},
    {REQUIRE_PAGES, "require-pages", NULL, "refuse bare records"},
    {REPLACE_INVALID, "replace-invalid", NULL,
	"write U+FFFD for half a surrogate pair"},
    {ESCAPE_FORMULAS, "escape-formulas", NULL,
	"keep spreadsheets from running cells"},
    {DROP_EMPTY, "drop-empty", NULL,
	"leave out columns without a value in any record"},
    {BOM, "bom", NULL, "begin FILE with a byte order mark, for Excel"},
    {NO_BOM, "no-bom", NULL, "begin it without (default: as FILE did)"},
    {MAX_REMOVED, "max-removed", "N|N%",
	"replace only if no more rows of FILE are removed"},
    {MAX_LINE, "max-line", "SIZE", "longest line and row (default: 1G)"},
    {'n', "dry-run", NULL, "say what would change, and change nothing"},
    {'q', "quiet", NULL, "no warnings"},
    {'v', "verbose", NULL, "say what was done"},
    {0},
};

static const struct hs_usage usage = {
    .name = "hs-load-csv",
    .synopsis = "[-nqv] [-m replace|merge] [-k KEY,...] [-s SCHEMA] "
		"[OPTION...] FILE",
    .help = "Reads an hs-stream from standard input and makes it the CSV file\n"
	    "FILE, once it is complete; until then FILE stays as it was.\n",
    .options = options,
    .more = "FILE may be -, standard output, when it is replaced.\n",
};

static void
add_keys(struct hs_columns *key, const char *list)
{
	hs_option_columns(key, "-k", list);
	if (key->n > KEY_MAX)
		hs_tool_usage("-k: more than %d columns", KEY_MAX);
}

static void
read_options(struct run *r, int argc, char **argv)
{
	struct table *t = &r->table;
	const char *arg;

	for (int c; (c = hs_tool_option(argc, argv, &arg)) != -1;)
		switch (c) {
		case 'm': t->merge = hs_option_merges(arg); break;
		case 'k': add_keys(&t->key, arg); break;
		case 's': r->schema = arg; break;
		case 'n': r->dry_run = true; break;
		case IF_CHANGED: r->if_changed = true; break;
		case ALLOW_INCOMPLETE: r->allow_incomplete = true; break;
		case REQUIRE_PAGES: r->require_pages = true; break;
		case REPLACE_INVALID:
			t->load.rows.replace_invalid = true;
			break;
		case ESCAPE_FORMULAS:
			t->load.rows.escape_formulas = true;
			break;
		case DROP_EMPTY: t->load.rows.drop_empty = true; break;
		case BOM: t->mark = MARK_YES; break;
		case NO_BOM: t->mark = MARK_NO; break;
		case MAX_REMOVED:
			t->max_removed.set = true;
			t->max_removed.n =
			    hs_option_limit(arg, &t->max_removed.percent);
			break;
		case MAX_LINE: t->max_row = hs_option_max_line(arg); break;
		}
	if (argc - optind != 1)
		hs_tool_usage(
		    argc == optind ? "FILE is missing" : "one FILE only");
	t->name = argv[optind];
	r->to_stdout = strcmp(t->name, "-") == 0;
}

static void
check_options(const struct run *r)
{
	const struct table *t = &r->table;

	if (r->to_stdout && t->merge)
		hs_tool_usage("-m merge: needs a file, not standard output");
	if (r->to_stdout && (r->dry_run || r->if_changed))
		hs_tool_usage("%s: needs a file, not standard output",
		    r->dry_run ? "-n" : "--if-changed");
	if (t->max_removed.set && (r->to_stdout || t->merge))
		hs_tool_usage("--max-removed: goes with a file that is "
			      "replaced");
	if (t->key.n > 0 && !t->merge && !r->dry_run && !t->max_removed.set)
		hs_tool_usage("-k: replacing needs no key, -m merge does");
}

int
main(int argc, char **argv)
{
	struct run r = {
	    .table.max_row = HS_IN_MAX_LINE,
	    .note = hs_tool_note,
	    .warn = hs_tool_warn,
	    .guard = hs_tool_remove_on_signal,
	};
	struct hs_err e;

	hs_tool_start(&usage);
	read_options(&r, argc, argv);
	check_options(&r);
	int rc = run(&r, &e);
	run_free(&r);
	if (rc < 0)
		hs_tool_fail(&e);
	return HS_OK;
}
