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
#ifdef __linux__
#include <sys/prctl.h>
#endif

#include "signals.h"

/* Descriptors of the stage that is being started. */
struct ends {
	int in, out; /* of the stage */
	int err[2];
	int stats[2]; /* of the first stage */
	int next;     /* the next stage's in */
};

static void
close_if(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

/* The child, up to its program: only calls that are safe after fork(), bar
 * setenv(), which is since we have but one thread. */
static _Noreturn void
become(const struct stage *s, char *const *argv, const char *token,
    const struct ends *x, pid_t group, pid_t parent)
{
	setpgid(0, group);
#ifdef __linux__
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (getppid() != parent)
		_exit(HS_SYSTEM);
#else
	(void)parent;
#endif
	signal(SIGXFSZ, SIG_DFL);
	/* Its group is not the terminal's: after `stty tostop` what it writes
	 * there would stop it, as reading always does, and us with it. */
	signal(SIGTTOU, SIG_IGN);
	signal(SIGTTIN, SIG_IGN);
	signals_reset();
	if (dup2(x->in, STDIN_FILENO) < 0 || dup2(x->out, STDOUT_FILENO) < 0 ||
	    dup2(x->err[1], STDERR_FILENO) < 0)
		_exit(HS_SYSTEM);
	if (x->stats[1] >= 0)
		fcntl(x->stats[1], F_SETFD, 0);
	if (!token || setenv("HUBSPOT_API_KEY", token, 1) == 0)
		execv(s->path, argv);
	dprintf(STDERR_FILENO, "hs-run: cannot run %s: %s\n", s->path,
	    strerror(errno));
	_exit(HS_SYSTEM);
}

static int
pipe_of_ours(int fd[2])
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
	if (x->in < 0 || pipe_of_ours(x->err) < 0)
		return -1;
	if (first && pipe_of_ours(x->stats) < 0)
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

static int
start_stage(struct children *c, const struct command *command, struct ends *x)
{
	const struct stage *s = &command->stage[c->n];
	char *argv[ARGS_MAX + 2], stats[32], option[] = "--stats";
	size_t n = 0;
	pid_t parent = getpid();

	/* The first stage's options, with one that the shell's has not. */
	argv[n++] = s->argv[0];
	snprintf(stats, sizeof(stats), "/dev/fd/%d", x->stats[1]);
	if (c->n == 0 && access(stats, F_OK) == 0) {
		argv[n++] = option;
		argv[n++] = stats;
	}
	for (char *const *a = s->argv + 1; *a; a++)
		argv[n++] = *a;
	argv[n] = NULL;
	sigset_t before;
	signals_block(&before);
	pid_t pid = fork();
	if (pid == 0)
		become(s, argv, c->n == 0 ? command->token : NULL, x, c->group,
		    parent);
	sigprocmask(SIG_SETMASK, &before, NULL);
	if (pid < 0)
		return -1;
	/* Whoever comes first of us and the child makes the group. */
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
	return 0;
}

int
children_start(
    struct children *c, const struct command *command, struct hs_err *e)
{
	struct ends x = {-1, -1, {-1, -1}, {-1, -1}, -1};

	*c = (struct children){.stats = -1};
	if (start(c, command, &x) == 0)
		return 0;
	hs_err_set(e, HS_SYSTEM, "cannot start %s: %s",
	    command->stage[c->n].argv[0], strerror(errno));
	int *fd[] = {&x.in, &x.out, &x.err[0], &x.err[1], &x.stats[0],
	    &x.stats[1], &x.next};
	for (size_t i = 0; i < sizeof(fd) / sizeof(*fd); i++)
		close_if(fd[i]);
	children_kill(c, SIGKILL);
	children_reap(c);
	return -1;
}

bool
children_check(struct children *c)
{
	bool all = true;

	for (size_t i = 0; i < c->n; i++) {
		struct child *k = &c->v[i];
		siginfo_t info = {0};
		if (!k->ended &&
		    waitid(P_PID, (id_t)k->pid, &info,
			WEXITED | WNOHANG | WNOWAIT) == 0 &&
		    info.si_pid == k->pid) {
			k->ended = true;
			k->signal =
			    info.si_code == CLD_EXITED ? 0 : info.si_status;
			k->status =
			    k->signal ? 128 + k->signal : info.si_status;
		}
		all = all && k->ended;
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
	c->n = 0;
}
