/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* One pace for all processes that use one token. */
#include "pace.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "clock.h"
#include "sha256.h"

#define LOCK_TRIES 2000 /* of a millisecond */

static int
fail(struct pace *p, const char *what, const char *path, const char *why)
{
	snprintf(p->why, sizeof p->why, "%s %.150s: %.60s", what, path, why);
	return -1;
}

static bool
is_ours(const struct stat *st)
{
	return st->st_uid == geteuid() && (st->st_mode & 077) == 0;
}

static int
refuse(
    struct pace *p, const char *what, const char *path, const struct stat *st)
{
	p->foreign = true;
	return fail(p, what, path,
	    st->st_uid != geteuid() ? "belongs to another user, not used"
				    : "is open to others, not used");
}

/* Makes the directory and checks it: ours, and closed to others. */
static int
open_directory(struct pace *p, char *path, size_t size)
{
	const char *base = getenv("XDG_RUNTIME_DIR");
	struct stat st = {0};
	int fd, error;

	if (!base || base[0] != '/')
		base = "/tmp";
	if ((size_t)snprintf(path, size, "%s/hs-tools-%lu", base,
		(unsigned long)geteuid()) >= size)
		return fail(p, "directory", "for the pace", "name too long");
	if (mkdir(path, 0700) < 0 && errno != EEXIST)
		return fail(p, "directory", path, strerror(errno));
	fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	error = errno;
	if (fd < 0 && lstat(path, &st) == 0 && !is_ours(&st))
		return refuse(p, "directory", path, &st);
	if (fd < 0)
		return fail(p, "directory", path, strerror(error));
	if (fstat(fd, &st) == 0 && is_ours(&st))
		return fd;
	close(fd);
	return refuse(p, "directory", path, &st);
}

static void
name_file(char name[33], const char *host, const char *token)
{
	struct sha256 s;
	unsigned char digest[32];

	sha256_init(&s);
	sha256_add(&s, "hs-tools pace 1", 16);
	sha256_add(&s, host, strlen(host) + 1);
	sha256_add(&s, token, strlen(token));
	sha256_end(&s, digest);
	for (size_t i = 0; i < 16; i++)
		snprintf(name + 2 * i, 3, "%02x", digest[i]);
}

static int
open_file(struct pace *p, const char *host, const char *token)
{
	char path[512], name[33];
	struct stat st = {0};
	int dir = open_directory(p, path, sizeof path);

	if (dir < 0)
		return -1;
	name_file(name, host, token);
	int fd =
	    openat(dir, name, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
	int error = errno;
	bool foreign = fd < 0 &&
		       fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
		       !is_ours(&st);
	close(dir);
	if (foreign)
		return refuse(p, "file in", path, &st);
	if (fd < 0)
		return fail(p, "file in", path, strerror(error));
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_nlink == 1 &&
	    is_ours(&st))
		return fd;
	close(fd);
	return refuse(p, "file in", path, &st);
}

/* What tells one run of the machine from another; "" where nothing does. */
static void
name_boot(char name[40])
{
	int fd = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC);

	memset(name, 0, 40);
	if (fd < 0)
		return;
	if (read(fd, name, 36) != 36)
		memset(name, 0, 40);
	close(fd);
}

/* A process keeps the lock for microseconds, unless it is stopped just then
 * (^Z).  After some seconds this process goes on alone. */
static bool
locked(struct pace *p)
{
	const struct timespec nap = {.tv_nsec = HS_MS};

	for (int i = 0; p->fd >= 0 && i < LOCK_TRIES; i++) {
		if (flock(p->fd, LOCK_EX | LOCK_NB) == 0)
			return true;
		nanosleep(&nap, NULL);
	}
	if (p->fd < 0)
		return false;
	close(p->fd);
	p->fd = -1;
	fail(p, "the file", "of the pace", "is locked for good");
	return false;
}

/* What we can't have written counts as a row without requests.  So does what
 * was written before a reboot. */
