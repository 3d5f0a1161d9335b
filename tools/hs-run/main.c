/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* hs-run: pipeline files, run as the shell pipelines they stand for. */
#include <getopt.h>
#include <stdlib.h>

#include "run.h"
#include "signals.h"
#include "tool.h"
#include "which.h"

static const struct hs_usage usage = {
    .name = "hs-run",
    .synopsis = "[-nqv] [-j N] [-D NAME=ADDRESS] [--stats FILE] "
		"PIPELINE.yaml ...",
    .help =
	"Runs the pipelines of YAML files, each as the shell pipeline that a\n"
	"person would type.\n"
	"\n"
	"  -D, --depot NAME=ADDRESS  what dataos://NAME stands for: a folder,\n"
	"                            csv:DIR or another address\n"
	"  -j, --jobs N              so many pipelines at once (default 1)\n"
	"  -n, --dry-run             print the shell pipelines, run nothing\n"
	"      --stats FILE          a line of JSON for each pipeline\n"
	"  -q, --quiet               no summary of what went well, no "
	"progress\n"
	"  -v, --verbose             say which keys mean nothing here, and\n"
	"                            what is run\n"
	"  -h, --help                this text\n"
	"      --version             name and version\n"
	"\n"
	"HS_DEPOT_NAME in the environment is as -D; without both, a sink's\n"
	"depot is the folder NAME.\n",
};

#define JOBS_MAX 64
#define STATS_OPTION 256

static void
add_depot(struct run *run, char *arg)
{
	struct hs_err e;
	bool literal;

	if (depots_add(&run->site.depots, arg, &literal, &e) < 0) {
		if (e.kind == HS_USAGE)
			hs_tool_usage("-D %s", e.text);
		hs_tool_fail(&e);
	}
	if (literal)
		hs_tool_warn("-D %s: everybody on this machine can see the "
			     "token; write {VARIABLE} instead",
		    arg);
}

static bool
read_options(struct run *run, int argc, char **argv)
{
	static const struct option options[] = {
	    {"depot", required_argument, NULL, 'D'},
	    {"dry-run", no_argument, NULL, 'n'},
	    {"help", no_argument, NULL, 'h'},
	    {"jobs", required_argument, NULL, 'j'},
	    {"quiet", no_argument, NULL, 'q'},
	    {"stats", required_argument, NULL, STATS_OPTION},
	    {"verbose", no_argument, NULL, 'v'},
	    {"version", no_argument, NULL, 'V'},
	    {0},
	};
	bool dry = false;
	int c;

	while ((c = getopt_long(argc, argv, "D:hj:nqv", options, NULL)) != -1)
		switch (c) {
		case 'D': add_depot(run, optarg); break;
		case 'h': hs_tool_help();
		case 'j':
			run->parallel =
			    (size_t)hs_tool_number("-j", optarg, 1, JOBS_MAX);
			break;
		case 'n': dry = true; break;
		case 'q':
			run->quiet = true;
			hs_tool_quiet();
			break;
		case 'v': hs_tool_verbose(); break;
		case STATS_OPTION: run->stats_file = optarg; break;
		case 'V': hs_tool_version();
		default: hs_tool_usage(NULL);
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
	char *bin = which_folder(argv[0]);
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
