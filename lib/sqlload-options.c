/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* The options of every loader of a database. */
#include "sqlload-options.h"

#include <getopt.h>
#include <stdint.h>
#include <string.h>

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
	case 'm': l->merge = is_merge(arg); return true;
	case 'k': add_keys(&l->key, arg); return true;
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
		l->max_line =
		    (size_t)hs_tool_size("--max-line", arg, 1, HS_IN_MAX_ASKED);
		return true;
	case HS_SQLLOAD_TABLE: set_table(l, arg); return true;
	default: return false;
	}
}

unsigned long long
hs_sqlload_limit(const char *arg, bool *percent)
{
	char number[32] = "";
	size_t len = strlen(arg);

	*percent = len > 0 && arg[len - 1] == '%';
	len -= *percent;
	if (len < sizeof number)
		snprintf(number, sizeof number, "%.*s", (int)len, arg);
	return hs_tool_number(
	    "--max-removed", number, 0, *percent ? 100 : INT64_MAX / 100);
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
