/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* hs-load-sql: a stream becomes a table of a database, whole or not at all. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "run.h"
#include "tool.h"

enum {
	ADDRESS = 256,
	TABLE,
	TEXT,
	NO_ALTER,
	MAX_REMOVED,
	DELETED_AT,
	REPLACE_INVALID,
	ALLOW_INCOMPLETE,
	REQUIRE_PAGES,
	MAX_LINE,
};

static const struct hs_option options[] = {
    {ADDRESS, "address", "ADDRESS",
	"the database: postgres://USER@HOST/DATABASE; without it the script "
	"goes to standard output"},
    {'m', "mode", "MODE", "replace TABLE (default), or merge into it"},
    {'k', "key", "KEY,...", "columns that tell rows apart (default: id)"},
    {DELETED_AT, "deleted-at", "COLUMN",
	"keep rows that the stream no longer has, and put the time into "
	"COLUMN"},
    {MAX_REMOVED, "max-removed", "N",
	"fail if more than N rows (or N%) would be removed"},
    {NO_ALTER, "no-alter", NULL, "add no table and no column, widen none"},
    {TEXT, "text", NULL, "make new columns text, whatever they hold"},
    {REPLACE_INVALID, "replace-invalid", NULL,
	"drop NUL characters, write U+FFFD for half a surrogate pair"},
    {ALLOW_INCOMPLETE, "allow-incomplete", NULL,
	"load a stream that was cut off"},
    {REQUIRE_PAGES, "require-pages", NULL, "refuse bare records"},
    {MAX_LINE, "max-line", "SIZE", "longest line (default: 1G)"},
    {TABLE, "table", "TABLE", "the same as the operand"},
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

static void
add_keys(struct hs_columns *key, const char *list)
{
	struct hs_err e;

	if (hs_columns_list(key, list, &e) < 0)
		hs_tool_usage("-k: %s", e.text);
}

static bool
is_merge(const char *mode)
{
	bool merge = strcmp(mode, "merge") == 0;

	if (!merge && strcmp(mode, "replace") != 0)
		hs_tool_usage("-m: %s is neither replace nor merge", mode);
	return merge;
}

static void
set_limit(struct script *s, const char *arg)
{
	char number[32] = "";
	size_t len = strlen(arg);

	s->percent = len > 0 && arg[len - 1] == '%';
	len -= s->percent;
	if (len < sizeof number)
		snprintf(number, sizeof number, "%.*s", (int)len, arg);
	s->max_removed = hs_tool_number(
	    "--max-removed", number, 0, s->percent ? 100 : INT64_MAX / 100);
	s->limited = true;
}

/* A name that PostgreSQL and SQLite take as it is. */
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
set_table(struct run *r, const char *name)
{
	const char *dot = strchr(name, '.');

	if (r->script.table)
		hs_tool_usage("one TABLE only");
	if (!*name || dot == name || (dot && !dot[1]))
		hs_tool_usage("TABLE: a name is missing");
	if (dot && strchr(dot + 1, '.'))
		hs_tool_usage(
		    "TABLE: %s has more parts than SCHEMA.TABLE", name);
	r->script.table = name;
}

static void
read_options(struct run *r, int argc, char **argv)
{
	struct script *s = &r->script;
	const char *arg;

	for (int c; (c = hs_tool_option(argc, argv, &arg)) != -1;)
		switch (c) {
		case ADDRESS: r->address = arg; break;
		case 'm': s->merge = is_merge(arg); break;
		case 'k': add_keys(&r->key, arg); break;
		case DELETED_AT:
			s->deleted_at = column_name("--deleted-at", arg);
			break;
		case MAX_REMOVED: set_limit(s, arg); break;
		case NO_ALTER: s->no_alter = true; break;
		case TEXT: s->text = true; break;
		case REPLACE_INVALID: r->rows.replace_invalid = true; break;
		case ALLOW_INCOMPLETE: r->allow_incomplete = true; break;
		case REQUIRE_PAGES: r->require_pages = true; break;
		case MAX_LINE:
			r->max_line = (size_t)hs_tool_size(
			    "--max-line", arg, 1, HS_IN_MAX_ASKED);
			break;
		case TABLE: set_table(r, arg); break;
		case 'n': s->dry_run = true; break;
		case 'q': s->quiet = true; break;
		}
	for (int i = optind; i < argc; i++)
		set_table(r, argv[i]);
	if (!s->table)
		hs_tool_usage("TABLE is missing");
}

int
main(int argc, char **argv)
{
	struct run r = {
	    .max_line = HS_IN_MAX_LINE,
	    .warn = hs_tool_warn,
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
