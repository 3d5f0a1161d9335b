/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* One run of a command. */
#include "job.h"

#include <signal.h>
#include <stdio.h>

#include "clock.h"
#include "err.h"
#include "paths.h"

#define SIGPIPE_STATUS (128 + SIGPIPE)

/* How long the neighbours of a failed stage have to end on their own; and how
 * long any stage has between being asked and being killed. */
#define PATIENCE (2 * HS_SECOND)
#define GRACE (5 * HS_SECOND)

static void
end(struct job *job, int status, const char *failed, const char *message)
{
	job->status = status;
	job->failed = failed;
	snprintf(job->message, sizeof job->message, "%s", message);
	job->taken = hs_now() - job->begun;
	job->state = JOB_DONE;
}

void
job_start(struct job *job)
{
	const struct command *c = job->command;
	struct hs_err e;

	job->begun = hs_now();
	job->records = -1;
	job->state = JOB_RUNNING;
	job->children = CHILDREN_NONE;
	job->heard.command = c;
	heard_init(&job->heard);
	if (c->schema_new)
		sweep_files(c->schema_new);
	if ((c->dir && make_folders(c->dir, &e) < 0) ||
	    children_start(&job->children, c, job->progress, &e) < 0)
		end(job, (int)e.kind, NULL, e.text);
}

static void
name_signal(char *text, size_t size, int signal)
{
	static const struct {
		int signal;
		const char *name;
	} known[] = {{SIGHUP, "HUP"}, {SIGINT, "INT"}, {SIGQUIT, "QUIT"},
	    {SIGILL, "ILL"}, {SIGABRT, "ABRT"}, {SIGBUS, "BUS"},
	    {SIGFPE, "FPE"}, {SIGKILL, "KILL"}, {SIGSEGV, "SEGV"},
	    {SIGALRM, "ALRM"}, {SIGTERM, "TERM"}, {SIGXCPU, "XCPU"},
	    {SIGXFSZ, "XFSZ"}, {SIGSYS, "SYS"}};

	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (known[i].signal == signal) {
			snprintf(text, size, "killed by SIG%s", known[i].name);
			return;
		}
	snprintf(text, size, "killed by signal %d", signal);
}

static bool
is_broken_pipe(const struct child *k)
{
	return k->status == SIGPIPE_STATUS;
}

/* The verdict is stage i's failure. */
static void
blame(struct job *job, size_t i)
{
	const struct child *k = &job->children.v[i];
	const char *program = job->command->stage[i].argv[0];
	const char *message = job->heard.speech[i].message;
	char text[64];

	if (k->signal) {
		name_signal(text, sizeof text, k->signal);
		end(job, HS_SYSTEM, program, text);
	} else if (*message) {
		end(job, k->status, program, message);
	} else {
		snprintf(text, sizeof text, "exit status %d", k->status);
		end(job, k->status, program, text);
	}
}

/* Whether stage i failed on its own. */
static bool
is_fault(const struct children *c, size_t i)
{
	const struct child *k = &c->v[i];

	if (k->status == 0)
		return i > 0 && is_broken_pipe(&c->v[i - 1]);
	return !is_broken_pipe(k) && !k->stopped;
}

/* Fills in the verdict. */
static void
judge(struct job *job)
{
	const struct children *c = &job->children;
	const struct child *last = &c->v[c->n - 1];
	size_t i = 0;

	job->records = heard_records(&job->heard);
	job->kept = job->command->dir && last->status != 0;
	while (i < c->n && !is_fault(c, i))
		i++;
	if (job->interrupted && (i < c->n || last->status != 0))
		end(job, HS_SYSTEM, NULL, "interrupted");
	else if (i < c->n && c->v[i].status != 0)
		blame(job, i);
	else if (i < c->n)
		end(job, HS_DATA, job->command->stage[i].argv[0],
		    "it ended before the stream did, so it has read only "
		    "a part");
	else if (is_broken_pipe(last))
		end(job, SIGPIPE_STATUS, NULL,
		    "standard output was closed by its reader");
	else
		end(job, 0, NULL, "");
}

/* How many stages there are up to the last one that has failed. */
static size_t
find_failed(const struct children *c)
{
	size_t n = c->n;

	while (n > 0 && !(c->v[n - 1].ended && c->v[n - 1].status != 0))
		n--;
	return n;
}

static void
kill_stopped(const struct job *job)
{
	const struct children *c = &job->children;

	for (size_t i = 0; i < c->n; i++)
		if (!c->v[i].ended && c->v[i].stopped)
			kill(c->v[i].pid, SIGKILL);
	if (job->interrupted)
		children_kill(c, SIGKILL);
}

/* A stage that waits for the network and writes nothing does not notice that
 * a later one has failed.  After a while those before the failed one are asked
 * to end, then killed. */
static void
hurry(struct job *job)
{
	struct children *c = &job->children;
	size_t failed = find_failed(c);
	bool asked = job->interrupted;

	for (size_t i = 0; i < c->n; i++)
		asked = asked || c->v[i].stopped;
	if (job->deadline == 0 && failed > 0)
		job->deadline = hs_now() + PATIENCE;
	if (job->deadline == 0 || hs_now() < job->deadline)
		return;
	if (asked)
		kill_stopped(job);
	for (size_t i = 0; !asked && i + 1 < failed; i++)
		child_stop(&c->v[i]);
	job->deadline = hs_now() + GRACE;
}

/* Puts the schema in place if the table has been published. */
static void
publish_schema(struct job *job)
{
	const struct command *c = job->command;
	struct hs_err e;

	if (!job->kept && replace_file(c->schema_new, c->schema, &e) == 0)
		return;
	discard_file(c->schema_new);
	if (job->status != 0)
		return;
	hs_err_at(&e, "%s is new, but not its schema", c->target);
	end(job, (int)e.kind, NULL, e.text);
}

void
job_look(struct job *job)
{
	struct children *c = &job->children;

	listen_to(&job->heard, c, 4);
	bool all = children_check(c);
	if (c->v[0].ended && job->fetched == 0)
		job->fetched = hs_now();
	if (!all) {
		hurry(job);
		return;
	}
	/* Their last words are in the pipes by now. */
	listen_to_end(&job->heard, c);
	judge(job);
	/* After a failure nothing may go on that a stage has started. */
	if (job->status != 0)
		children_kill(c, SIGKILL);
	children_reap(c);
	if (job->command->schema)
		publish_schema(job);
}

void
job_interrupt(struct job *job, int signal)
{
	if (job->state != JOB_RUNNING)
		return;
	children_kill(&job->children, job->interrupted ? SIGKILL : signal);
	job->interrupted = true;
	job->deadline = hs_now() + GRACE;
}

void
job_free(struct job *job)
{
	heard_free(&job->heard);
}
