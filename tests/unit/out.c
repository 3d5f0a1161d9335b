/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Checked output: whole pieces, nothing twice, no failure unseen. */
#include "out.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tap.h"

static char path[] = "/tmp/hs-out.XXXXXX";

static int
open_file(void)
{
	return open(path, O_RDWR | O_TRUNC | O_CLOEXEC);
}

/* Whether the file holds text. */
static bool
holds(const char *text)
{
	char got[256];
	int fd = open(path, O_RDONLY);
	ssize_t n = read(fd, got, sizeof got);

	close(fd);
	return n >= 0 && hs_span_eq(hs_span(got, (size_t)n), hs_span_str(text));
}

static long long
size(void)
{
	struct stat st;

	return stat(path, &st) < 0 ? -1 : (long long)st.st_size;
}

static void
pieces(void)
{
	struct hs_out o;
	struct hs_err e;

	hs_out_init(&o, open_file(), "file");
	hs_buf_add(&o.buf, "one\n", 4);
	tap_ok(hs_out_flush(&o, &e) == 0 && size() == 0,
	    "what is not committed stays");
	tap_ok(hs_out_commit(&o, &e) == 0 && size() == 0,
	    "what is committed waits for a block");
	hs_buf_add(&o.buf, "two\n", 4);
	tap_ok(hs_out_flush(&o, &e) == 0 && holds("one\n"),
	    "a flush writes what is committed, no more");
	hs_out_commit(&o, &e);
	hs_buf_add(&o.buf, "three", 5);
	hs_out_drop(&o);
	hs_buf_add(&o.buf, "four\n", 5);
	hs_out_commit(&o, &e);
	tap_ok(hs_out_close(&o, &e) == 0 && holds("one\ntwo\nfour\n") &&
		   o.written == 13,
	    "what is dropped is never written");
	tap_ok(!o.buf.data && o.fd == -1, "closed, it holds nothing");

	hs_out_init(&o, open_file(), "file");
	o.buf.max = 8;
	hs_buf_add(&o.buf, "one\n", 4);
	hs_out_commit(&o, &e);
	hs_buf_puts(&o.buf, "too long");
	hs_buf_puts(&o.buf, "two\n");
	tap_ok(hs_out_commit(&o, &e) < 0 && e.kind == HS_DATA,
	    "a piece that did not fit is not committed");
	hs_out_drop(&o);
	hs_buf_puts(&o.buf, "two\n");
	tap_ok(hs_out_commit(&o, &e) == 0 && hs_out_close(&o, &e) == 0 &&
		   holds("one\ntwo\n"),
	    "dropped, it leaves no trace");

	hs_out_init(&o, open_file(), "file");
	hs_buf_add(&o.buf, "one\n", 4);
	hs_out_commit(&o, &e);
	hs_buf_add(&o.buf, "half", 4);
	tap_ok(hs_out_close(&o, &e) == 0 && holds("one\n"),
	    "what was never committed is not written at the end");
}

static void
blocks(void)
{
	struct hs_out o;
	struct hs_err e;
	static char piece[1000];
	bool early = false;

	memset(piece, 'x', sizeof piece);
	hs_out_init(&o, open_file(), "file");
	for (int i = 0; i < 10000; i++) {
		hs_buf_add(&o.buf, piece, sizeof piece);
		hs_out_commit(&o, &e);
		early |= size() > 0 && size() < (long long)HS_OUT_BLOCK;
	}
	tap_ok(!early && size() > 9000000 && o.buf.cap < 4 * HS_OUT_BLOCK,
	    "much is written in blocks, as it comes");
	tap_ok(hs_out_close(&o, &e) == 0 && size() == 10000000 &&
		   o.written == 10000000,
	    "and the rest at the end");
}

static void
faults(void)
{
	struct hs_out o;
	struct hs_err e;
	struct rlimit old, limit;
	static char piece[1000];

	hs_out_init(&o, open("/dev/full", O_WRONLY), "full");
	if (o.fd >= 0) {
		hs_buf_add(&o.buf, "x", 1);
		tap_ok(hs_out_commit(&o, &e) == 0, "a small piece waits");
		tap_ok(hs_out_close(&o, &e) < 0 && e.kind == HS_IO,
		    "a full disk is seen at the end");
		tap_is_str(e.text,
		    "full: cannot write: No space left on device",
		    "with name and reason");
	} else {
		tap_skip("a full disk is seen at the end", "no /dev/full");
	}

	hs_out_init(&o, -1, "closed");
	hs_buf_add(&o.buf, "x", 1);
	hs_out_commit(&o, &e);
	tap_ok(hs_out_close(&o, &e) < 0 && e.kind == HS_IO,
	    "so is an output that is not open");

	/* The disk fills up within a block. */
	signal(SIGXFSZ, SIG_IGN);
	getrlimit(RLIMIT_FSIZE, &old);
	limit = old;
	limit.rlim_cur = 5000;
	fflush(stdout);
	hs_out_init(&o, open_file(), "file");
	setrlimit(RLIMIT_FSIZE, &limit);
	for (int i = 0; i < 10; i++) {
		hs_buf_add(&o.buf, piece, sizeof piece);
		hs_out_commit(&o, &e);
	}
	int rc = hs_out_flush(&o, &e);
	int again = hs_out_flush(&o, &e);
	unsigned long long written = o.written;
	hs_out_close(&o, &e);
	setrlimit(RLIMIT_FSIZE, &old);
	tap_ok(rc < 0 && e.kind == HS_IO && written == 5000,
	    "a disk that fills up is seen, and how far it took");
	tap_ok(again == 0 && size() == 5000, "nothing is written twice");
}

/* A pipe that whoever shares it has made non-blocking, much smaller than what
 * goes through it; a child counts that. */
static void
non_blocking(void)
{
	enum { MUCH = 8 << 20 };
	static char text[MUCH], piece[65536];
	struct hs_out o;
	struct hs_err e;
	int fd[2], status = -1;

	fflush(stdout);
	if (pipe(fd) < 0)
		exit(71);
	pid_t child = fork();
	if (child == 0) {
		ssize_t n;
		long left = MUCH;

		close(fd[1]);
		while ((n = read(fd[0], piece, sizeof piece)) > 0)
			left -= n;
		_exit(left != 0);
	}
	close(fd[0]);
	fcntl(fd[1], F_SETFL, O_NONBLOCK);
	hs_out_init(&o, fd[1], "pipe");
	hs_buf_add(&o.buf, text, MUCH);
	int rc = hs_out_commit(&o, &e);
	rc |= hs_out_close(&o, &e);
	waitpid(child, &status, 0);
	tap_ok(rc == 0 && status == 0, "a non-blocking pipe takes all");
}

int
main(void)
{
	int fd = mkstemp(path);

	if (!tap_ok(fd >= 0, "a file to write to"))
		return tap_done();
	close(fd);
	pieces();
	blocks();
	faults();
	non_blocking();
	unlink(path);
	return tap_done();
}
