/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Checked, buffered output in whole pieces. */
#include "out.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

/* The disk is told to start after so many bytes. */
#define PUSH (8ULL << 20)

void
hs_out_init(struct hs_out *o, int fd, const char *name)
{
	*o = (struct hs_out){.fd = fd, .name = name};
#ifdef F_SETPIPE_SZ
	/* As in.c does: both ends work longer between switches. */
	(void)fcntl(fd, F_SETPIPE_SZ, 1 << 20);
#endif
}

static int
write_all(struct hs_out *o, const char *p, size_t n, struct hs_err *e)
{
	while (n > 0) {
		ssize_t w = write(o->fd, p, n);
		if (w < 0 && errno == EINTR)
			continue;
		/* Another process has made the shared pipe non-blocking. */
		if (w < 0 && errno == EAGAIN) {
			struct pollfd f = {.fd = o->fd, .events = POLLOUT};
			(void)poll(&f, 1, -1);
			continue;
		}
		if (w < 0)
			return hs_err_set(e, HS_IO, "%s: cannot write: %s",
			    o->name, strerror(errno));
		p += w;
		n -= (size_t)w;
		o->written += (unsigned long long)w;
	}
	return 0;
}

/* Only a hint, so that fsync() finds less to do.  That reports any error. */
static void
push(struct hs_out *o)
{
#ifdef SYNC_FILE_RANGE_WRITE
	unsigned long long n = o->written - o->pushed;

	if (!o->to_disk || n < PUSH)
		return;
	(void)sync_file_range(
	    o->fd, (off_t)o->pushed, (off_t)n, SYNC_FILE_RANGE_WRITE);
	o->pushed = o->written;
#else
	(void)o;
#endif
}

int
hs_out_flush(struct hs_out *o, struct hs_err *e)
{
	size_t n = o->committed;

	if (n == 0)
		return 0;
	/* Even after an error nothing is written twice. */
	o->committed = 0;
	int rc = write_all(o, o->buf.data, n, e);
	push(o);
	o->buf.len -= n;
	if (o->buf.len > 0)
		memmove(o->buf.data, o->buf.data + n, o->buf.len);
	return rc;
}

int
hs_out_commit(struct hs_out *o, struct hs_err *e)
{
	if (hs_buf_check(&o->buf, e, "output") < 0)
		return -1;
	o->committed = o->buf.len;
	return o->committed >= HS_OUT_BLOCK ? hs_out_flush(o, e) : 0;
}

void
hs_out_drop(struct hs_out *o)
{
	o->buf.len = o->committed;
	o->buf.failed = 0;
}

int
hs_out_close(struct hs_out *o, struct hs_err *e)
{
	int rc = hs_out_flush(o, e);

	hs_buf_free(&o->buf);
	/* NFS and quotas report at close what write() did not. */
	if (o->fd >= 0 && close(o->fd) < 0 && rc == 0)
		rc = hs_err_set(
		    e, HS_IO, "%s: cannot close: %s", o->name, strerror(errno));
	o->fd = -1;
	return rc;
}
