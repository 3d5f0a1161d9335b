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

#include "clock.h"

#define TICK HS_SECOND

static size_t
count_running(const struct scheduler *s)
{
	size_t n = 0;

	for (size_t i = 0; i < s->jobs; i++)
		n += s->job[i].state == JOB_RUNNING;
	return n;
}

static bool
is_stdout_taken(const struct scheduler *s)
{
	for (size_t i = 0; i < s->jobs; i++)
		if (s->job[i].state == JOB_RUNNING &&
		    s->job[i].command->to_stdout)
			return true;
	return false;
}

static void
start_jobs(struct scheduler *s)
{
	for (size_t i = 0; i < s->jobs && !s->interrupted; i++) {
		struct job *job = &s->job[i];
		if (job->state != JOB_WAITING ||
		    (job->command->to_stdout && is_stdout_taken(s)))
			continue;
		if (count_running(s) >= s->parallel)
			return;
		job_start(job);
	}
}

static void
add(struct pollfd *p, nfds_t *n, int fd)
{
	if (fd >= 0)
		p[(*n)++] = (struct pollfd){.fd = fd, .events = POLLIN};
}

/* Lists the descriptors that may have something to read. */
static nfds_t
gather(const struct scheduler *s, struct pollfd *p)
{
	nfds_t n = 0;

	add(p, &n, s->signals);
	for (size_t i = 0; i < s->jobs; i++) {
		const struct children *c = &s->job[i].children;
		if (s->job[i].state != JOB_RUNNING)
			continue;
		add(p, &n, c->stats);
		add(p, &n, c->progress);
		for (size_t j = 0; j < c->n; j++)
			add(p, &n, c->v[j].err);
	}
	return n;
}

/* Milliseconds until the next tick or deadline; -1: there is none. */
static int
find_timeout(const struct scheduler *s)
{
	int64_t wait = s->tick ? TICK : -1;

	for (size_t i = 0; i < s->jobs; i++) {
		const struct job *job = &s->job[i];
		if (job->state != JOB_RUNNING || job->deadline == 0)
			continue;
		int64_t left = job->deadline - hs_now();
		left = left < 0 ? 0 : left;
		wait = wait < 0 || left < wait ? left : wait;
	}
	return wait < 0 ? -1 : (int)((wait + HS_MS - 1) / HS_MS);
}

static void
kill_all(struct scheduler *s, int signal)
{
	for (size_t i = 0; i < s->jobs; i++)
		if (s->job[i].state == JOB_RUNNING)
			children_kill(&s->job[i].children, signal);
}

static void
handle(struct scheduler *s, int signal)
{
	if (signal == SIGCHLD)
		return;
	if (signal == SIGTSTP) {
		/* The terminal's Ctrl-Z does not reach the children, which
		 * have groups of their own. */
		kill_all(s, SIGSTOP);
		kill(getpid(), SIGSTOP);
		kill_all(s, SIGCONT);
		return;
	}
	if (!s->interrupted)
		s->interrupted = signal;
	for (size_t i = 0; i < s->jobs; i++)
		job_interrupt(&s->job[i], signal);
}

static void
read_signals(struct scheduler *s)
{
	unsigned char byte[64];
	ssize_t n;

	while ((n = read(s->signals, byte, sizeof byte)) > 0 ||
	       (n < 0 && errno == EINTR))
		for (ssize_t i = 0; i < n; i++)
			handle(s, byte[i]);
}

static int
turn(struct scheduler *s, struct pollfd *p, struct hs_err *e)
{
	if (poll(p, gather(s, p), find_timeout(s)) < 0 && errno != EINTR)
		return hs_err_set(e, HS_SYSTEM, "cannot wait for programs: %s",
		    strerror(errno));
	read_signals(s);
	for (size_t i = 0; i < s->jobs; i++)
		if (s->job[i].state == JOB_RUNNING)
			job_look(&s->job[i]);
	start_jobs(s);
	return 0;
}

int
scheduler_run(struct scheduler *s, struct hs_err *e)
{
	const size_t each = STAGES_MAX + 2;
	struct pollfd *p = calloc(1 + s->parallel * each, sizeof *p);
	int64_t ticked = hs_now();
	int rc = 0;

	if (!p)
		return hs_err_mem(e, "the scheduler");
	start_jobs(s);
	while (rc == 0 && count_running(s) > 0) {
		rc = turn(s, p, e);
		if (s->tick && hs_now() - ticked >= TICK) {
			ticked = hs_now();
			s->tick(s->arg);
		}
	}
	if (rc < 0)
		kill_all(s, SIGKILL);
	for (size_t i = 0; rc < 0 && i < s->jobs; i++)
		if (s->job[i].state == JOB_RUNNING)
			children_reap(&s->job[i].children);
	free(p);
	return rc;
}
