/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Starts programs. */
#include "child.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

#include "err.h"

/* What the parent catches has its default action again, and nothing is
 * blocked. */
static void
reset_signals(void)
{
	sigset_t none;

	for (int i = 1; i < NSIG; i++) {
		struct sigaction old;
		if (sigaction(i, NULL, &old) == 0 &&
		    old.sa_handler != SIG_IGN && old.sa_handler != SIG_DFL)
			signal(i, SIG_DFL);
	}
	signal(SIGPIPE, SIG_DFL);
	signal(SIGXFSZ, SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

static void
join_group(pid_t group)
{
	if (group == HS_CHILD_SAME_GROUP)
		return;
	setpgid(0, group);
	/* The group is not the terminal's.  Reading from the terminal, and
	 * after `stty tostop` writing to it, would stop the program, and the
	 * parent would wait for it. */
	signal(SIGTTOU, SIG_IGN);
	signal(SIGTTIN, SIG_IGN);
}

/* What the child does up to its exec. */
static _Noreturn void
become(const struct hs_child *c, pid_t parent)
{
	join_group(c->group);
#ifdef __linux__
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (getppid() != parent)
		_exit(HS_SYSTEM);
#else
	(void)parent;
#endif
	reset_signals();
	if (dup2(c->in, STDIN_FILENO) < 0 || dup2(c->out, STDOUT_FILENO) < 0 ||
	    dup2(c->err, STDERR_FILENO) < 0)
		_exit(HS_SYSTEM);
	if (!c->prepare || c->prepare(c->data) == 0)
		execv(c->path, c->argv);
	dprintf(STDERR_FILENO, "%s: cannot run %s: %s\n", c->parent, c->path,
	    strerror(errno));
	_exit(HS_SYSTEM);
}

pid_t
hs_child_start(const struct hs_child *c)
{
	pid_t parent = getpid();
	sigset_t all, before;

	/* Until it has reset them, the child has the parent's handlers, which
	 * must not run in it. */
	sigfillset(&all);
	sigprocmask(SIG_SETMASK, &all, &before);
	pid_t pid = fork();
	if (pid == 0)
		become(c, parent);
	int saved = errno;
	sigprocmask(SIG_SETMASK, &before, NULL);
	errno = saved;
	return pid;
}
