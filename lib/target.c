/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* A file that is replaced whole or not at all. */
#include "target.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "meter.h"
#include "target-lock.h"

static int
cannot_write(const struct hs_target *t, const char *what, struct hs_err *e)
{
	return hs_err_set(
	    e, HS_IO, "%s: cannot %s: %s", t->at.path, what, strerror(errno));
}

/* Blocks the signals that end a program. */
static void
hold_signals(sigset_t *before)
{
	static const int ending[] = {SIGINT, SIGTERM, SIGHUP, SIGPIPE};
	sigset_t set;

	sigemptyset(&set);
	for (size_t i = 0; i < sizeof ending / sizeof *ending; i++)
		sigaddset(&set, ending[i]);
	sigprocmask(SIG_BLOCK, &set, before);
}

/* Gives fd the old file's owner. */
static int
keep_owner(const struct hs_target *t, int fd, struct hs_err *e)
{
	struct stat st;

	if (!t->at.exists)
		return 0;
	if (fstat(fd, &st) < 0)
		return hs_target_refuse(&t->at, strerror(errno), e);
	if ((st.st_uid != t->at.uid || st.st_gid != t->at.gid) &&
	    fchown(fd, t->at.uid, t->at.gid) < 0)
		return hs_err_set(e, HS_CANTCREATE,
		    "%s: belongs to user %lu, group %lu, which this user "
		    "cannot keep: %s",
		    t->at.path, (unsigned long)t->at.uid,
		    (unsigned long)t->at.gid, strerror(errno));
	return 0;
}

/* Gives fd owner and mode of the old file, which may have changed meanwhile.
 * The mode comes last, since writing clears set-user-ID bits. */
static int
dress(struct hs_target *t, int fd, struct hs_err *e)
{
	if (hs_target_look(&t->at, e) < 0 || keep_owner(t, fd, e) < 0)
		return -1;
	if (t->at.exists && fchmod(fd, t->at.mode) < 0)
		return cannot_write(t, "keep its mode", e);
	return 0;
}

/* Starts to write to fd, which is locked. */
static int
use(struct hs_target *t, int fd, struct hs_err *e)
{
	hs_out_init(&t->out, fd, t->at.path);
	t->out.to_disk = true;
	t->lock = fcntl(fd, F_DUPFD_CLOEXEC, 0);
	if (t->lock < 0)
		return hs_err_set(
		    e, HS_SYSTEM, "%s: %s", t->at.path, strerror(errno));
	return 0;
}

/* Removes a second file that a killed run has left; the lock is ours. */
static int
sweep(const struct hs_target *t, struct hs_err *e)
{
	if (unlinkat(t->at.dir, t->at.other, 0) == 0 || errno == ENOENT)
		return 0;
	return hs_err_set(e, HS_CANTCREATE, "%s: cannot remove %s: %s",
	    t->at.path, t->at.other, strerror(errno));
}

static int
lock(struct hs_target *t, const sigset_t *mask, struct hs_err *e)
{
	int fd, r;

	if (hs_target_look(&t->at, e) < 0)
		return -1;
	if ((r = hs_target_lock(&t->at, mask, &fd, e)) != 0)
		return r;
	/* Another writer may have made or replaced the file meanwhile. */
	if (use(t, fd, e) < 0 || hs_target_look(&t->at, e) < 0 ||
	    keep_owner(t, fd, e) < 0)
		return -1;
	return sweep(t, e);
}

/* Leaves a signal nothing to remove. */
static void
end_guard(struct hs_target *t)
{
	if (t->guard)
		t->guard(NULL);
	t->guard = NULL;
	free(t->at.temp);
	t->at.temp = NULL;
}

static int
open_target(struct hs_target *t, const char *path, bool wait,
    hs_target_guard *guard, struct hs_err *e)
{
	sigset_t before;

	*t = HS_TARGET_NONE;
	hold_signals(&before);
	int r = hs_target_find(&t->at, path, e);
	if (r == 0)
		r = lock(t, wait ? &before : NULL, e);
	if (r == 0 && guard) {
		t->guard = guard;
		guard(t->at.temp);
	}
	if (r != 0) {
		/* Without the lock the name is not ours to remove. */
		if (t->out.fd < 0)
			end_guard(t);
		hs_target_abandon(t);
	}
	sigprocmask(SIG_SETMASK, &before, NULL);
	return r;
}

int
hs_target_open(struct hs_target *t, const char *path, hs_target_warn *warn,
    hs_target_guard *guard, struct hs_err *e)
{
	int r = open_target(t, path, false, guard, e);

	if (r <= 0)
		return r;
	if (warn)
		warn("%s: waiting for another writer", path);
	hs_meter_stage("waiting for the lock");
	r = open_target(t, path, true, guard, e);
	hs_meter_stage(NULL);
	return r;
}

