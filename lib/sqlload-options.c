/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* The options of every loader of a database. */
#include "sqlload-options.h"

#include <getopt.h>
#include <string.h>

#include "options.h"

static void
set_table(struct hs_sqlload *l, const char *name)
{
	const char *dot = strchr(name, '.');

	if (l->table)
		hs_tool_usage("one TABLE only");
	if (!*name || dot == name || (dot && !dot[1]))
		hs_tool_usage("TABLE: a name is missing");
	if (dot && strchr(dot + 1, '.'))
		hs_tool_usage(
		    "TABLE: %s has more parts than SCHEMA.TABLE", name);
	l->table = name;
}

bool
hs_sqlload_option(struct hs_sqlload *l, int key, const char *arg)
{
	switch (key) {
	case 'm': l->merge = hs_option_merges(arg); return true;
	case 'k': hs_option_columns(&l->key, "-k", arg); return true;
	case 's': l->schema = arg; return true;
	case HS_SQLLOAD_DECLARED: l->declared = arg; return true;
	case HS_SQLLOAD_REPLACE_INVALID:
		l->rows.replace_invalid = true;
		return true;
	case HS_SQLLOAD_ALLOW_INCOMPLETE:
		l->allow_incomplete = true;
		return true;
	case HS_SQLLOAD_REQUIRE_PAGES: l->require_pages = true; return true;
	case HS_SQLLOAD_MAX_LINE:
		l->max_line = hs_option_max_line(arg);
		return true;
	case HS_SQLLOAD_TABLE: set_table(l, arg); return true;
	default: return false;
	}
}

void
hs_sqlload_operands(struct hs_sqlload *l, int argc, char **argv)
{
	for (int i = optind; i < argc; i++)
		set_table(l, argv[i]);
	if (!l->table)
		hs_tool_usage("TABLE is missing");
	if (l->schema && l->declared)
		hs_tool_usage("types come from -s or from --declared");
}
