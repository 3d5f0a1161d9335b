/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* A whole run. */
#include "run.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "buf.h"
#include "paths.h"
#include "report.h"
#include "shell.h"
#include "signals.h"
#include "tool.h"

/* Remembers the file that the i-th command writes; refuses it if an earlier
 * one does. */
static int
check_target(struct run *run, size_t i, struct hs_err *e)
{
	const struct command *c = &run->command[i];

	if (!c->dir)
		return 0;
	run->file[i] = canonical(c->target);
	if (!run->file[i])
		return hs_err_mem(e, "a path");
	for (size_t j = 0; j < i; j++)
		if (run->file[j] && strcmp(run->file[j], run->file[i]) == 0) {
			hs_err_set(e, HS_CONFIG, "%s is written by %s, too",
			    c->target, run->command[j].pipeline->label);
			return pipeline_at(c->pipeline, SET_TABLE, e);
		}
	return 0;
}

int
run_read(struct run *run, char *const *file, struct hs_err *e)
{
	struct pipelines *p = &run->pipelines;

	for (; *file; file++)
		if (pipelines_read(p, *file, e) < 0)
			return -1;
	run->command = calloc(p->n, sizeof *run->command);
	run->file = calloc(p->n, sizeof *run->file);
	if (!run->command || !run->file)
		return hs_err_mem(e, "commands");
	while (run->n < p->n) {
		size_t i = run->n++;
		if (command_make(&run->command[i], &p->v[i], &run->site, e) <
			0 ||
		    check_target(run, i, e) < 0)
			return -1;
	}
	return 0;
}

/* Notes the command as sh would have it. */
static void
note_command(const struct command *c)
{
	struct hs_buf b = {0};

	shell_print(c, &b);
	for (const char *p = hs_buf_str(&b); p && *p;) {
		size_t n = strcspn(p, "\n");
		hs_tool_note("%.*s", (int)n, p);
		p += n + (p[n] == '\n');
	}
	hs_buf_free(&b);
}

/* Warnings and notes about a command, before anything runs. */
static void
remark(const struct command *c)
{
	const struct pipeline *p = c->pipeline;

	note_command(c);
	if (p->ignored)
		hs_tool_note("%s: %s: without meaning here: %s", p->file,
		    p->label, p->ignored);
	if (c->token && c->in_file && p->exposed)
		hs_tool_warn("%s: line %zu: others can read this file, and the "
			     "token in it; chmod 600 it or write "
			     "{HUBSPOT_API_KEY}",
		    p->file, p->set[SET_SOURCE].at.line);
	if (c->password)
		hs_tool_warn("%s: line %zu: everybody on this machine can see "
			     "the sink's password; write {VARIABLE} instead",
		    p->file, p->set[SET_SINK].at.line);
}

int
run_print(struct run *run, struct hs_err *e)
{
	struct hs_out out;

	hs_out_init(&out, STDOUT_FILENO, "standard output");
	for (size_t i = 0; i < run->n; i++) {
		remark(&run->command[i]);
		for (size_t j = 0; j < 2; j++)
			if (run->command[i].unset[j])
				hs_tool_warn("%s", run->command[i].unset[j]);
		shell_print(&run->command[i], &out.buf);
	}
	if (hs_buf_check(&out.buf, e, "a command") < 0 ||
	    hs_out_commit(&out, e) < 0)
		return -1;
	return hs_out_close(&out, e);
}

static void
show_line(void *arg, const char *label, struct hs_span line)
{
	struct run *run = arg;

	screen_line(&run->screen, label, line);
}

static void
show_progress(void *arg)
{
	struct run *run = arg;

	screen_draw(&run->screen, run->scheduler.job, run->scheduler.jobs);
}

/* With -q only failures are said. */
static void
say_job(const struct job *job)
{
	struct hs_buf b = {0};

	report_job(job, &b);
	if (b.failed)
		hs_tool_say("out of memory");
	else if (job->state == JOB_DONE && job->status == 0)
		hs_tool_warn("%.*s", (int)b.len, b.data);
	else
		hs_tool_say("%.*s", (int)b.len, b.data);
	hs_buf_free(&b);
}

/* The failed job's line as e. */
static int
fail(const struct job *worst, struct hs_err *e)
{
	struct hs_buf b = {0};

	report_job(worst, &b);
	if (hs_buf_check(&b, e, "the summary") == 0)
		hs_err_set(
		    e, (enum hs_kind)worst->status, "%.*s", (int)b.len, b.data);
	hs_buf_free(&b);
	return -1;
}

/* Prints a line for each pipeline.  The one that decides the status comes
 * last, so it is left to the caller. */
static int
summarize(struct run *run, struct hs_err *e)
{
	const struct scheduler *s = &run->scheduler;
	const struct job *worst = report_worst(s->job, s->jobs);

	screen_wipe(&run->screen);
	for (size_t i = 0; i < s->jobs; i++)
		if (&s->job[i] != worst || s->interrupted)
			say_job(&s->job[i]);
	if (report_close(&run->stats, s->job, s->jobs, e) < 0)
		return -1;
	run->signal = s->interrupted;
	if (!run->signal && worst && worst->status == 128 + SIGPIPE)
		run->signal = SIGPIPE;
	return worst ? fail(worst, e) : 0;
}

/* Pages on the terminal would be mixed with the progress. */
static bool
wants_progress(const struct run *run)
{
	if (run->quiet || !screen_possible())
		return false;
	for (size_t i = 0; i < run->n && isatty(STDOUT_FILENO); i++)
		if (run->command[i].to_stdout)
			return false;
	return true;
}

static int
start(struct run *run, struct hs_err *e)
{
	struct scheduler *s = &run->scheduler;

	for (size_t i = 0; i < run->n; i++) {
		remark(&run->command[i]);
		for (size_t j = 0; j < 2; j++)
			if (run->command[i].unset[j])
				return hs_err_set(e, HS_CONFIG, "%s",
				    run->command[i].unset[j]);
	}
	if (report_open(&run->stats, run->stats_file, e) < 0)
		return -1;
	s->job = calloc(run->n, sizeof *s->job);
	if (!s->job)
		return hs_err_mem(e, "jobs");
	s->jobs = run->n;
	bool progress = wants_progress(run);
	for (size_t i = 0; i < s->jobs; i++) {
		struct job *job = &s->job[i];
		job->command = &run->command[i];
		job->progress = progress;
		job->heard.line = show_line;
		job->heard.arg = run;
	}
	s->parallel = run->parallel;
	s->tick = progress ? show_progress : NULL;
	s->arg = run;
	s->signals = signals_open(e);
	return s->signals < 0 ? -1 : 0;
}

int
run_execute(struct run *run, struct hs_err *e)
{
	if (start(run, e) < 0 || scheduler_run(&run->scheduler, e) < 0)
		return -1;
	return summarize(run, e);
}

void
run_free(struct run *run)
{
	for (size_t i = 0; i < run->scheduler.jobs; i++)
		job_free(&run->scheduler.job[i]);
	free(run->scheduler.job);
	for (size_t i = 0; i < run->n; i++) {
		command_free(&run->command[i]);
		free(run->file[i]);
	}
	free(run->command);
	free(run->file);
	pipelines_free(&run->pipelines);
	depots_free(&run->site.depots);
}