static void
read_row(struct pace *p)
{
	struct pace_row *r = p->row;
	ssize_t n = pread(p->fd, r, sizeof *r, 0);

	if (n > 0)
		memcpy(&r[1], r, (size_t)n);
	if (n < 0 || !pace_valid(r, (size_t)n, p->boot))
		pace_reset(r, p->boot);
	else
		memset((char *)r + n, 0, sizeof *r - (size_t)n);
}

/* Locks the file and reads it. */
static void
lock(struct pace *p)
{
	struct pace_row *r = p->row;
	int64_t latest;

	if (!locked(p))
		return;
	read_row(p);
	latest = hs_now() + 2 * HS_MS * r->window_ms;
	for (int i = 0; i < pace_slots(r); i++)
		if (r->free_at[i] > latest)
			r->free_at[i] = 0;
	if (r->hold_until > hs_now() + 2 * HS_MS * WINDOW_MAX_MS)
		r->hold_until = 0;
}

/* A write that fails leaves the others with older numbers: harmless. */
static void
unlock(struct pace *p)
{
	if (p->fd < 0)
		return;
	if (memcmp(&p->row[0], &p->row[1], pace_size(p->row)) != 0 &&
	    pwrite(p->fd, p->row, pace_size(p->row), 0) < 0)
		snprintf(p->why, sizeof p->why, "pace: %s", strerror(errno));
	flock(p->fd, LOCK_UN);
}

int
pace_open(struct pace *p, const char *host, const char *token, struct hs_err *e)
{
	memset(p, 0, sizeof *p);
	p->row = calloc(2, sizeof *p->row);
	if (!p->row) {
		p->fd = -1;
		return hs_err_mem(e, "pace");
	}
	name_boot(p->boot);
	pace_reset(p->row, p->boot);
	p->fd = open_file(p, host, token);
	return 0;
}

/* The lock is held. */
static void
settle(struct pace *p)
{
	struct pace_row *r = p->row;
	int slot = p->done.slot;

	if (!p->done.due)
		return;
	p->done.due = false;
	if (p->done.trip > 0)
		pace_trip(r, p->done.trip);
	pace_learn(r, &p->done.rates, p->done.at);
	if (slot >= 0 && slot < PACE_SLOTS)
		/* A millisecond for servers that count in those. */
		r->free_at[slot] = p->done.at + HS_MS * (r->window_ms + 1);
}

void
pace_settle(struct pace *p)
{
	if (!p->done.due)
		return;
	lock(p);
	settle(p);
	unlock(p);
}

void
pace_done(struct pace *p, int slot, int64_t trip, const struct rates *rates)
{
	static const struct rates none = {-1, -1, -1, -1, -1};

	pace_settle(p);
	p->done.due = true;
	p->done.slot = slot;
	p->done.at = hs_now();
	p->done.trip = trip;
	p->done.rates = rates ? *rates : none;
}

int64_t
pace_take(struct pace *p, int *slot)
{
	struct pace_row *r = p->row;
	int64_t wait = 0, now;
	int i;

	lock(p);
	settle(p);
	now = hs_now();
	i = pace_earliest(r);
	if (r->hold_until > now)
		wait = r->hold_until - now;
	else if (i >= 0 && pace_free_at(r, i) > now)
		wait = pace_free_at(r, i) - now;
	else
		pace_occupy(r, i, now);
	unlock(p);
	*slot = wait > 0 ? -1 : i;
	return wait;
}

void
pace_hold(struct pace *p, long ms)
{
	int64_t until;

	lock(p);
	settle(p);
	if (ms > WINDOW_MAX_MS)
		ms = WINDOW_MAX_MS;
	until = hs_now() + HS_MS * ms;
	if (until > p->row->hold_until)
		p->row->hold_until = until;
	unlock(p);
}

long
pace_window(struct pace *p)
{
	pace_settle(p);
	return p->row->window_ms;
}

int
pace_limit(struct pace *p)
{
	pace_settle(p);
	return pace_slots(p->row);
}

void
pace_close(struct pace *p)
{
	if (!p->row)
		return;
	pace_settle(p);
	if (p->fd >= 0)
		close(p->fd);
	free(p->row);
	memset(p, 0, sizeof *p);
	p->fd = -1;
}
