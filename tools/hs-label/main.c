/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* hs-label: labels beside the values of a stream, or in their place. */
#include <string.h>
#include <unistd.h>

#include "in.h"
#include "options.h"
#include "run.h"
#include "tool.h"

enum { REPLACE = 256, HEADINGS, STRICT, MAX_LINE };

static const struct hs_option options[] = {
    {REPLACE, "replace", NULL,
	"the label takes the value's place; a value without one stays"},
    {HEADINGS, "headings", NULL,
	"members are called by their property's label"},
    {'p', "properties", "NAME,...", "only these properties"},
    {STRICT, "strict", NULL, "a value without a label is an error"},
    {MAX_LINE, "max-line", "SIZE", "refuse longer lines (default 1G)"},
    {'q', "quiet", NULL, "no warnings"},
    {'v', "verbose", NULL, "say how much went through"},
    {0},
};

static const struct hs_usage usage = {
    .name = "hs-label",
    .synopsis = "[-qv] [--replace] [--headings] [--strict] [-p NAME,...] "
		"[--max-line SIZE] FILE ...",
    .help = "Puts the labels of options, owners, pipelines and stages beside "
	    "the values of a\nstream from standard input. Each FILE holds what "
	    "hs-fetch wrote of\nproperties:TYPE, pipelines:TYPE or owners.\n",
    .options = options,
};

static void
read_options(struct run *run, int argc, char **argv)
{
	const char *arg;
	int key;

	while ((key = hs_tool_option(argc, argv, &arg)) != -1)
		switch (key) {
		case REPLACE: run->record.plan.replace = true; break;
		case HEADINGS: run->record.plan.headings = true; break;
		case STRICT: run->record.values.strict = true; break;
		case 'p': hs_option_columns(&run->only, "-p", arg); break;
		case MAX_LINE:
			run->filter.max_line = hs_option_max_line(arg);
			break;
		}
	if (!argv[optind])
		hs_tool_usage("no definitions: hs-fetch properties:TYPE, "
			      "pipelines:TYPE and owners write them");
	for (char **file = argv + optind; *file; file++)
		if (strcmp(*file, "-") == 0)
			hs_tool_usage("-: standard input is the stream; "
				      "definitions come from files");
}

int
main(int argc, char **argv)
{
	struct run run = {.filter = {.max_line = HS_IN_MAX_LINE}};
	struct hs_err e;

	hs_tool_start(&usage);
	read_options(&run, argc, argv);
	if (run_stream(&run, argv + optind, &e) < 0)
		hs_tool_fail(&e);
	hs_tool_note("%llu pages, %llu records, %llu labels", run.filter.pages,
	    run.filter.records_read, run.labels);
	return HS_OK;
}
