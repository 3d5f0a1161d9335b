/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/*
 * measure [-n ROUNDS] [-b BYTES] TITLE COMMAND [TITLE COMMAND ...]
 *
 * Runs each shell command ROUNDS times (default 5), interleaved, and prints a
 * row of a Markdown table for each: medians of wall and CPU seconds (user and
 * system, children included), MB/s of CPU if the input's size is given, peak
 * memory of its largest process, and how many times the first one's CPU and
 * wall it takes.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define MAX_ROUNDS 99
#define MAX_COMMANDS 32

struct subject {
	const char *title, *command;
	double wall[MAX_ROUNDS], cpu[MAX_ROUNDS];
	long peak; /* kilobytes */
};

static double
seconds(struct timeval t)
{
	return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void
run(struct subject *s, int round)
{
	struct rusage u;
	int status;
	double start = now();
	pid_t pid = fork();

	if (pid == 0) {
		execl("/bin/sh", "sh", "-c", s->command, (char *)NULL);
		_exit(127);
	}
	if (pid < 0 || wait4(pid, &status, 0, &u) < 0) {
		perror("measure");
		exit(71);
	}
	if (status != 0) {
		fprintf(
		    stderr, "measure: %s: failed: %s\n", s->title, s->command);
		exit(1);
	}
	s->wall[round] = now() - start;
	s->cpu[round] = seconds(u.ru_utime) + seconds(u.ru_stime);
	if (u.ru_maxrss > s->peak)
		s->peak = u.ru_maxrss;
}

static int
ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double
median(double *v, int n)
{
	qsort(v, (size_t)n, sizeof(*v), ascending);
	return n % 2 ? v[n / 2] : (v[n / 2 - 1] + v[n / 2]) / 2;
}

int
main(int argc, char **argv)
{
	static struct subject all[MAX_COMMANDS];
	int rounds = 5, n = 0, c;
	double bytes = 0;

	while ((c = getopt(argc, argv, "n:b:")) != -1) {
		if (c == 'n')
			rounds = atoi(optarg);
		else if (c == 'b')
			bytes = atof(optarg);
		else
			return 64;
	}
	for (int i = optind; i + 1 < argc && n < MAX_COMMANDS; i += 2)
		all[n++] =
		    (struct subject){.title = argv[i], .command = argv[i + 1]};
	if (n == 0 || rounds < 1 || rounds > MAX_ROUNDS)
		return 64;
	for (int r = 0; r < rounds; r++)
		for (int i = 0; i < n; i++)
			run(&all[i], r);
	printf("| command | wall s | CPU s | MB/s of CPU | peak MB | CPU × | "
	       "wall × |\n|---|---|---|---|---|---|---|\n");
	double base_cpu = 0, base_wall = 0;
	for (int i = 0; i < n; i++) {
		double wall = median(all[i].wall, rounds);
		double cpu = median(all[i].cpu, rounds);
		if (i == 0) {
			base_cpu = cpu;
			base_wall = wall;
		}
		printf("| %s | %.3f | %.3f | %.0f | %.1f | %.2f | %.2f |\n",
		    all[i].title, wall, cpu, cpu > 0 ? bytes / 1e6 / cpu : 0,
		    (double)all[i].peak / 1024,
		    base_cpu > 0 ? cpu / base_cpu : 0, wall / base_wall);
	}
	return 0;
}
