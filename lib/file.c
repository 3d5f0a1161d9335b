/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Whole small files. */
#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#define BLOCK ((size_t)32 * 1024)

/* Reads once behind b's content: how much, 0 at the end, or -1. */
static ssize_t
read_more(int fd, struct hs_buf *b)
{
	ssize_t n;

	if (hs_buf_reserve(b, BLOCK) < 0)
		return -1;
	while ((n = read(fd, b->data + b->len, b->cap - b->len)) < 0) {
		struct pollfd p = {.fd = fd, .events = POLLIN};
		if (errno == EAGAIN)
			(void)poll(&p, 1, -1);
		else if (errno != EINTR)
			return -1;
	}
	b->len += (size_t)n;
	return n;
}

static int
read_all(
    int fd, const char *name, size_t max, struct hs_buf *b, struct hs_err *e)
{
	size_t from = b->len;
	ssize_t n;

	while ((n = read_more(fd, b)) > 0 && b->len - from <= max)
		continue;
	hs_buf_str(b);
	int rc = hs_buf_check(b, e, name);
	if (rc == 0 && n < 0)
		rc = hs_err_set(
		    e, HS_IO, "%s: cannot read: %s", name, strerror(errno));
	if (rc == 0 && n > 0)
		rc = hs_err_set(
		    e, HS_DATA, "%s: is longer than %zu bytes", name, max);
	if (rc < 0)
		b->len = from;
	return rc;
}

int
hs_file_read(const char *path, size_t max, struct hs_buf *b, struct hs_err *e)
{
	if (!path || strcmp(path, "-") == 0)
		return read_all(STDIN_FILENO, "standard input", max, b, e);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return hs_err_set(
		    e, HS_NOINPUT, "%s: %s", path, strerror(errno));
	int rc = read_all(fd, path, max, b, e);
	close(fd);
	return rc;
}
