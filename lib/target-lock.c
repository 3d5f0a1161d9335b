/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* The lock of a target. */
#include "target-lock.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* Attempts to get the lock.  One fails only if another writer wins. */
#define ROUNDS_MAX 10000

/* Whether the temporary file's name still means the file open as fd. */
static bool
is_temp(const struct hs_target_path *t, int fd)
{
	struct stat a, b;

	return fstat(fd, &a) == 0 &&
	       fstatat(t->dir, hs_target_temp(t), &b, AT_SYMLINK_NOFOLLOW) ==
		   0 &&
	       a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

/* Until it gets the old file's mode and owner, only its writer may read it.
 * Without an old file, umask and directory decide. */
int
hs_target_create(const struct hs_target_path *t, const char *name)
{
	return openat(t->dir, name,
	    O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW,
	    t->exists ? 0600 : 0666);
}

/* Opens another writer's temporary file, to wait for its lock.  NFS can lock
 * only a file that is open for writing. */
static int
open_temp(const struct hs_target_path *t)
{
	const int flags = O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK;
	int fd = openat(t->dir, hs_target_temp(t), O_RDWR | flags);

	if (fd < 0 && errno == EACCES)
		fd = openat(t->dir, hs_target_temp(t), O_RDONLY | flags);
	return fd;
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

int
hs_target_flock(int fd, const sigset_t *mask)
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
attempt(const struct hs_target_path *t, const sigset_t *mask, int *fd,
    struct hs_err *e)
{
	int f = hs_target_create(t, hs_target_temp(t));
	bool made = f >= 0;

	if (!made && errno == EEXIST)
		f = open_temp(t);
	if (f < 0 && errno == ENOENT)
		return 0;
	if (f < 0)
		return hs_err_set(e, HS_CANTCREATE, "%s: cannot create %s: %s",
		    t->path, t->temp, strerror(errno));
	if (hs_target_flock(f, mask) < 0) {
		int r = 1;
		if (errno != EWOULDBLOCK) {
			r = hs_err_set(e, HS_IO, "%s: cannot lock: %s", t->path,
			    strerror(errno));
			if (made && is_temp(t, f))
				unlinkat(t->dir, hs_target_temp(t), 0);
		}
		close(f);
		return r;
	}
	bool current = is_temp(t, f);
	if (made && current) {
		*fd = f;
		return 0;
	}
	int r = 0;
	if (current && unlinkat(t->dir, hs_target_temp(t), 0) < 0)
		r = hs_err_set(e, HS_CANTCREATE, "%s: %s is in the way: %s",
		    t->path, t->temp, strerror(errno));
	close(f);
	return r;
}

int
hs_target_lock(const struct hs_target_path *t, const sigset_t *mask, int *fd,
    struct hs_err *e)
{
	*fd = -1;
	for (int i = 0; i < ROUNDS_MAX; i++) {
		int r = attempt(t, mask, fd, e);
		if (r != 0 || *fd >= 0)
			return r;
	}
	return hs_target_refuse(t, "too many writers at once", e);
}
