/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/*
 * What happens around the start of a program: preloaded (LD_PRELOAD) into
 * hs-run.
 *
 *	SPAWN_SIGNAL=N	  each child sends itself signal N before its exec
 *	SPAWN_SYNCED=FILE the path of each directory that is synced is added
 *			  to FILE, a line each
 *	SPAWN_CLOSED=FILE the number of each standard descriptor that is
 *			  closed is added to FILE, a line each
 */
#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

#define REAL(name) (__extension__(__typeof__(&name)) dlsym(RTLD_NEXT, #name))

pid_t
fork(void)
{
	pid_t pid = REAL(fork)();
	const char *number = getenv("SPAWN_SIGNAL");

	if (pid != 0)
		return pid;
	/* Not in the programs that it becomes. */
	unsetenv("LD_PRELOAD");
	if (number)
		raise(atoi(number));
	return 0;
}

int
close(int fd)
{
	const char *file = getenv("SPAWN_CLOSED");

	/* Not those of a shell on the way. */
	if (file && fd <= STDERR_FILENO &&
	    strcmp(program_invocation_short_name, "hs-run") == 0) {
		FILE *f = fopen(file, "ae");
		if (f) {
			fprintf(f, "%d\n", fd);
			fclose(f);
		}
	}
	return REAL(close)(fd);
}

int
fsync(int fd)
{
	const char *file = getenv("SPAWN_SYNCED");
	char link[64], path[PATH_MAX];
	struct stat st;

	snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
	ssize_t n = readlink(link, path, sizeof path - 1);
	FILE *f = file && n > 0 && fstat(fd, &st) == 0 && S_ISDIR(st.st_mode)
		      ? fopen(file, "ae")
		      : NULL;
	if (f) {
		fprintf(f, "%.*s\n", (int)n, path);
		fclose(f);
	}
	return REAL(fsync)(fd);
}
