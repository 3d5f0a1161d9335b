/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* One run of a command. */
#include "job.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "paths.h"
#include "scan.h"

#define STATS_MAX ((size_t)65536)
#define SIGPIPE_STATUS (128 + SIGPIPE)

long long
job_clock(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (long long)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void
end(struct job *job, int status, const char *failed, const char *message)
{
	job->status = status;
	job->failed = failed;
	snprintf(job->message, sizeof(job->message), "%s", message);
	job->taken = job_clock() - job->begun;
	job->state = JOB_DONE;
}

void
job_start(struct job *job)
{
	struct hs_err e;

	job->begun = job_clock();
	job->records = -1;
	job->stats.max = STATS_MAX;
	job->state = JOB_RUNNING;
	if ((job->command->dir && make_folders(job->command->dir, &e) < 0) ||
	    children_start(&job->children, job->command, &e) < 0)
		end(job, (int)e.kind, NULL, e.text);
}

/* Remembers what may turn out to be the stage's last word. */
static void
remember(struct speech *s, const char *program, struct hs_span line)
{
	size_t n = strlen(program);
	bool named = line.len > n + 2 && memcmp(line.p, program, n) == 0 &&
		     memcmp(line.p + n, ": ", 2) == 0;
	bool usage = line.len > 6 && memcmp(line.p, "usage:", 6) == 0;

	if (line.len == 0 || usage || (s->named && !named))
		return;
	if (named)
		line = hs_span(line.p + n + 2, line.len - n - 2);
	s->named = named;
	snprintf(s->message, sizeof(s->message), "%.*s", (int)line.len, line.p);
}

static void
say(struct job *job, size_t i, job_line *line, void *arg)
{
	struct speech *s = &job->speech[i];

	remember(s, job->command->stage[i].argv[0], hs_buf_span(&s->line));
	line(arg, job, hs_buf_span(&s->line));
	hs_buf_clear(&s->line);
}

/* Adds what was read to the stage's line.  The buffer is made for a line
 * before the first byte, so that memory cannot run out here. */
static void
hear(struct job *job, size_t i, const char *p, size_t n, job_line *line,
    void *arg)
{
	struct speech *s = &job->speech[i];

	if (hs_buf_reserve(&s->line, JOB_LINE - s->line.len) < 0)
		return;
	for (; n > 0; p++, n--) {
		if (*p != '\n')
			s->line.data[s->line.len++] = *p;
		if (*p == '\n' || s->line.len == JOB_LINE)
			say(job, i, line, arg);
	}
}

/* Reads a descriptor as far as there is something; closes it at its end. */
static size_t
take(int *fd, char *p, size_t size)
{
	ssize_t n = -1;

	while (*fd >= 0 && (n = read(*fd, p, size)) < 0 && errno == EINTR)
		continue;
	if (n > 0)
		return (size_t)n;
	if (*fd >= 0 && (n == 0 || (errno != EAGAIN && errno != EWOULDBLOCK))) {
		close(*fd);
		*fd = -1;
	}
	return 0;
}

/* At most rounds blocks of each stage: one that never stops talking must not
 * keep us from the others. */
static void
listen_to(struct job *job, int rounds, job_line *line, void *arg)
{
	char block[16384];
	size_t n;

	for (size_t i = 0; i < job->children.n; i++)
		for (int r = 0; r < rounds; r++) {
			n = take(&job->children.v[i].err, block, sizeof(block));
			if (n == 0)
				break;
			hear(job, i, block, n, line, arg);
		}
	while ((n = take(&job->children.stats, block, sizeof(block))) > 0)
		if (hs_buf_add(&job->stats, block, n) < 0)
			break;
}

/* The number of records in the first stage's statistics; -1 without. */
static long long
count_records(const struct job *job)
{
	struct hs_span key, value;
	struct hs_scan s;
	long long records = -1;
	char number[20];

	hs_scan_init(&s, hs_buf_span(&job->stats));
	if (hs_scan_enter(&s, '{') < 0)
		return -1;
	while (hs_scan_member(&s, &key) > 0) {
		if (hs_scan_value(&s, &value) < 0)
			return -1;
		if (!hs_scan_is(key, "records") || value.len >= sizeof(number))
			continue;
		memcpy(number, value.p, value.len);
		number[value.len] = '\0';
		char *rest;
		records = strtoll(number, &rest, 10);
		if (*rest || records < 0)
			return -1;
	}
	return records;
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

	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
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

static void
blame(struct job *job, size_t i)
{
	const struct child *k = &job->children.v[i];
	const char *program = job->command->stage[i].argv[0];
	char text[64];

	if (k->signal) {
		name_signal(text, sizeof(text), k->signal);
		end(job, HS_SYSTEM, program, text);
	} else if (*job->speech[i].message) {
		end(job, k->status, program, job->speech[i].message);
	} else {
		snprintf(text, sizeof(text), "exit status %d", k->status);
		end(job, k->status, program, text);
	}
}

/* Whether stage i is what the pipeline failed of. */
static bool
is_fault(const struct children *c, size_t i)
{
	const struct child *k = &c->v[i];

	if (k->status == 0)
		return i > 0 && is_broken_pipe(&c->v[i - 1]);
	return !is_broken_pipe(k) && !k->stopped;
}

static void
judge(struct job *job)
{
	const struct children *c = &job->children;
	size_t i = 0;

	job->records = count_records(job);
	job->kept = job->command->dir && c->v[c->n - 1].status != 0;
	while (i < c->n && !is_fault(c, i))
		i++;
	if (job->interrupted && (i < c->n || c->v[c->n - 1].status != 0))
		end(job, HS_SYSTEM, NULL, "interrupted");
	else if (i < c->n && c->v[i].status != 0)
		blame(job, i);
	else if (i < c->n)
		end(job, HS_DATA, job->command->stage[i].argv[0],
		    "it ended before the stream did, so it has read a part "
		    "only");
	else if (is_broken_pipe(&c->v[c->n - 1]))
		end(job, SIGPIPE_STATUS, NULL,
		    "standard output was closed by its reader");
	else
		end(job, 0, NULL, "");
}

/* A later stage's failure is not noticed by one that waits for the network
 * and writes nothing: after a while those before it are asked to end, then
 * made to. */
static void
be_firm(struct job *job)
{
	struct children *c = &job->children;
	size_t failed = c->n;
	bool asked = job->interrupted;

	while (failed > 0 &&
	       !(c->v[failed - 1].ended && c->v[failed - 1].status != 0))
		failed--;
	for (size_t i = 0; i < c->n; i++)
		asked = asked || c->v[i].stopped;
	if (job->deadline == 0 && failed > 0)
		job->deadline = job_clock() + JOB_PATIENCE;
	if (job->deadline == 0 || job_clock() < job->deadline)
		return;
	if (asked) {
		for (size_t i = 0; i < c->n; i++)
			if (!c->v[i].ended && c->v[i].stopped)
				kill(c->v[i].pid, SIGKILL);
		if (job->interrupted)
			children_kill(c, SIGKILL);
	} else {
		for (size_t i = 0; i + 1 < failed; i++)
			child_stop(&c->v[i]);
	}
	job->deadline = job_clock() + JOB_GRACE;
}

void
job_look(struct job *job, job_line *line, void *arg)
{
	listen_to(job, 4, line, arg);
	if (!children_check(&job->children)) {
		be_firm(job);
		return;
	}
	/* Their last words are in the pipes by now. */
	listen_to(job, 64, line, arg);
	for (size_t i = 0; i < job->children.n; i++)
		if (job->speech[i].line.len > 0)
			say(job, i, line, arg);
	judge(job);
	/* What a stage has left behind ends with a pipeline that failed. */
	if (job->status != 0)
		children_kill(&job->children, SIGKILL);
	children_reap(&job->children);
}

void
job_interrupt(struct job *job, int signal)
{
	if (job->state != JOB_RUNNING)
		return;
	children_kill(&job->children, job->interrupted ? SIGKILL : signal);
	job->interrupted = true;
	job->deadline = job_clock() + JOB_GRACE;
}

void
job_free(struct job *job)
{
	for (size_t i = 0; i < STAGES_MAX; i++)
		hs_buf_free(&job->speech[i].line);
	hs_buf_free(&job->stats);
}
