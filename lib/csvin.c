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

#include "utf8.h"

#define FIRST_SIZE ((size_t)256 * 1024)
#define SEEK_SIZE ((size_t)4096)

void
hs_csvin_init(struct hs_csvin *in, int fd, const char *name, size_t max_row)
{
	*in = (struct hs_csvin){
	    .fd = fd, .name = name, .max_row = max_row, .want = FIRST_SIZE};
}

void
hs_csvin_text(struct hs_csvin *in, struct hs_span text, const char *name)
{
	*in = (struct hs_csvin){.fd = -1,
	    .name = name,
	    .max_row = SIZE_MAX,
	    .buf = (char *)(uintptr_t)text.p,
	    .len = text.len,
	    .eof = true};
}

/* Does not read again what is in the buffer.  Far from there it reads little
 * at first: the next seek may lead elsewhere. */
void
hs_csvin_seek(struct hs_csvin *in, off_t at)
{
	off_t end = in->base + (off_t)in->len;

	if (at >= in->base && at <= end) {
		in->pos = (size_t)(at - in->base);
		return;
	}
	if (at < in->base || at > end + (off_t)in->cap)
		in->want = SEEK_SIZE;
	in->pos = in->len = in->valid = 0;
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
line_of(const struct hs_csvin *in, off_t at)
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
place(const struct hs_csvin *in, off_t at, struct hs_err *e)
{
	unsigned long long line = line_of(in, at);

	if (line > 0)
		hs_err_at(e, "line %llu", line);
	return hs_err_at(e, "%s", in->name);
}

int
hs_csvin_fault(
    const struct hs_csvin *in, struct hs_err *e, const char *fmt, ...)
{
	va_list ap;

	e->kind = HS_DATA;
	va_start(ap, fmt);
	vsnprintf(e->text, sizeof e->text, fmt, ap);
	va_end(ap);
	return place(in, hs_csvin_offset(in), e);
}

int
hs_csvin_peek(struct hs_csvin *in, struct hs_err *e)
{
	if (in->pos == in->len)
		return in->eof ? HS_CSVIN_END : HS_CSVIN_MORE;
	struct hs_span text = hs_span(hs_csvin_at(in), in->len - in->pos);
	int r = hs_csv_find_row(text, in->eof, &in->row);
	if (r < 0) {
		hs_err_set(e, HS_DATA, "%s", in->row.why);
		return place(in, hs_csvin_offset(in) + (off_t)in->row.at, e);
	}
	if (r == 0 && text.len > in->max_row)
		return hs_csvin_fault(in, e, "the row is longer than allowed");
	return r > 0 ? HS_CSVIN_ROW : HS_CSVIN_MORE;
}

/* Makes room behind len: moves what is left to the front, then grows. */
static int
make_room(struct hs_csvin *in, struct hs_err *e)
{
	if (in->pos > 0) {
		in->len -= in->pos;
		memmove(in->buf, in->buf + in->pos, in->len);
		in->base += (off_t)in->pos;
		in->valid -= in->valid < in->pos ? in->valid : in->pos;
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

/* The encoding that a file's first bytes show, or NULL. */
static const char *
encoding(const char *p, size_t len)
{
	if (len >= 4 && memcmp(p, "\xff\xfe\0\0", 4) == 0)
		return "UTF-32";
	if (len >= 2 &&
	    (memcmp(p, "\xff\xfe", 2) == 0 || memcmp(p, "\xfe\xff", 2) == 0))
		return "UTF-16";
	if (len >= 4 && (!p[0] && p[1] && !p[2] && p[3]))
		return "UTF-16BE";
	if (len >= 4 && (p[0] && !p[1] && p[2] && !p[3]))
		return "UTF-16LE";
	return NULL;
}

static int
find_fault(struct hs_csvin *in, struct hs_err *e)
{
	const char *name =
	    in->base == 0 && in->valid == 0 ? encoding(in->buf, in->len) : NULL;

	if (name)
		return hs_err_set(e, HS_DATA,
		    "%s: line 1: is %s; iconv -f %s -t UTF-8 converts it",
		    in->name, name, name);
	in->valid +=
	    hs_utf8_valid(hs_span(in->buf + in->valid, in->len - in->valid));
	/* A character may go on behind the end. */
	bool cut = !in->eof && in->len - in->valid < 4;
	for (size_t i = in->valid; cut && i < in->len; i++)
		cut = in->buf[i] & 0x80;
	if (in->valid == in->len || cut)
		return 0;
	hs_err_set(e, HS_DATA,
	    "is not UTF-8; from Windows, iconv -f WINDOWS-1252 -t UTF-8 may "
	    "convert the file");
	return place(in, in->base + (off_t)in->valid, e);
}

/* Checks the bytes that are new in the buffer.  After a failure it is empty:
 * nothing of it is used, and the next fill fails likewise. */
static int
check_utf8(struct hs_csvin *in, struct hs_err *e)
{
	if (find_fault(in, e) == 0)
		return 0;
	in->base += (off_t)in->pos;
	in->pos = in->len = in->valid = 0;
	in->eof = false;
	return -1;
}

int
hs_csvin_fill(struct hs_csvin *in, struct hs_err *e)
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
	return in->utf8 ? check_utf8(in, e) : 0;
}

int
hs_csvin_next(struct hs_csvin *in, struct hs_err *e)
{
	int r;

	while ((r = hs_csvin_peek(in, e)) == HS_CSVIN_MORE)
		if (hs_csvin_fill(in, e) < 0)
			return -1;
	return r;
}

bool
hs_csvin_bom(struct hs_csvin *in)
{
	struct hs_err e;

	while (in->len < 3 && !in->eof)
		if (hs_csvin_fill(in, &e) < 0)
			return false; /* the next call fails likewise */
	if (in->len < 3 || memcmp(in->buf, "\xef\xbb\xbf", 3) != 0)
		return false;
	in->pos = 3;
	return true;
}

/* Adds a column of the table. */
static int
add_column(const struct hs_csvin *in, struct hs_columns *c, struct hs_span name,
    struct hs_err *e)
{
	size_t i, n = c->n;

	if (hs_columns_add(c, name, &i, e) < 0)
		return hs_err_at(e, "%s", in->name);
	if (i < n)
		return hs_err_set(e, HS_DATA,
		    "%s: its header has the column %.*s twice", in->name,
		    name.len > 200 ? 200 : (int)name.len, name.p);
	return 0;
}

int
hs_csvin_header(
    const struct hs_csvin *in, struct hs_columns *c, struct hs_err *e)
{
	struct hs_span header = hs_csvin_body(in), cell;
	struct hs_buf scratch = {0};
	int rc = 0;

	while (rc == 0 && hs_csv_next_cell(&header, &cell)) {
		hs_buf_clear(&scratch);
		struct hs_span text = hs_csv_unquote(cell, &scratch);
		rc = hs_buf_check(&scratch, e, "column names");
		if (rc == 0)
			rc = add_column(in, c, text, e);
	}
	hs_buf_free(&scratch);
	return rc;
}

void
hs_csvin_free(struct hs_csvin *in)
{
	if (in->fd >= 0)
		free(in->buf);
	in->buf = NULL;
	in->cap = in->pos = in->len = 0;
}
