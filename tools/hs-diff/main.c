/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* hs-diff: what changed between two snapshots. */
#include <getopt.h>
#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "options.h"
#include "run.h"
#include "tool.h"

enum { FULL = 256, COLUMNS, APPEND, REQUIRE_PAGES, MAX_LINE };

static const struct hs_option options[] = {
    {'k', "key", "KEY,...", "columns that tell records apart (default: id)"},
    {'i', "ignore", "NAME,...", "do not compare these columns"},
    {'c', "only", "NAME,...", "compare only these columns"},
    {COLUMNS, "columns", NULL,
	"a record changes with a column that is new or gone, too"},
    {'f', "format", "FORMAT",
	"pages (default), text (for people), ids, csv, or counts"},
    {'r', "records", NULL, "write bare records instead of pages"},
    {FULL, "full", NULL, "write all columns of a record that changed"},
    {'o', "output", "FILE", "write to FILE, and pass NEW on"},
    {APPEND, "append", NULL,
	"add to FILE, with the time of the run in each change"},
    {'N', "new-file", NULL, "OLD may be missing, which counts as empty"},
    {REQUIRE_PAGES, "require-pages", NULL, "refuse bare records"},
    {MAX_LINE, "max-line", "SIZE", "refuse longer lines (default 1G)"},
    {'q', "quiet", NULL, "no warnings"},
    {'v', "verbose", NULL, "say how much changed"},
    {0},
};

static const struct hs_usage usage = {
    .name = "hs-diff",
    .synopsis = "[-Nqrv] [-k KEY,...] [-i NAME,...] [-c NAME,...] "
		"[-f FORMAT] [-o FILE] [OPTION...] OLD [NEW]",
    .help = "Compares two complete snapshots, record by record, and writes "
	    "what changed.\nEach is a file of pages, bare records, or a CSV "
	    "table; - is standard input,\nthe default of NEW. Exit 0: nothing "
	    "changed; 1: something did.\n",
    .options = options,
};

static enum form
read_form(const char *name)
{
	static const char *const names[] = {
	    [FORM_PAGES] = "pages",
	    [FORM_TEXT] = "text",
	    [FORM_IDS] = "ids",
	    [FORM_CSV] = "csv",
	    [FORM_COUNTS] = "counts",
	};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (names[i] && strcmp(name, names[i]) == 0)
			return (enum form)i;
	hs_tool_usage(
	    "-f: %s is none of pages, text, ids, csv and counts", name);
}

static void
read_sides(struct run *r, int argc, char **argv)
{
	if (argc - optind < 1)
		hs_tool_usage("OLD is missing");
	if (argc - optind > 2)
		hs_tool_usage("OLD and NEW only");
	r->side[OLD].path = argv[optind];
	r->side[NEW].path = argc - optind == 2 ? argv[optind + 1] : "-";
	if (strcmp(r->side[OLD].path, "-") == 0 &&
	    strcmp(r->side[NEW].path, "-") == 0)
		hs_tool_usage("standard input cannot be both OLD and NEW");
}

static void
read_options(struct run *r, int argc, char **argv)
{
	struct shape *sh = &r->shape;
	bool bare = false, form = false;
	const char *arg;

	for (int c; (c = hs_tool_option(argc, argv, &arg)) != -1;)
		switch (c) {
		case 'k': hs_option_columns(&sh->key, "-k", arg); break;
		case 'i': hs_option_columns(&sh->ignore, "-i", arg); break;
		case 'c': hs_option_columns(&sh->only, "-c", arg); break;
		case COLUMNS: sh->all = true; break;
		case 'f':
			r->format.form = read_form(arg);
			form = true;
			break;
		case 'r': bare = true; break;
		case FULL: r->format.full = true; break;
		case 'o': r->output = arg; break;
		case APPEND: r->append = true; break;
		case 'N': r->side[OLD].may_lack = true; break;
		case REQUIRE_PAGES:
			r->side[OLD].require_pages = true;
			r->side[NEW].require_pages = true;
			break;
		case MAX_LINE:
			r->side[OLD].max_line = r->side[NEW].max_line =
			    hs_option_max_line(arg);
			break;
		}
	if (bare && form && r->format.form != FORM_PAGES)
		hs_tool_usage("-r goes with -f pages alone");
	if (bare)
		r->format.form = FORM_BARE;
	if (sh->key.n > KEY_MAX)
		hs_tool_usage("-k: more than %d columns", KEY_MAX);
	read_sides(r, argc, argv);
}

static void
check_options(const struct run *r)
{
	bool records =
	    r->format.form == FORM_PAGES || r->format.form == FORM_BARE;

	if (r->output && strcmp(r->output, "-") == 0)
		hs_tool_usage("-o -: with -o, standard output is for NEW; "
			      "without it, for the changes");
	for (int i = OLD; i <= NEW && r->output; i++)
		if (strcmp(r->output, r->side[i].path) == 0)
			hs_tool_usage(
			    "-o %s: is one of the two sides, and would be lost",
			    r->output);
	if (r->append && !r->output)
		hs_tool_usage("--append needs a file, -o FILE");
	if (r->append && !records)
		hs_tool_usage("--append adds pages or, with -r, records");
	if (r->format.full &&
	    (r->format.form == FORM_IDS || r->format.form == FORM_COUNTS))
		hs_tool_usage("--full: ids and counts have no columns");
}

/* How a text looks, where there is one. */
static void
look(struct run *r)
{
	const char *none = getenv("NO_COLOR"), *term = getenv("TERM");

	r->format.utf8 = setlocale(LC_CTYPE, "") &&
			 strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
	r->format.colour = !r->output && isatty(STDOUT_FILENO) &&
			   !(none && *none) &&
			   !(term && strcmp(term, "dumb") == 0);
}

int
main(int argc, char **argv)
{
	struct run r = {.side[OLD].max_line = HS_IN_MAX_LINE,
	    .side[NEW].max_line = HS_IN_MAX_LINE,
	    .warn = hs_tool_warn,
	    .guard = hs_tool_remove_on_signal};
	struct hs_err e;

	hs_tool_start(&usage);
	read_options(&r, argc, argv);
	check_options(&r);
	if (r.format.form == FORM_TEXT)
		look(&r);
	int rc = run(&r, &e);
	if (rc == 0)
		hs_tool_note("%llu records inserted, %llu updated, %llu "
			     "deleted; %llu are the same",
		    r.changes.op[OP_INSERT], r.changes.op[OP_UPDATE],
		    r.changes.op[OP_DELETE], changes_same(&r.changes));
	run_free(&r);
	if (rc < 0)
		hs_tool_fail(&e);
	return r.changed && !r.output ? HS_DRIFT : HS_OK;
}
