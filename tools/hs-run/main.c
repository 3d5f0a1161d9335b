/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* hs-run: pipeline files, run as the shell pipelines they stand for. */
#include <stdlib.h>
#include <unistd.h>

#include "run.h"
#include "signals.h"
#include "tool.h"
#include "which.h"

enum { STATS = 256 };

static const struct hs_option options[] = {
    {'D', "depot", "NAME=ADDRESS",
	"what dataos://NAME stands for: a folder, csv:DIR or another address"},
    {'j', "jobs", "N", "this many pipelines at once (default 1)"},
    {'n', "dry-run", NULL, "print the shell pipelines, run nothing"},
    {STATS, "stats", "FILE", "write a line of JSON for each pipeline"},
    {'q', "quiet", NULL, "no summary of what went well, no progress"},
    {'v', "verbose", NULL, "say which keys mean nothing here, and what is run"},
    {0},
};

static const struct hs_usage usage = {
    .name = "hs-run",
    .synopsis = "[-nqv] [-j N] [-D NAME=ADDRESS] [--stats FILE] "
		"PIPELINE.yaml ...",
    .help = "Runs the pipelines of YAML files, each as the shell pipeline "
	    "that a\n"
	    "person would type.\n",
    .options = options,
    .more = "HS_DEPOT_NAME in the environment is as -D; without both, a "
	    "sink's\n"
	    "depot is the folder NAME.\n",
};

#define JOBS_MAX 64

static void
add_depot(struct run *run, const char *arg)
{
	struct hs_err e;
	bool literal;

	if (depots_add(&run->site.depots, arg, &literal, &e) < 0) {
		if (e.kind == HS_USAGE)
			hs_tool_usage("-D %s", e.text);
		hs_tool_fail(&e);
	}
	if (literal)
		hs_tool_warn("-D %.*s: everybody on this machine can see the "
			     "token; write {VARIABLE} instead",
		    (int)strcspn(arg, "="), arg);
}

/* Whether nothing is to be run. */
static bool
read_options(struct run *run, int argc, char **argv)
{
	bool dry = false;
	const char *arg;
	int key;

	while ((key = hs_tool_option(argc, argv, &arg)) != -1)
		switch (key) {
		case 'D': add_depot(run, arg); break;
		case 'j':
			run->parallel =
			    (size_t)hs_tool_number("-j", arg, 1, JOBS_MAX);
			break;
		case 'n': dry = true; break;
		case 'q': run->quiet = true; break;
		case STATS: run->stats_file = arg; break;
		}
	if (optind == argc)
		hs_tool_usage("which pipeline?");
	return dry;
}

int
main(int argc, char **argv)
{
	struct run run = {.parallel = 1};
	struct hs_err e;

	hs_tool_start(&usage);
	bool dry = read_options(&run, argc, argv);
	char *bin = hs_which_folder(argv[0]);
	run.site.bin = bin;
	int rc = run_read(&run, argv + optind, &e);
	if (rc == 0)
		rc = dry ? run_print(&run, &e) : run_execute(&run, &e);
	if (run.signal)
		signals_die(run.signal);
	run_free(&run);
	free(bin);
	if (rc < 0)
		hs_tool_fail(&e);
	return HS_OK;
}
