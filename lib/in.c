/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Lines of input. */
#include "in.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

#define FIRST_SIZE ((size_t)256 * 1024)

/* With a pipe of 1 MiB instead of 64 KiB both ends work longer between
 * switches.  It is no error when the system refuses. */
static void
widen_pipe(int fd)
{
#ifdef F_SETPIPE_SZ
	(void)fcntl(fd, F_SETPIPE_SZ, 1 << 20);
#else
	(void)fd;
#endif
}

void
hs_in_fd(struct hs_in *in, int fd, const char *name)
{
	*in =
	    (struct hs_in){.fd = fd, .name = name, .max_line = HS_IN_MAX_LINE};
	widen_pipe(fd);
}

int
hs_in_open(struct hs_in *in, const char *path, struct hs_err *e)
{
	if (!path || strcmp(path, "-") == 0) {
		hs_in_fd(in, STDIN_FILENO, "standard input");
		return 0;
	}
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		hs_err_set(e, HS_NOINPUT, "%s: %s", path, strerror(errno));
	hs_in_fd(in, fd, path);
	return fd < 0 ? -1 : 0;
}

/* Makes room behind len, by moving the content to the front or by growing. */
static int
make_room(struct hs_in *in, struct hs_err *e)
{
	size_t left = in->len - in->pos;

	if (in->pos > 0 && left <= in->cap / 2) {
		memmove(in->buf, in->buf + in->pos, left);
		in->pos = 0;
		in->len = left;
	}
	if (in->len < in->cap)
		return 0;
	size_t cap = in->cap ? in->cap * 2 : FIRST_SIZE;
	char *buf = realloc(in->buf, cap);
	if (!buf)
		return hs_err_set(e, HS_SYSTEM,
		    "%s: line %llu: out of memory for a line of %zu bytes",
		    in->name, in->line + 1, left);
	in->buf = buf;
	in->cap = cap;
	return 0;
}

static int
fill(struct hs_in *in, struct hs_err *e)
{
	if (make_room(in, e) < 0)
		return -1;
	for (;;) {
		ssize_t n = read(in->fd, in->buf + in->len, in->cap - in->len);
		if (n >= 0) {
			in->len += (size_t)n;
			in->eof = n == 0;
			return 0;
		}
		if (errno == EAGAIN) {
			struct pollfd p = {.fd = in->fd, .events = POLLIN};
			(void)poll(&p, 1, -1);
		} else if (errno != EINTR) {
			return hs_err_set(e, HS_IO, "%s: cannot read: %s",
			    in->name, strerror(errno));
		}
	}
}

/* The newline that ends the next line, if it has been read. */
static const char *
find_newline(struct hs_in *in)
{
	size_t n = in->len - in->pos - in->seen;

	if (n == 0)
		return NULL;
	const char *nl = memchr(in->buf + in->pos + in->seen, '\n', n);
	if (!nl)
		in->seen += n;
	return nl;
}

static int
give(struct hs_in *in, size_t len, struct hs_span *line, struct hs_err *e)
{
	if (len > in->max_line)
		return hs_err_set(e, HS_DATA,
		    "%s: line %llu is longer than %zu bytes", in->name,
		    in->line + 1, in->max_line);
	*line = hs_span(in->buf + in->pos, len);
	in->line++;
	in->pos += len + (in->torn ? 0 : 1);
	in->seen = 0;
	return 1;
}

int
hs_in_line(struct hs_in *in, struct hs_span *line, struct hs_err *e)
{
	for (;;) {
		const char *nl = find_newline(in);
		if (nl)
			return give(
			    in, (size_t)(nl - in->buf) - in->pos, line, e);
		size_t left = in->len - in->pos;
		if (left > in->max_line)
			return give(in, left, line, e);
		if (in->eof) {
			in->torn = left > 0;
			return left > 0 ? give(in, left, line, e) : 0;
		}
		if (fill(in, e) < 0)
			return -1;
	}
}

bool
hs_in_ready(struct hs_in *in)
{
	struct pollfd p = {.fd = in->fd, .events = POLLIN};

	if (in->eof || find_newline(in))
		return true;
	return poll(&p, 1, 0) != 0;
}

void
hs_in_close(struct hs_in *in)
{
	if (in->fd > STDERR_FILENO)
		close(in->fd);
	free(in->buf);
	in->fd = -1;
	in->buf = NULL;
	in->cap = in->pos = in->len = in->seen = 0;
}
