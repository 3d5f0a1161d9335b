/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* The processes and pipes of one pipeline. */
#include "spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "child.h"

/* The descriptors while the stages are started; -1: not open. */
struct ends {
	int in, out;	 /* of the stage that is started */
	int err[2];	 /* its standard error */
	int next;	 /* the next stage's in */
	int stats[2];	 /* of the first stage */
	int progress[2]; /* of all stages */
};

static void
close_if(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static void
name_fd(char text[32], int fd)
{
	snprintf(text, 32, "/dev/fd/%d", fd);
}

/* Lets the program that the child becomes have the descriptor. */
static void
hand_on(int fd)
{
	if (fd >= 0)
		fcntl(fd, F_SETFD, 0);
}

/* What a stage gets besides its standard descriptors. */
struct extra {
	const struct ends *ends;
	const char *token;  /* or NULL */
	const char *secret; /* or NULL */
	const char *secret_name;
};

static int
prepare(const void *data)
{
	const struct extra *more = data;
	const struct ends *x = more->ends;
	char name[32];

	hand_on(x->stats[1]);
	hand_on(x->progress[1]);
	name_fd(name, x->progress[1]);
	if (x->progress[1] >= 0 && setenv("HS_PROGRESS", name, 1) < 0)
		return -1;
	if (more->secret && setenv(more->secret_name, more->secret, 1) < 0)
		return -1;
	return more->token ? setenv("HUBSPOT_API_KEY", more->token, 1) : 0;
}

/* A pipe that hs-run reads. */
static int
open_pipe(int fd[2])
{
	if (pipe2(fd, O_CLOEXEC) < 0)
		return -1;
	return fcntl(fd[0], F_SETFL, O_NONBLOCK);
}

static int
open_ends(struct ends *x, bool first, bool last)
{
	int between[2];

	x->in = first ? open("/dev/null", O_RDONLY | O_CLOEXEC) : x->next;
	x->next = -1;
	if (x->in < 0 || open_pipe(x->err) < 0)
		return -1;
	if (first && open_pipe(x->stats) < 0)
		return -1;
	if (last) {
		x->out = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
		return x->out < 0 ? -1 : 0;
	}
	if (pipe2(between, O_CLOEXEC) < 0)
		return -1;
	x->next = between[0];
	x->out = between[1];
	return 0;
}

/* The stage's arguments; the first stage has an option that the shell's has
 * not. */
static void
fill_argv(char **argv, const struct stage *s, bool first, char *stats)
{
	static char option[] = "--stats";
	size_t n = 0;

	argv[n++] = s->argv[0];
	if (first && access(stats, F_OK) == 0) {
		argv[n++] = option;
		argv[n++] = stats;
	}
	for (char *const *a = s->argv + 1; *a; a++)
		argv[n++] = *a;
	argv[n] = NULL;
}

static int
start_stage(struct children *c, const struct command *command, struct ends *x)
{
	const struct stage *s = &command->stage[c->n];
	bool last = c->n + 1 == command->stages;
	struct extra more = {x, c->n == 0 ? command->token : NULL,
	    last ? command->secret : NULL, command->secret_name};
	char *argv[ARGS_MAX + 2], stats[32];

	name_fd(stats, x->stats[1]);
	fill_argv(argv, s, c->n == 0, stats);
	pid_t pid = hs_child_start(&(struct hs_child){.path = s->path,
	    .argv = argv,
	    .in = x->in,
	    .out = x->out,
	    .err = x->err[1],
	    .group = c->group,
	    .parent = "hs-run",
	    .prepare = prepare,
	    .data = &more});
	if (pid < 0)
		return -1;
	/* Parent and child both make the group, whichever is first. */
	if (c->n == 0)
		c->group = pid;
	setpgid(pid, c->group);
	c->v[c->n++] = (struct child){.pid = pid, .err = x->err[0]};
	x->err[0] = -1;
	return 0;
}

static int
start(struct children *c, const struct command *command, struct ends *x)
{
	for (size_t i = 0; i < command->stages; i++) {
		if (open_ends(x, i == 0, i + 1 == command->stages) < 0 ||
		    start_stage(c, command, x) < 0)
			return -1;
		if (i == 0) {
			c->stats = x->stats[0];
			x->stats[0] = -1;
		}
		close_if(&x->stats[1]);
		close_if(&x->in);
		close_if(&x->out);
		close_if(&x->err[1]);
	}
	c->progress = x->progress[0];
	x->progress[0] = -1;
	close_if(&x->progress[1]);
	return 0;
}

int
children_start(struct children *c, const struct command *command, bool progress,
    struct hs_err *e)
{
	struct ends x = {-1, -1, {-1, -1}, -1, {-1, -1}, {-1, -1}};

	*c = CHILDREN_NONE;
	if ((!progress || open_pipe(x.progress) == 0) &&
	    start(c, command, &x) == 0)
		return 0;
	hs_err_set(e, HS_SYSTEM, "cannot start %s: %s",
	    command->stage[c->n].argv[0], strerror(errno));
	int *fd[] = {&x.in, &x.out, &x.err[0], &x.err[1], &x.next, &x.stats[0],
	    &x.stats[1], &x.progress[0], &x.progress[1]};
	for (size_t i = 0; i < sizeof fd / sizeof *fd; i++)
		close_if(fd[i]);
	children_kill(c, SIGKILL);
	children_reap(c);
	return -1;
}

static void
check(struct child *k)
{
	siginfo_t info = {0};

	if (k->ended ||
	    waitid(P_PID, (id_t)k->pid, &info, WEXITED | WNOHANG | WNOWAIT) <
		0 ||
	    info.si_pid != k->pid)
		return;
	k->ended = true;
	k->signal = info.si_code == CLD_EXITED ? 0 : info.si_status;
	k->status = k->signal ? 128 + k->signal : info.si_status;
}

bool
children_check(struct children *c)
{
	bool all = true;

	for (size_t i = 0; i < c->n; i++) {
		check(&c->v[i]);
		all = all && c->v[i].ended;
	}
	return all;
}

void
child_stop(struct child *child)
{
	if (child->ended)
		return;
	child->stopped = true;
	kill(child->pid, SIGTERM);
}

void
children_kill(const struct children *c, int signal)
{
	if (c->n > 0)
		kill(-c->group, signal);
}

void
children_reap(struct children *c)
{
	for (size_t i = 0; i < c->n; i++) {
		while (waitpid(c->v[i].pid, NULL, 0) < 0 && errno == EINTR)
			continue;
		close_if(&c->v[i].err);
	}
	close_if(&c->stats);
	close_if(&c->progress);
	c->n = 0;
}
