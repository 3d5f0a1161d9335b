/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Signals through a pipe. */
#include "signals.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

static const int watched[] = {SIGCHLD, SIGINT, SIGTERM, SIGHUP, SIGTSTP};
#define WATCHED (sizeof watched / sizeof *watched)

/* Global, since a handler gets nothing but the signal. */
static int wake = -1;

static void
tell(int signal)
{
	unsigned char byte = (unsigned char)signal;
	int saved = errno;

	/* A full pipe wakes its reader, too. */
	if (write(wake, &byte, 1) < 0)
		errno = saved;
	errno = saved;
}

int
signals_open(struct hs_err *e)
{
	sigset_t set;
	int fd[2];

	if (pipe2(fd, O_CLOEXEC | O_NONBLOCK) < 0)
		return hs_err_set(
		    e, HS_SYSTEM, "cannot make a pipe: %s", strerror(errno));
	wake = fd[1];
	sigemptyset(&set);
	for (size_t i = 0; i < WATCHED; i++) {
		struct sigaction new = {.sa_handler = tell}, old;
		new.sa_flags = SA_RESTART;
		sigaction(watched[i], NULL, &old);
		if (watched[i] == SIGCHLD || old.sa_handler != SIG_IGN)
			sigaction(watched[i], &new, NULL);
		sigaddset(&set, watched[i]);
	}
	signal(SIGPIPE, SIG_IGN);
	sigprocmask(SIG_UNBLOCK, &set, NULL);
	return fd[0];
}

void
signals_die(int number)
{
	signal(number, SIG_DFL);
	raise(number);
}
