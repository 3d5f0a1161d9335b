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

/* A handler is given nothing but the signal: where it writes is global. */
static int wake = -1;

static void catch (int signal)
{
	unsigned char byte = (unsigned char)signal;
	int saved = errno;

	/* A full pipe has enough in it to wake its reader. */
	if (write(wake, &byte, 1) < 0)
		errno = saved;
	errno = saved;
}

int
signals_open(struct hs_err *e)
{
	static const int caught[] = {SIGCHLD, SIGINT, SIGTERM, SIGHUP, SIGTSTP};
	int fd[2];

	if (pipe2(fd, O_CLOEXEC | O_NONBLOCK) < 0)
		return hs_err_set(
		    e, HS_SYSTEM, "cannot make a pipe: %s", strerror(errno));
	wake = fd[1];
	for (size_t i = 0; i < sizeof(caught) / sizeof(*caught); i++) {
		struct sigaction sa = {0}, old;
		sigaction(caught[i], NULL, &old);
		sa.sa_handler = catch;
		sa.sa_flags = SA_RESTART;
		if (caught[i] == SIGCHLD || old.sa_handler != SIG_IGN)
			sigaction(caught[i], &sa, NULL);
	}
	signal(SIGPIPE, SIG_IGN);
	return fd[0];
}

void
signals_die(int number)
{
	signal(number, SIG_DFL);
	raise(number);
}
