/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* hs-load-csv: a stream becomes a CSV file, whole or not at all. */
#include <getopt.h>
#include <string.h>

#include "run.h"
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

static void
add_keys(struct hs_columns *key, const char *list)
{
	struct hs_err e;

	if (hs_columns_list(key, list, &e) < 0)
		hs_tool_usage("-k: %s", e.text);
	if (key->n > KEY_MAX)
		hs_tool_usage("-k: more than %d columns", KEY_MAX);
}

static void
read_option(struct run *r, int c)
{
	switch (c) {
	case 'm':
		r->table.merge = strcmp(optarg, "merge") == 0;
		if (!r->table.merge && strcmp(optarg, "replace") != 0)
			hs_tool_usage(
			    "-m: %s is neither replace nor merge", optarg);
		break;
	case 'k': add_keys(&r->table.key, optarg); break;
	case 's': r->schema = optarg; break;
	case 'n': r->dry_run = true; break;
	case 'q': hs_tool_quiet(); break;
	case 'v': hs_tool_verbose(); break;
	case IF_CHANGED: r->if_changed = true; break;
	case ALLOW_INCOMPLETE: r->allow_incomplete = true; break;
	case REQUIRE_PAGES: r->require_pages = true; break;
	case REPLACE_INVALID: r->table.load.rows.replace_invalid = true; break;
	case ESCAPE_FORMULAS: r->table.load.rows.escape_formulas = true; break;
	case MAX_LINE:
		r->table.max_row = (size_t)hs_tool_size(
		    "--max-line", optarg, 1, HS_IN_MAX_ASKED);
		break;
	case 'h': hs_tool_help();
	case VERSION: hs_tool_version();
	default: hs_tool_usage(NULL);
	}
}

static void
read_options(struct run *r, int argc, char **argv)
{
	struct table *t = &r->table;
	int c;

	t->max_row = HS_IN_MAX_LINE;
	while ((c = getopt_long(
		    argc, argv, "hk:m:nqs:v", long_options, NULL)) != -1)
		read_option(r, c);
	if (argc - optind != 1)
		hs_tool_usage(
		    argc == optind ? "FILE is missing" : "one FILE only");
	t->name = argv[optind];
	r->to_stdout = strcmp(t->name, "-") == 0;
	if (r->to_stdout && t->merge)
		hs_tool_usage("-m merge: needs a file, not standard output");
	if (r->to_stdout && (r->dry_run || r->if_changed))
		hs_tool_usage("%s: needs a file, not standard output",
		    r->dry_run ? "-n" : "--if-changed");
	if (t->key.n > 0 && !t->merge && !r->dry_run)
		hs_tool_usage("-k: replacing needs no key, -m merge does");
}

int
main(int argc, char **argv)
{
	struct run r = {
	    .note = hs_tool_note,
	    .warn = hs_tool_warn,
	    .guard = hs_tool_remove_on_signal,
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
