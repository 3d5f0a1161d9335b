/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* hs-flatten: pages in, pages of flat records out. */
#include <unistd.h>

#include "in.h"
#include "options.h"
#include "run.h"
#include "tool.h"

enum { LINKS = 256, HISTORY, MAX_LINE };

static const struct hs_option options[] = {
    {'r', "records", NULL, "write bare records, one a line, not pages"},
    {LINKS, "links", NULL,
	"write the link table instead: from_id, to_id, association, type"},
    {HISTORY, "history", NULL,
	"write the values of hs-fetch --history instead, a row each"},
    {MAX_LINE, "max-line", "SIZE", "refuse longer lines (default 1G)"},
    {'q', "quiet", NULL, "no warnings"},
    {'v', "verbose", NULL, "say how much went through"},
    {0},
};

static const struct hs_usage usage = {
    .name = "hs-flatten",
    .synopsis = "[-rqv] [--links | --history] [--max-line SIZE] [FILE ...]",
    .help = "Makes the records of a HubSpot stream flat: properties become\n"
	    "columns, associations become array columns. Values keep their "
	    "bytes.\n",
    .options = options,
};

static void
read_options(struct run *run, int argc, char **argv)
{
	const char *arg;
	int key;

	while ((key = hs_tool_option(argc, argv, &arg)) != -1)
		switch (key) {
		case 'r': run->filter.records = true; break;
		case LINKS: run->links = true; break;
		case HISTORY: run->history = true; break;
		case MAX_LINE:
			run->filter.max_line = hs_option_max_line(arg);
			break;
		}
	if (run->links && run->history)
		hs_tool_usage("--links and --history exclude each other");
}

int
main(int argc, char **argv)
{
	struct run run = {.filter = {.max_line = HS_IN_MAX_LINE}};
	struct hs_err e;

	hs_tool_start(&usage);
	read_options(&run, argc, argv);
	if (run_files(&run, argv + optind, &e) < 0)
		hs_tool_fail(&e);
	hs_tool_note("%llu pages, %llu records", run.filter.pages,
	    run.filter.records_read);
	return HS_OK;
}
