/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Whole files. */
#include "file.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "tap.h"

/* A file without a name that holds n bytes. */
static int
file_of(const char *text, size_t n)
{
	char path[] = "/tmp/hs-file.XXXXXX";
	int fd = mkstemp(path);

	unlink(path);
	if (write(fd, text, n) != (ssize_t)n)
		abort();
	lseek(fd, 0, SEEK_SET);
	return fd;
}

static void
whole(void)
{
	static const char text[] = "a\n\0b\n\nc";
	size_t n = sizeof text - 1;
	char path[32];
	struct hs_buf b = {0};
	struct hs_err e;

	int fd = file_of(text, n);
	snprintf(path, sizeof path, "/dev/fd/%d", fd);
	tap_ok(hs_file_read(path, n, &b, &e) == 0 && b.len == n &&
		   memcmp(b.data, text, n) == 0,
	    "a file comes whole, byte for byte");
	hs_buf_clear(&b);
	tap_ok(hs_file_read(path, n - 1, &b, &e) < 0 && e.kind == HS_DATA &&
		   strstr(e.text, path) && b.len == 0,
	    "but not when it is longer than allowed");
	close(fd);
	tap_ok(
	    hs_file_read("/dev/null", 1, &b, &e) == 0 && b.len == 0 && b.data,
	    "an empty one is a text");
	tap_ok(hs_file_read("/", 1, &b, &e) < 0 && e.kind == HS_IO,
	    "a directory is none");
	tap_ok(hs_file_read("/no such", 1, &b, &e) < 0 && e.kind == HS_NOINPUT,
	    "what is not there is not");
	hs_buf_free(&b);
}

static void
standard_input(void)
{
	struct hs_buf b = {0};
	struct hs_err e;
	char text[100000];

	memset(text, 'x', sizeof text);
	int fd = file_of(text, sizeof text);
	dup2(fd, STDIN_FILENO);
	hs_buf_puts(&b, "ab");
	tap_ok(hs_file_read("-", sizeof text, &b, &e) == 0 &&
		   b.len == sizeof text + 2 && b.data[b.len] == '\0',
	    "standard input is added to what is there, with a NUL behind it");
	close(fd);
	hs_buf_free(&b);
}

int
main(void)
{
	whole();
	standard_input();
	return tap_done();
}
