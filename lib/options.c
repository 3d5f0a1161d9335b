/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* What the arguments of options say. */
#include "options.h"

#include <stdint.h>
#include <string.h>

#include "in.h"
#include "tool.h"

void
hs_option_columns(struct hs_columns *c, const char *option, const char *list)
{
	struct hs_err e;

	if (hs_columns_list(c, list, &e) < 0)
		hs_tool_usage("%s: %s", option, e.text);
}

bool
hs_option_merges(const char *mode)
{
	bool merge = strcmp(mode, "merge") == 0;

	if (!merge && strcmp(mode, "replace") != 0)
		hs_tool_usage("-m: %s is neither replace nor merge", mode);
	return merge;
}

unsigned long long
hs_option_limit(const char *arg, bool *percent)
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

size_t
hs_option_max_line(const char *arg)
{
	return (size_t)hs_tool_size("--max-line", arg, 1, HS_IN_MAX_ASKED);
}
