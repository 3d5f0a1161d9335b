/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* A file's bytes by offset. */
#include "window.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LEAST ((size_t)4096) /* read behind a jump, which others may follow */
#define MOST ((size_t)256 * 1024)

void
window_init(struct window *w, int fd, const char *name)
{
	*w = (struct window){.fd = fd, .name = name, .want = MOST};
}

/* Makes room for n bytes. */
static int
make_room(struct window *w, size_t n, struct hs_err *e)
{
	size_t cap = w->cap ? w->cap : MOST;

	while (cap < n)
		cap = cap > SIZE_MAX / 2 ? n : cap * 2;
	if (cap == w->cap)
		return 0;
	char *buf = realloc(w->buf, cap);
	if (!buf)
		return hs_err_mem(e, "a record");
	w->buf = buf;
	w->cap = cap;
	return 0;
}

/* Reads behind what there is, until that is n bytes. */
static int
fill(struct window *w, size_t n, struct hs_err *e)
{
	while (w->len < n && !w->eof) {
		size_t more = n - w->len;
		if (more < w->want)
			more = w->want;
		if (more > w->cap - w->len)
			more = w->cap - w->len;
		ssize_t r = pread(
		    w->fd, w->buf + w->len, more, w->base + (off_t)w->len);
		if (r < 0 && errno == EINTR)
			continue;
		if (r < 0)
			return hs_err_set(e, HS_IO, "%s: cannot read: %s",
			    w->name, strerror(errno));
		w->eof = r == 0;
		w->len += (size_t)r;
		w->want = w->want < MOST ? w->want * 2 : MOST;
	}
	return 0;
}

int
window_look(struct window *w, off_t at, size_t n, struct hs_span *text,
    struct hs_err *e)
{
	off_t end = w->base + (off_t)w->len;
	size_t gone = w->len; /* bytes at the front that are let go */

	if (at >= w->base && at <= end)
		gone = (size_t)(at - w->base);
	else
		w->want = LEAST;
	if (w->len - gone < n || gone == w->len) {
		w->len -= gone;
		if (w->len > 0)
			memmove(w->buf, w->buf + gone, w->len);
		w->base = at;
		gone = 0;
		w->eof = false; /* the file may have grown */
		if (make_room(w, n, e) < 0 || fill(w, n, e) < 0)
			return -1;
	}
	*text = hs_span(w->buf + gone, w->len - gone);
	return 0;
}

void
window_free(struct window *w)
{
	free(w->buf);
	*w = (struct window){.fd = -1};
}
