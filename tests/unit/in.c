/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Lines: every length around the buffer's, in pieces of every size. */
#include "in.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tap.h"

#define COUNT(a) (sizeof(a) / sizeof(*(a)))

/* A file without a name that holds the text, at its start. */
static int
file_of(const char *text, size_t len)
{
	FILE *f = tmpfile();

	if (!f || fwrite(text, 1, len, f) != len || fflush(f) == EOF)
		exit(70);
	int fd = dup(fileno(f));
	fclose(f);
	lseek(fd, 0, SEEK_SET);
	return fd;
}

/* A pipe that a child fills with pieces of so many bytes. */
static int
pipe_of(const char *text, size_t len, size_t piece)
{
	int fd[2];

	fflush(stdout);
	if (pipe(fd) < 0)
		exit(71);
	if (fork() == 0) {
		close(fd[0]);
		for (size_t at = 0; at < len; at += piece) {
			size_t n = len - at < piece ? len - at : piece;
			if (write(fd[1], text + at, n) != (ssize_t)n)
				_exit(1);
		}
		_exit(0);
	}
	close(fd[1]);
	return fd[0];
}

/* Whether the lines of fd are those of text. */
static bool
reads(int fd, const char *text, size_t len)
{
	struct hs_in in;
	struct hs_err e;
	struct hs_span line;
	const char *p = text, *end = text + len;
	unsigned long long n = 0;
	int r;

	hs_in_fd(&in, fd, "test");
	while ((r = hs_in_line(&in, &line, &e)) > 0) {
		const char *nl = memchr(p, '\n', (size_t)(end - p));
		struct hs_span want = hs_span(p, (size_t)((nl ? nl : end) - p));
		if (!hs_span_eq(line, want) || in.line != ++n || in.torn != !nl)
			break;
		p = nl ? nl + 1 : end;
	}
	bool same = r == 0 && p == end && hs_in_line(&in, &line, &e) == 0;
	hs_in_close(&in);
	return same;
}

static void
lengths(void)
{
	/* Around the first buffer, its double, and pieces of a pipe. */
	static const size_t len[] = {0, 1, 0, 0, 65535, 262143, 0, 262144, 1,
	    262145, 524286, 524287, 524288, 3, 1048575, 1048576, 1048577, 0,
	    5000000, 7};
	size_t total = 0, at = 0;

	for (size_t i = 0; i < COUNT(len); i++)
		total += len[i] + 1;
	char *text = malloc(total);
	for (size_t i = 0; i < COUNT(len); i++) {
		for (size_t k = 0; k < len[i]; k++)
			text[at++] = (char)('a' + (k + i) % 26);
		text[at++] = '\n';
	}
	tap_ok(reads(file_of(text, total), text, total),
	    "lines of many lengths out of a file");
	tap_ok(reads(file_of(text, total - 1), text, total - 1),
	    "the last without a newline");
	tap_ok(reads(pipe_of(text, total, 4095), text, total),
	    "in pieces out of a pipe");
	tap_ok(reads(pipe_of(text, total - 1, 65537), text, total - 1),
	    "in larger ones");
	tap_ok(reads(pipe_of(text, 3000, 1), text, 3000), "byte by byte");
	int fd = pipe_of(text, total, 4095);
	fcntl(fd, F_SETFL, O_NONBLOCK);
	tap_ok(reads(fd, text, total), "out of a non-blocking pipe");
	for (size_t n = 0; n < 10; n++)
		if (!reads(file_of("\n\na\n\nbc\nd", n), "\n\na\n\nbc\nd", n))
			tap_ok(false, "the first %zu bytes", n);
	tap_ok(reads(file_of("", 0), "", 0), "nothing has no lines");
	free(text);
	while (wait(NULL) > 0)
		;
}

/* What hs_in_line() says of the n-th line with a limit of 10 bytes. */
static const char *
limited(const char *text, int n)
{
	static struct hs_err e;
	struct hs_in in;
	struct hs_span line;
	int r = 1;

	hs_in_fd(&in, file_of(text, strlen(text)), "test");
	in.max_line = 10;
	e.text[0] = '\0';
	while (n-- > 0 && r > 0)
		r = hs_in_line(&in, &line, &e);
	hs_in_close(&in);
	return r > 0 ? "fine" : r == 0 ? "end" : e.text;
}

static void
limits(void)
{
	tap_is_str(limited("0123456789\n", 1), "fine", "a line of the limit");
	tap_is_str(limited("0123456789", 1), "fine", "without newline, too");
	tap_is_str(limited("a\n0123456789x\n", 2),
	    "test: line 2 is longer than 10 bytes", "a byte more");
	tap_is_str(limited("a\n0123456789x", 2),
	    "test: line 2 is longer than 10 bytes", "without newline, too");
	tap_is_str(limited("a\nb\n0123456789x\n", 2), "fine",
	    "lines before it are given");
}

static void
faults(void)
{
	struct hs_in in;
	struct hs_err e;
	struct hs_span line;

	tap_ok(hs_in_open(&in, "/no/such/file", &e) < 0 && e.kind == HS_NOINPUT,
	    "a file that isn't there");
	tap_is_str(e.text, "/no/such/file: No such file or directory",
	    "is named with the reason");
	tap_ok(hs_in_open(&in, "/", &e) == 0 &&
		   hs_in_line(&in, &line, &e) < 0 && e.kind == HS_IO,
	    "a directory cannot be read");
	hs_in_close(&in);
	tap_ok(hs_in_open(&in, "-", &e) == 0 && in.fd == STDIN_FILENO &&
		   hs_in_open(&in, NULL, &e) == 0 && in.fd == STDIN_FILENO,
	    "standard input by both its names");
}

static void
readiness(void)
{
	struct hs_in in;
	struct hs_err e;
	struct hs_span line;
	int fd[2];

	if (pipe(fd) < 0)
		exit(71);
	hs_in_fd(&in, fd[0], "test");
	tap_ok(!hs_in_ready(&in), "an empty pipe has to be waited for");
	tap_ok(write(fd[1], "a\nb\nc", 5) == 5 && hs_in_ready(&in),
	    "one with bytes has not");
	hs_in_line(&in, &line, &e);
	tap_ok(hs_in_ready(&in), "nor has a line that was read with another");
	hs_in_line(&in, &line, &e);
	tap_ok(!hs_in_ready(&in), "half a line has");
	close(fd[1]);
	tap_ok(hs_in_ready(&in), "the end has not");
	tap_ok(hs_in_line(&in, &line, &e) == 1 && hs_span_is(line, "c"),
	    "half a line is a line at the end");
	hs_in_close(&in);
}

static void
memory(void)
{
	static char text[3000001];
	struct hs_in in;
	struct hs_err e;
	struct hs_span line;
	size_t n = 0;

	memset(text, 'x', sizeof text);
	for (size_t i = 0; i < sizeof text; i += 1000)
		text[i] = '\n';
	hs_in_fd(&in, file_of(text, sizeof text), "test");
	while (hs_in_line(&in, &line, &e) > 0)
		n++;
	tap_ok(n == 3001 && in.cap <= (size_t)256 * 1024,
	    "short lines need no more than the first buffer");
	hs_in_close(&in);
}

int
main(void)
{
	lengths();
	limits();
	faults();
	readiness();
	memory();
	return tap_done();
}
