/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/*
 * measure [-n ROUNDS] TITLE BYTES COMMAND [TITLE BYTES COMMAND ...]
 *
 * Runs each shell command ROUNDS times (default 5), interleaved, and prints a
 * row of a Markdown table for each: medians of wall seconds, of CPU seconds
 * (user and system, children included) and of the user's part of them, what
 * that is in MB/s of its input's BYTES, the peak memory of its largest
 * process, and how many times the first one's CPU and wall it takes, byte for
 * byte.
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
	double mb; /* of input */
	double wall[MAX_ROUNDS], cpu[MAX_ROUNDS], user[MAX_ROUNDS];
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
	s->user[round] = seconds(u.ru_utime);
	s->cpu[round] = s->user[round] + seconds(u.ru_stime);
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

/* Times a byte, as a multiple of the first row's. */
static double
times(double t, const struct subject *s, double base, const struct subject *of)
{
	return base > 0 ? t / s->mb / (base / of->mb) : 0;
}

static void
print(struct subject *all, int n, int rounds)
{
	double cpu0 = 0, wall0 = 0;

	printf("| command | wall s | CPU s | user s | MB/s | MB/s of CPU | "
	       "peak MB | CPU × | wall × |\n"
	       "|---|---|---|---|---|---|---|---|---|\n");
	for (int i = 0; i < n; i++) {
		struct subject *s = &all[i];
		double wall = median(s->wall, rounds);
		double cpu = median(s->cpu, rounds);
		if (i == 0) {
			cpu0 = cpu;
			wall0 = wall;
		}
		printf("| %s | %.3f | %.3f | %.3f | %.0f | %.0f | %.1f | %.2f "
		       "| %.2f |\n",
		    s->title, wall, cpu, median(s->user, rounds), s->mb / wall,
		    cpu > 0 ? s->mb / cpu : 0, (double)s->peak / 1024,
		    times(cpu, s, cpu0, all), times(wall, s, wall0, all));
	}
}

int
main(int argc, char **argv)
{
	static struct subject all[MAX_COMMANDS];
	int rounds = 5, n = 0, c;

	while ((c = getopt(argc, argv, "n:")) != -1) {
		if (c != 'n')
			return 64;
		rounds = atoi(optarg);
	}
	for (int i = optind; i + 2 < argc && n < MAX_COMMANDS; i += 3) {
		all[n++] = (struct subject){.title = argv[i],
		    .mb = atof(argv[i + 1]) / 1e6,
		    .command = argv[i + 2]};
		if (!(all[n - 1].mb > 0))
			return 64;
	}
	if (n == 0 || rounds < 1 || rounds > MAX_ROUNDS)
		return 64;
	for (int r = 0; r < rounds; r++)
		for (int i = 0; i < n; i++)
			run(&all[i], r);
	print(all, n, rounds);
	return 0;
}
