/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Reads a CSV file row by row. */
#include "csvin.h"

#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define FIRST_SIZE ((size_t)256 * 1024)
#define SEEK_SIZE ((size_t)4096)

void
csvin_init(struct csvin *in, int fd, const char *name, size_t max_row)
{
	*in = (struct csvin){
	    .fd = fd, .name = name, .max_row = max_row, .want = FIRST_SIZE};
}

void
csvin_text(struct csvin *in, struct hs_span text, const char *name)
{
	*in = (struct csvin){.fd = -1,
	    .name = name,
	    .max_row = SIZE_MAX,
	    .buf = (char *)(uintptr_t)text.p,
	    .len = text.len,
	    .eof = true};
}

/* Does not read again what is in the buffer.  Far from there it reads little
 * at first: the next seek may lead elsewhere. */
void
csvin_seek(struct csvin *in, off_t at)
{
	off_t end = in->base + (off_t)in->len;

	if (at >= in->base && at <= end) {
		in->pos = (size_t)(at - in->base);
		return;
	}
	if (at < in->base || at > end + (off_t)in->cap)
		in->want = SEEK_SIZE;
	in->pos = in->len = 0;
	in->base = at;
	in->eof = false;
}

static ssize_t
read_at(int fd, char *p, size_t n, off_t at)
{
	ssize_t r;

	do
		r = pread(fd, p, n, at);
	while (r < 0 && errno == EINTR);
	return r;
}

/* The number of the line that byte `at` of the file is in; 0 when it can't be
 * read. */
static unsigned long long
line_of(const struct csvin *in, off_t at)
{
	char block[16384];
	unsigned long long lines = 1;

	for (off_t i = 0; i < at;) {
		size_t n = sizeof block;
		if (at - i < (off_t)n)
			n = (size_t)(at - i);
		ssize_t r = read_at(in->fd, block, n, i);
		if (r <= 0)
			return 0;
		for (ssize_t k = 0; k < r; k++)
			lines += block[k] == '\n';
		i += r;
	}
	return lines;
}

/* Puts name and line in front of a fault; -1. */
static int
place(const struct csvin *in, off_t at, struct hs_err *e)
{
	unsigned long long line = line_of(in, at);

	if (line > 0)
		hs_err_at(e, "line %llu", line);
	return hs_err_at(e, "%s", in->name);
}

int
csvin_fault(const struct csvin *in, struct hs_err *e, const char *fmt, ...)
{
	va_list ap;

	e->kind = HS_DATA;
	va_start(ap, fmt);
	vsnprintf(e->text, sizeof e->text, fmt, ap);
	va_end(ap);
	return place(in, csvin_offset(in), e);
}

int
csvin_peek(struct csvin *in, struct hs_err *e)
{
	if (in->pos == in->len)
		return in->eof ? CSVIN_END : CSVIN_MORE;
	struct hs_span text = hs_span(csvin_at(in), in->len - in->pos);
	int r = csv_find_row(text, in->eof, &in->row);
	if (r < 0) {
		hs_err_set(e, HS_DATA, "%s", in->row.why);
		return place(in, csvin_offset(in) + (off_t)in->row.at, e);
	}
	if (r == 0 && text.len > in->max_row)
		return csvin_fault(in, e, "the row is longer than allowed");
	return r > 0 ? CSVIN_ROW : CSVIN_MORE;
}

/* Makes room behind len: moves what is left to the front, then grows. */
static int
make_room(struct csvin *in, struct hs_err *e)
{
	if (in->pos > 0) {
		in->len -= in->pos;
		memmove(in->buf, in->buf + in->pos, in->len);
		in->base += (off_t)in->pos;
		in->pos = 0;
	}
	if (in->len < in->cap)
		return 0;
	size_t cap = in->cap ? in->cap * 2 : FIRST_SIZE;
	char *buf = realloc(in->buf, cap);
	if (!buf)
		return hs_err_mem(e, "a row");
	in->buf = buf;
	in->cap = cap;
	return 0;
}

int
csvin_fill(struct csvin *in, struct hs_err *e)
{
	if (make_room(in, e) < 0)
		return -1;
	size_t n = in->cap - in->len;
	if (in->want < n)
		n = in->want;
	ssize_t r =
	    read_at(in->fd, in->buf + in->len, n, in->base + (off_t)in->len);
	if (r < 0)
		return hs_err_set(
		    e, HS_IO, "%s: cannot read: %s", in->name, strerror(errno));
	in->eof = r == 0;
	in->len += (size_t)r;
	in->want *= 2;
	if (in->want < SEEK_SIZE || in->want > in->cap)
		in->want = in->cap;
	return 0;
}

int
csvin_next(struct csvin *in, struct hs_err *e)
{
	int r;

	while ((r = csvin_peek(in, e)) == CSVIN_MORE)
		if (csvin_fill(in, e) < 0)
			return -1;
	return r;
}

bool
csvin_bom(struct csvin *in)
{
	struct hs_err e;

	while (in->len < 3 && !in->eof)
		if (csvin_fill(in, &e) < 0)
			return false; /* the next call fails likewise */
	if (in->len < 3 || memcmp(in->buf, "\xef\xbb\xbf", 3) != 0)
		return false;
	in->pos = 3;
	return true;
}

void
csvin_free(struct csvin *in)
{
	if (in->fd >= 0)
		free(in->buf);
	in->buf = NULL;
	in->cap = in->pos = in->len = 0;
}
