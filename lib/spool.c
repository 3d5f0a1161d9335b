/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Files without a name. */
#include "spool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* For systems without O_TMPFILE: removes the name at once. */
static int
named(const char *dir)
{
	char *path;

	if (asprintf(&path, "%s/hs-spool.XXXXXX", dir) < 0)
		return -1;
	int fd = mkostemp(path, O_CLOEXEC);
	if (fd >= 0)
		unlink(path);
	free(path);
	return fd;
}

int
hs_spool_open(struct hs_err *e)
{
	const char *dir = getenv("TMPDIR");
	int fd = -1;

	if (!dir || !*dir)
		dir = "/tmp";
#ifdef O_TMPFILE
	fd = open(dir, O_TMPFILE | O_RDWR | O_EXCL | O_CLOEXEC, 0600);
#endif
	if (fd < 0)
		fd = named(dir);
	if (fd < 0)
		return hs_err_set(e, HS_CANTCREATE,
		    "%s: cannot create a temporary file: %s; "
		    "TMPDIR names another directory",
		    dir, strerror(errno));
	return fd;
}

int
hs_spool_read(int fd, struct hs_buf *b, size_t n, off_t at, struct hs_err *e)
{
	if (hs_buf_reserve(b, n) < 0)
		return hs_err_mem(e, "rows");
	while (n > 0) {
		ssize_t got = pread(fd, b->data + b->len, n, at);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return hs_err_set(e, HS_IO,
			    "temporary file: cannot read: %s",
			    got < 0 ? strerror(errno) : "cut short");
		b->len += (size_t)got;
		at += got;
		n -= (size_t)got;
	}
	return 0;
}
