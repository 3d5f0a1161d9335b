/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Several jobs at once. */
#include "scheduler.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define TICK 1000 /* ms */

static size_t
count_running(const struct scheduler *r)
{
	size_t n = 0;

	for (size_t i = 0; i < r->jobs; i++)
		n += r->job[i].state == JOB_RUNNING;
	return n;
}

static bool
is_stdout_taken(const struct scheduler *r)
{
	for (size_t i = 0; i < r->jobs; i++)
		if (r->job[i].state == JOB_RUNNING &&
		    r->job[i].command->to_stdout)
			return true;
	return false;
}

static void
start_jobs(struct scheduler *r)
{
	for (size_t i = 0; i < r->jobs && !r->interrupted; i++) {
		struct job *job = &r->job[i];
		if (job->state != JOB_WAITING ||
		    (job->command->to_stdout && is_stdout_taken(r)))
			continue;
		if (count_running(r) >= r->parallel)
			return;
		job_start(job);
	}
}

/* The descriptors that may have something for us. */
static nfds_t
gather(const struct scheduler *r, struct pollfd *p)
{
	nfds_t n = 0;

	p[n++] = (struct pollfd){.fd = r->signals, .events = POLLIN};
	for (size_t i = 0; i < r->jobs; i++) {
		const struct children *c = &r->job[i].children;
		if (r->job[i].state != JOB_RUNNING)
			continue;
		if (c->stats >= 0)
			p[n++] = (struct pollfd){c->stats, POLLIN, 0};
		for (size_t j = 0; j < c->n; j++)
			if (c->v[j].err >= 0)
				p[n++] =
				    (struct pollfd){c->v[j].err, POLLIN, 0};
	}
	return n;
}

/* Milliseconds until somebody has to be looked at in any case; -1: never. */
static int
find_timeout(const struct scheduler *r)
{
	long long wait = r->tick ? TICK : -1;

	for (size_t i = 0; i < r->jobs; i++) {
		const struct job *job = &r->job[i];
		if (job->state != JOB_RUNNING || job->deadline == 0)
			continue;
		long long left = job->deadline - job_clock();
		left = left < 0 ? 0 : left;
		wait = wait < 0 || left < wait ? left : wait;
	}
	return (int)wait;
}

static void
kill_all(struct scheduler *r, int signal)
{
	for (size_t i = 0; i < r->jobs; i++)
		if (r->job[i].state == JOB_RUNNING)
			children_kill(&r->job[i].children, signal);
}

static void
handle(struct scheduler *r, int signal)
{
	if (signal == SIGCHLD)
		return;
	if (signal == SIGTSTP) {
		/* The children are in groups of their own, which the
		 * terminal's Ctrl-Z does not reach. */
		kill_all(r, SIGSTOP);
		kill(getpid(), SIGSTOP);
		kill_all(r, SIGCONT);
		return;
	}
	if (!r->interrupted)
		r->interrupted = signal;
	for (size_t i = 0; i < r->jobs; i++)
		job_interrupt(&r->job[i], signal);
}

static void
read_signals(struct scheduler *r)
{
	unsigned char byte[64];
	ssize_t n;

	while ((n = read(r->signals, byte, sizeof(byte))) > 0 ||
	       (n < 0 && errno == EINTR))
		for (ssize_t i = 0; i < n; i++)
			handle(r, byte[i]);
}

static int
turn(struct scheduler *r, struct pollfd *p, struct hs_err *e)
{
	if (poll(p, gather(r, p), find_timeout(r)) < 0 && errno != EINTR)
		return hs_err_set(e, HS_SYSTEM, "cannot wait for programs: %s",
		    strerror(errno));
	read_signals(r);
	for (size_t i = 0; i < r->jobs; i++)
		if (r->job[i].state == JOB_RUNNING)
			job_look(&r->job[i], r->line, r->arg);
	start_jobs(r);
	return 0;
}

int
scheduler_run(struct scheduler *r, struct hs_err *e)
{
	size_t each = STAGES_MAX + 1;
	struct pollfd *p = calloc(1 + r->parallel * each, sizeof(*p));
	long long ticked = job_clock();
	int rc = 0;

	if (!p) {
		hs_err_mem(e, "the runner");
		return -1;
	}
	start_jobs(r);
	while (rc == 0 && count_running(r) > 0) {
		rc = turn(r, p, e);
		if (r->tick && job_clock() - ticked >= TICK) {
			ticked = job_clock();
			r->tick(r->arg);
		}
	}
	if (rc < 0)
		kill_all(r, SIGKILL);
	for (size_t i = 0; rc < 0 && i < r->jobs; i++)
		if (r->job[i].state == JOB_RUNNING)
			children_reap(&r->job[i].children);
	free(p);
	return rc;
}
