/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* The file of -o. */
#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define OPEN_TRIES 100

/* Opens the file and locks it; it may have lost its name meanwhile. */
static int
open_once(struct output *o, const char *path, bool read, struct hs_err *e)
{
	int flags = (read ? O_RDWR : O_WRONLY) | O_CLOEXEC;
	struct stat st;

	o->fd = open(path, flags);
	if (o->fd < 0 && errno == ENOENT) {
		o->fd = open(path, flags | O_CREAT, 0666);
		o->created = o->fd >= 0;
	}
	if (o->fd < 0)
		return hs_err_set(e, HS_CANTCREATE, "%s: cannot open: %s", path,
		    strerror(errno));
	if (fstat(o->fd, &st) < 0 || !S_ISREG(st.st_mode)) {
		o->created = false;
		if (!read)
			return 0;
		return hs_err_set(e, HS_CANTCREATE,
		    "%s: only a regular file can be resumed", path);
	}
	if (flock(o->fd, LOCK_EX | LOCK_NB) < 0)
		return hs_err_set(
		    e, HS_CANTCREATE, "%s: another run writes it", path);
	return 0;
}

/* Whether the path leads to the open file; true for what is no file. */
static bool
is_current(int fd, const char *path)
{
	struct stat ours, there;

	if (fstat(fd, &ours) < 0 || !S_ISREG(ours.st_mode))
		return true;
	return stat(path, &there) == 0 && ours.st_dev == there.st_dev &&
	       ours.st_ino == there.st_ino;
}

int
output_open(struct output *o, const char *path, bool read, struct hs_err *e)
{
	struct stat st;

	o->fd = -1;
	for (int tries = 0; tries < OPEN_TRIES; tries++) {
		o->created = false;
		if (open_once(o, path, read, e) < 0)
			return -1;
		if (is_current(o->fd, path)) {
			o->empty = fstat(o->fd, &st) == 0 && st.st_size == 0;
			o->created &= o->empty;
			return 0;
		}
		/* Its last writer has removed or replaced it. */
		close(o->fd);
		o->fd = -1;
	}
	return hs_err_set(
	    e, HS_CANTCREATE, "%s: is replaced again and again", path);
}

static int
sync_directory(const char *path, struct hs_err *e)
{
	char *real = realpath(path, NULL);
	char *slash = real ? strrchr(real, '/') : NULL;
	int fd = -1, r = -1;

	if (slash) {
		slash[slash == real] = '\0';
		fd = open(real, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	}
	if (fd >= 0)
		r = fsync(fd);
	/* Some file systems can't, and a directory may be unreadable. */
	if (r < 0 && (errno == EINVAL || errno == EROFS || errno == EACCES))
		r = 0;
	if (r < 0)
		hs_err_set(e, HS_IO, "%s: cannot sync its directory: %s", path,
		    strerror(errno));
	if (fd >= 0)
		close(fd);
	free(real);
	return r;
}

int
output_begin(struct output *o, const char *path, unsigned long long size,
    struct hs_err *e)
{
	struct stat st;

	if (fstat(o->fd, &st) < 0 || !S_ISREG(st.st_mode))
		return 0;
	/* A file that is whole keeps its time. */
	if ((st.st_size != (off_t)size && ftruncate(o->fd, (off_t)size) < 0) ||
	    lseek(o->fd, (off_t)size, SEEK_SET) < 0)
		return hs_err_set(
		    e, HS_IO, "%s: cannot cut: %s", path, strerror(errno));
	return o->empty ? sync_directory(path, e) : 0;
}

int
output_done(const struct output *o, const char *path, struct hs_err *e)
{
	struct stat st;

	/* A pipe or a device can't be synced, and need not be. */
	if (fsync(o->fd) < 0 && errno != EINVAL && errno != EROFS)
		return hs_err_set(
		    e, HS_IO, "%s: cannot sync: %s", path, strerror(errno));
	if (fstat(o->fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_nlink == 0)
		return hs_err_set(e, HS_IO,
		    "%s: was removed or replaced while it was written", path);
	return 0;
}

void
output_abandon(struct output *o, const char *path)
{
	char *real = o->created ? realpath(path, NULL) : NULL;

	/* A link to it stays, and so does what somebody else put there. */
	if (real && is_current(o->fd, real))
		unlink(real);
	free(real);
}
