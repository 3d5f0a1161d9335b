/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* hs-run: pipeline files, run as the shell pipelines they stand for. */
#include <getopt.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "out.h"
#include "plans.h"
#include "program.h"
#include "report.h"
#include "runner.h"
#include "screen.h"
#include "signals.h"
#include "tool.h"

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

struct run {
	bool dry, quiet;
	const char *stats_file;
	struct hs_out stats;
	struct hs_site site;
	struct hs_plans plans;
	struct hs_runner runner;
	struct hs_screen screen;
};

static void
add_depot(struct run *run, char *arg)
{
	struct hs_err e;
	bool literal;

	if (hs_depots_add(&run->site.depots, arg, &literal, &e) < 0) {
		if (e.kind == HS_USAGE)
			hs_tool_usage("-D %s", e.text);
		hs_tool_fail(&e);
	}
	if (literal)
		hs_tool_warn("-D %s: everybody on this machine can see the "
			     "token; write {VARIABLE} instead",
		    arg);
}

static void
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
	int c;

	while ((c = getopt_long(argc, argv, "D:hj:nqv", options, NULL)) != -1)
		switch (c) {
		case 'D': add_depot(run, optarg); break;
		case 'h': hs_tool_help();
		case 'j':
			run->runner.parallel =
			    (size_t)hs_tool_number("-j", optarg, 1, JOBS_MAX);
			break;
		case 'n': run->dry = true; break;
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
}

static void
warn_of(const struct hs_plan *plan)
{
	const struct hs_pipeline *p = plan->pipeline;
	struct hs_buf b = {0};

	if (hs_plan_print(plan, &b) == 0)
		hs_tool_note("%.*s", (int)b.len - 1, b.data);
	hs_buf_free(&b);
	if (p->ignored)
		hs_tool_note("%s: %s: without meaning here: %s", p->file,
		    p->label, p->ignored);
	if (plan->token && plan->in_file && p->exposed)
		hs_tool_warn("%s: line %zu: others can read this file, and the "
			     "token in it; chmod 600 it or write "
			     "{HUBSPOT_API_KEY}",
		    p->file, p->source.line);
	if (plan->password)
		hs_tool_warn("%s: line %zu: everybody on this machine can see "
			     "the sink's password; write {VARIABLE} instead",
		    p->file, p->sink.line);
}

/* What is worth a word before anything runs, or keeps it from running. */
static int
check_plans(struct run *run, struct hs_err *e)
{
	for (size_t i = 0; i < run->plans.n; i++) {
		const struct hs_plan *plan = &run->plans.v[i];
		warn_of(plan);
		if (plan->unset && !run->dry)
			return hs_err_set(e, HS_CONFIG, "%s", plan->unset);
		if (plan->unset)
			hs_tool_warn("%s", plan->unset);
	}
	return 0;
}

static int
print_plans(struct run *run, struct hs_err *e)
{
	struct hs_out out;

	hs_out_init(&out, STDOUT_FILENO, "standard output");
	for (size_t i = 0; i < run->plans.n; i++)
		if (hs_plan_print(&run->plans.v[i], &out.buf) < 0)
			return hs_err_mem(e, "a plan");
	if (hs_out_commit(&out, e) < 0)
		return -1;
	return hs_out_close(&out, e);
}

static void
show_line(void *arg, const struct hs_job *job, struct hs_span line)
{
	struct run *run = arg;

	hs_screen_line(&run->screen, job, line);
}

static void
show_progress(void *arg)
{
	struct run *run = arg;

	hs_screen_draw(&run->screen, run->runner.job, run->runner.jobs);
}

/* What went well is no news to who wants quiet. */
static void
say_job(const struct hs_job *job)
{
	struct hs_buf b = {0};

	if (hs_report_job(job, &b) < 0)
		hs_tool_say("out of memory");
	else if (job->state == HS_JOB_DONE && job->status == 0)
		hs_tool_warn("%.*s", (int)b.len, b.data);
	else
		hs_tool_say("%.*s", (int)b.len, b.data);
	hs_buf_free(&b);
}

/* A line for each pipeline; the one that decides the status comes last and
 * ends the program. */
static void
report(struct run *run)
{
	const struct hs_runner *r = &run->runner;
	const struct hs_job *worst = hs_report_worst(r->job, r->jobs);
	struct hs_err e;

	hs_screen_wipe(&run->screen);
	for (size_t i = 0; i < r->jobs; i++)
		if (&r->job[i] != worst || r->interrupted)
			say_job(&r->job[i]);
	if (hs_report_close(&run->stats, r->job, r->jobs, &e) < 0)
		hs_tool_fail(&e);
	if (r->interrupted)
		hs_signals_die(r->interrupted);
	if (!worst)
		return;
	if (worst->status == 128 + SIGPIPE)
		hs_signals_die(SIGPIPE);
	struct hs_buf b = {0};
	if (hs_report_job(worst, &b) < 0)
		hs_err_mem(&e, "the summary");
	else
		hs_err_set(&e, (enum hs_kind)worst->status, "%.*s", (int)b.len,
		    b.data);
	hs_tool_fail(&e);
}

static int
run_plans(struct run *run, struct hs_err *e)
{
	struct hs_runner *r = &run->runner;

	r->jobs = run->plans.n;
	r->job = calloc(r->jobs, sizeof(*r->job));
	if (!r->job)
		return hs_err_mem(e, "jobs");
	for (size_t i = 0; i < r->jobs; i++)
		r->job[i].plan = &run->plans.v[i];
	bool progress = !run->quiet && hs_screen_possible();
	/* Pages on the same terminal would be written over. */
	for (size_t i = 0; i < r->jobs && isatty(STDOUT_FILENO); i++)
		progress &= !run->plans.v[i].to_stdout;
	r->line = show_line;
	r->tick = progress ? show_progress : NULL;
	r->arg = run;
	r->signals = hs_signals_open(e);
	if (r->signals < 0 || hs_runner_run(r, e) < 0)
		return -1;
	report(run);
	for (size_t i = 0; i < r->jobs; i++)
		hs_job_free(&r->job[i]);
	free(r->job);
	return 0;
}

int
main(int argc, char **argv)
{
	struct run run = {.runner = {.parallel = 1}};
	struct hs_err e;

	hs_tool_start(&usage);
	read_options(&run, argc, argv);
	char *bin = hs_program_folder(argv[0]);
	run.site.bin = bin;
	if (hs_plans_make(&run.plans, argv + optind, &run.site, &e) < 0 ||
	    check_plans(&run, &e) < 0)
		hs_tool_fail(&e);
	if (run.dry ? print_plans(&run, &e) < 0
		    : hs_report_open(&run.stats, run.stats_file, &e) < 0 ||
			  run_plans(&run, &e) < 0)
		hs_tool_fail(&e);
	hs_plans_free(&run.plans);
	hs_depots_free(&run.site.depots);
	free(bin);
	return HS_OK;
}
