/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* standin: a local HubSpot for tests, demonstrations and benchmarks. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "listen.h"
#include "options.h"
#include "server.h"

#define KEEP (64 << 20) /* bytes that free() doesn't give back */
#define UNMET 3
#define REFUSED 71

/* A signal's handler writes here, and the wait for the end reads. */
static int ended[2];

static void
on_signal(int number)
{
	char c = (char)number;

	if (write(ended[1], &c, 1) < 0)
		_exit(REFUSED);
}

static int
catch_signals(void)
{
	struct sigaction act = {.sa_handler = on_signal};

	signal(SIGPIPE, SIG_IGN);
	sigaction(SIGTERM, &act, NULL);
	sigaction(SIGINT, &act, NULL);
	return pipe(ended);
}

/* Until standard input ends (false) or a signal comes (true). */
static bool
wait_for_end(bool stay)
{
	struct pollfd in[2] = {{.fd = ended[0], .events = POLLIN},
	    {.fd = stay ? -1 : STDIN_FILENO, .events = POLLIN}};
	char rest[4096];

	for (;;) {
		if (poll(in, 2, -1) < 0) {
			if (errno != EINTR)
				return false;
			continue;
		}
		if (in[0].revents)
			return true;
		if (in[1].revents && read(STDIN_FILENO, rest, 4096) <= 0)
			return false;
	}
}

/* Pages are rendered into large buffers again and again. */
static void
keep_memory(void)
{
#ifdef __GLIBC__
	mallopt(M_MMAP_THRESHOLD, KEEP);
	mallopt(M_TRIM_THRESHOLD, KEEP);
#endif
}

static void
server_free(struct server *s)
{
	portal_free(&s->portal);
	links_rules_free(&s->rules);
	limits_free(&s->limits);
	faults_free(&s->faults);
	cache_free(&s->cache);
	files_free(&s->files);
	log_close(&s->log);
}

int
main(int argc, char **argv)
{
	static struct server server;
	struct options options;

	options_read(&options, &server, argc, argv);
	keep_memory();
	if (catch_signals() != 0 || log_open(&server.log, options.log) != 0) {
		perror("standin: log");
		return REFUSED;
	}
	struct MHD_Daemon *d = listen_start(&server, &options.port);
	if (d == NULL) {
		fprintf(stderr, "standin: can't listen on 127.0.0.1:%u\n",
		    options.port);
		return REFUSED;
	}
	printf("http://127.0.0.1:%u\n", options.port);
	fflush(stdout);
	bool killed = wait_for_end(options.stay);
	listen_stop(&server, d);
	unsigned unmet = killed ? 0 : faults_unmet(&server.faults, stderr);
	server_free(&server);
	return unmet > 0 ? UNMET : 0;
}
