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
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* Attempts to get the lock.  One fails only if another writer wins. */
#define ROUNDS_MAX 10000

static int
cannot_write(const struct hs_target *t, const char *what, struct hs_err *e)
{
	return hs_err_set(
	    e, HS_IO, "%s: cannot %s: %s", t->at.path, what, strerror(errno));
}

/* Whether the temporary file's name still means the file open as fd. */
static bool
is_temp(const struct hs_target *t, int fd)
{
	struct stat a, b;

	return fstat(fd, &a) == 0 &&
	       fstatat(t->at.dir, hs_target_temp(&t->at), &b,
		   AT_SYMLINK_NOFOLLOW) == 0 &&
	       a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

/* Until it gets the old file's mode and owner, only its writer may read it.
 * Without an old file, umask and directory decide. */
static int
create(const struct hs_target *t, const char *name)
{
	return openat(t->at.dir, name,
	    O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW,
	    t->at.exists ? 0600 : 0666);
}

/* Opens another writer's temporary file, to wait for its lock.  NFS can lock
 * only a file that is open for writing. */
static int
open_temp(const struct hs_target *t)
{
	const int flags = O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK;
	int fd = openat(t->at.dir, hs_target_temp(&t->at), O_RDWR | flags);

	if (fd < 0 && errno == EACCES)
		fd =
		    openat(t->at.dir, hs_target_temp(&t->at), O_RDONLY | flags);
	return fd;
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

static int
try_lock(int fd, int flags)
{
	int r;

	do
		r = flock(fd, LOCK_EX | flags);
	while (r < 0 && errno == EINTR);
	return r;
}

/* Locks fd.  Without a mask it does not wait for another writer; the mask is
 * the one from before hold_signals(), so that a signal can end the wait. */
static int
lock(int fd, const sigset_t *mask)
{
	sigset_t held;

	if (try_lock(fd, LOCK_NB) == 0)
		return 0;
	if (!mask || errno != EWOULDBLOCK)
		return -1;
	sigprocmask(SIG_SETMASK, mask, &held);
	int r = try_lock(fd, 0), saved = errno;
	sigprocmask(SIG_SETMASK, &held, NULL);
	errno = saved;
	return r;
}

/*
 * One attempt to get the lock: *fd is set when this process has created the
 * temporary file and locked it.  If it can lock a file that it did not create,
 * that was left behind, or its writer has not locked it yet and will find it
 * gone.  Such a file is removed, and the next attempt creates another.
 */
static int
lock_round(struct hs_target *t, const sigset_t *mask, int *fd, struct hs_err *e)
{
	int f = create(t, hs_target_temp(&t->at));
	bool made = f >= 0;

	if (!made && errno == EEXIST)
		f = open_temp(t);
	if (f < 0 && errno == ENOENT)
		return 0;
	if (f < 0)
		return hs_err_set(e, HS_CANTCREATE, "%s: cannot create %s: %s",
		    t->at.path, t->at.temp, strerror(errno));
	if (lock(f, mask) < 0) {
		int r = errno == EWOULDBLOCK ? 1 : cannot_write(t, "lock", e);
		close(f);
		return r;
	}
	bool current = is_temp(t, f);
	if (made && current) {
		*fd = f;
		return 0;
	}
	int r = 0;
	if (current && unlinkat(t->at.dir, hs_target_temp(&t->at), 0) < 0)
		r = hs_err_set(e, HS_CANTCREATE, "%s: %s is in the way: %s",
		    t->at.path, t->at.temp, strerror(errno));
	close(f);
	return r;
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
race(struct hs_target *t, const sigset_t *mask, struct hs_err *e)
{
	int fd = -1, r = 0;

	if (hs_target_look(&t->at, e) < 0)
		return -1;
	for (int i = 0; i < ROUNDS_MAX && r == 0 && fd < 0; i++)
		r = lock_round(t, mask, &fd, e);
	if (r != 0)
		return r;
	if (fd < 0)
		return hs_target_refuse(&t->at, "too many writers at once", e);
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
		r = race(t, wait ? &before : NULL, e);
	if (r == 0 && guard) {
		t->guard = guard;
		guard(t->at.temp);
	}
	if (r != 0) {
		/* Without the lock the name is not ours to remove. */
		if (t->lock < 0)
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
	return open_target(t, path, true, guard, e);
}

/* Locks a second file and renames it over the temporary one: its descriptor,
 * or -1. */
static int
renew_temp(struct hs_target *t)
{
	int fd = create(t, t->at.other);

	if (fd < 0)
		return -1;
	if (lock(fd, NULL) == 0 && renameat(t->at.dir, t->at.other, t->at.dir,
				       hs_target_temp(&t->at)) == 0)
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