/* Locks a second file and renames it over the temporary one: its descriptor,
 * or -1. */
static int
renew_temp(struct hs_target *t)
{
	int fd = hs_target_create(&t->at, t->at.other);

	if (fd < 0)
		return -1;
	if (hs_target_flock(fd, NULL) == 0 &&
	    renameat(
		t->at.dir, t->at.other, t->at.dir, hs_target_temp(&t->at)) == 0)
		return fd;
	int saved = errno;
	unlinkat(t->at.dir, t->at.other, 0);
	close(fd);
	errno = saved;
	return -1;
}

int
hs_target_again(struct hs_target *t, int *fd, struct hs_err *e)
{
	sigset_t before;

	if (hs_out_flush(&t->out, e) < 0)
		return -1;
	hold_signals(&before);
	int new = renew_temp(t);
	if (new < 0)
		cannot_write(t, "start a second temporary file", e);
	sigprocmask(SIG_SETMASK, &before, NULL);
	if (new < 0)
		return -1;
	hs_buf_free(&t->out.buf);
	close(t->lock);
	*fd = t->out.fd;
	t->synced = false;
	return use(t, new, e) < 0 ? -1 : keep_owner(t, new, e);
}

/* Reads n bytes at an offset, fewer only at the end: how many. */
static ssize_t
read_at(int fd, char *p, size_t n, off_t at)
{
	size_t have = 0;

	while (have < n) {
		ssize_t r = pread(fd, p + have, n - have, at + (off_t)have);
		if (r < 0 && errno == EINTR)
			continue;
		if (r < 0)
			return -1;
		if (r == 0)
			break;
		have += (size_t)r;
	}
	return (ssize_t)have;
}

static int
compare(int a, int b)
{
	char x[32768], y[32768];
	off_t at = 0;

	for (;;) {
		ssize_t n = read_at(a, x, sizeof x, at);
		ssize_t m = read_at(b, y, sizeof y, at);
		if (n < 0 || m < 0)
			return -1;
		if (n != m || memcmp(x, y, (size_t)n) != 0)
			return 0;
		if (n == 0)
			return 1;
		at += n;
	}
}

int
hs_target_same(struct hs_target *t, struct hs_err *e)
{
	if (hs_out_flush(&t->out, e) < 0)
		return -1;
	int old =
	    openat(t->at.dir, hs_target_name(&t->at), O_RDONLY | O_CLOEXEC);
	if (old < 0 && errno == ENOENT)
		return 0;
	struct stat a, b;
	int r = -1;
	if (old >= 0 && fstat(old, &a) == 0 && fstat(t->out.fd, &b) == 0)
		r = a.st_size == b.st_size ? compare(old, t->out.fd) : 0;
	if (r < 0)
		cannot_write(t, "compare it with the old file", e);
	if (old >= 0)
		close(old);
	return r;
}

int
hs_target_sync(struct hs_target *t, struct hs_err *e)
{
	if (hs_out_flush(&t->out, e) < 0 || dress(t, t->out.fd, e) < 0)
		return -1;
	if (fsync(t->out.fd) < 0)
		return cannot_write(t, "write to disk", e);
	t->synced = true;
	return 0;
}

static int
put_in_place(struct hs_target *t, struct hs_err *e)
{
	if (renameat(t->at.dir, hs_target_temp(&t->at), t->at.dir,
		hs_target_name(&t->at)) < 0)
		return cannot_write(t, "rename the new file over it", e);
	end_guard(t);
	/* EINVAL: this file system cannot sync directories. */
	if (fsync(t->at.dir) < 0 && errno != EINVAL)
		return hs_err_set(e, HS_IO,
		    "%s: has been replaced, but its directory could not be "
		    "written to disk: %s",
		    t->at.path, strerror(errno));
	return 0;
}

int
hs_target_publish(struct hs_target *t, struct hs_err *e)
{
	sigset_t before;

	if (!t->synced && hs_target_sync(t, e) < 0)
		return -1;
	if (hs_out_close(&t->out, e) < 0)
		return -1;
	hold_signals(&before);
	int rc = put_in_place(t, e);
	if (rc == 0)
		hs_target_abandon(t);
	sigprocmask(SIG_SETMASK, &before, NULL);
	return rc;
}

void
hs_target_abandon(struct hs_target *t)
{
	sigset_t before;

	hold_signals(&before);
	if (t->at.temp)
		unlinkat(t->at.dir, hs_target_temp(&t->at), 0);
	end_guard(t);
	hs_target_forget(&t->at);
	sigprocmask(SIG_SETMASK, &before, NULL);
	hs_buf_free(&t->out.buf);
	if (t->out.fd >= 0)
		close(t->out.fd);
	if (t->lock >= 0)
		close(t->lock);
	t->out.fd = t->lock = -1;
}
