/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/*
 * stage [-k MS] FILE COMMAND [ARGUMENT ...]
 *
 * Runs the command, kills it (SIGKILL) when MS milliseconds are over, writes
 * its status and the peak of its memory in kB to FILE, and ends as it did;
 * 128 and the signal's number if a signal ended it.  The command is a child
 * that nobody has waited for, so the kill can't meet another process.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static pid_t
start(char **argv, const sigset_t *mask)
{
	pid_t pid = fork();

	if (pid == 0) {
		/* Should we be killed, it learns of it as hs-run's own. */
		prctl(PR_SET_PDEATHSIG, SIGTERM);
		sigprocmask(SIG_SETMASK, mask, NULL);
		execvp(argv[0], argv);
		fprintf(stderr, "stage: %s: %s\n", argv[0], strerror(errno));
		_exit(127);
	}
	return pid;
}

/* Until it has ended, or for so long; what ends us is passed on to it. */
static void
watch(pid_t pid, const sigset_t *watched, long ms)
{
	struct timespec wait = {ms / 1000, ms % 1000 * 1000000};
	int signal;

	do {
		if (ms >= 0)
			signal = sigtimedwait(watched, NULL, &wait);
		else
			signal = sigwaitinfo(watched, NULL);
		if (signal == SIGTERM)
			kill(pid, SIGTERM);
	} while (signal == SIGTERM);
	if (signal < 0)
		kill(pid, SIGKILL);
}

static int
finish(pid_t pid, const char *file)
{
	struct rusage u;
	int status;
	FILE *f;

	if (wait4(pid, &status, 0, &u) < 0)
		return 71;
	if (WIFSIGNALED(status))
		status = 128 + WTERMSIG(status);
	else
		status = WEXITSTATUS(status);
	f = fopen(file, "w");
	if (!f || fprintf(f, "%d %ld\n", status, u.ru_maxrss) < 0 ||
	    fclose(f) != 0) {
		perror(file);
		return 74;
	}
	return status;
}

int
main(int argc, char **argv)
{
	sigset_t watched, before;
	long ms = -1;

	if (argc > 2 && strcmp(argv[1], "-k") == 0) {
		ms = atol(argv[2]);
		argc -= 2;
		argv += 2;
	}
	if (argc < 3)
		return 64;
	sigemptyset(&watched);
	sigaddset(&watched, SIGCHLD);
	sigaddset(&watched, SIGTERM);
	sigprocmask(SIG_BLOCK, &watched, &before);
	pid_t pid = start(argv + 2, &before);
	if (pid < 0) {
		perror("stage");
		return 71;
	}
	watch(pid, &watched, ms);
	return finish(pid, argv[1]);
}
