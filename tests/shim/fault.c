/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/*
 * Calls that go wrong on purpose: preloaded (LD_PRELOAD) into a program, it
 * counts the calls that touch files, and at one of them does what it was told.
 *
 *	FAULT_OF=NAME	  in which program; else in each
 *	FAULT_STAYS=1	  all later calls fail, too
 *	FAULT_COUNT=FILE  their number is written to FILE at the exit
 *	FAULT_LOG=FILE	  each call's name is added to FILE, a line each
 *	FAULT_AT=N	  which call, from 1
 *	FAULT_DO=fail	  it does nothing and fails with ENOSPC (or EIO)
 *	        =short	  a write takes half of it, and the next one fails
 *	        =kill	  SIGKILL instead of the call
 *	        =run	  before the call, the command in FAULT_RUN
 *	FAULT_MET=FILE	  made when that came about
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

static long calls;
static bool again; /* the rest of a short write fails, too */
static bool rests;

/* What comes now is the work of `make coverage` (tests/coverage/ends.c). */
void shim_rest(void);
void
shim_rest(void)
{
	rests = true;
	again = false;
}

/* Straight to the kernel: these must not count themselves. */
static void
note(const char *file, const char *text)
{
	if (!file)
		return;
	int fd = (int)syscall(
	    SYS_openat, AT_FDCWD, file, O_WRONLY | O_CREAT | O_APPEND, 0666);
	if (fd < 0)
		_exit(99);
	if (syscall(SYS_write, fd, text, strlen(text)) < 0 ||
	    syscall(SYS_write, fd, "\n", 1) < 0)
		_exit(99);
	syscall(SYS_close, fd);
}

static bool
told(const char *what)
{
	const char *s = getenv("FAULT_DO");

	return s && strcmp(s, what) == 0;
}

static bool
is_ours(void)
{
	const char *name = getenv("FAULT_OF");

	return !name || strcmp(name, program_invocation_short_name) == 0;
}

__attribute__((destructor)) static void
end(void)
{
	char number[32];

	snprintf(number, sizeof number, "%ld", calls);
	if (is_ours())
		note(getenv("FAULT_COUNT"), number);
}

/* Counts a call: whether it is the one. */
static bool
is_due(const char *name)
{
	const char *at = getenv("FAULT_AT"), *stays = getenv("FAULT_STAYS");
	long first = at ? atol(at) : 0;

	if (rests || !is_ours())
		return false;
	calls++;
	note(getenv("FAULT_LOG"), name);
	if (first == 0 || calls < first)
		return false;
	if (calls > first)
		return stays && *stays;
	note(getenv("FAULT_MET"), name);
	if (told("kill"))
		raise(SIGKILL);
	if (told("run")) {
		unsetenv("LD_PRELOAD");
		if (system(getenv("FAULT_RUN")) != 0)
			_exit(99);
	}
	return true;
}

#define REAL(name) (__extension__(__typeof__(&name)) dlsym(RTLD_NEXT, #name))

/* Where glibc has other calls for sizes and times of 64 bits, the headers
 * rename what is compiled, and dlsym() has to be told. */
#if defined __GLIBC__ && __TIMESIZE == 32
#define REAL64(name, wide) \
	(__extension__(__typeof__(&name)) dlsym(RTLD_NEXT, wide))
#else
#define REAL64(name, wide) REAL(name)
#endif

/* A call with arguments `args`, which fails with `error`. */
#define CALL64(name, wide, error, args)         \
	do {                                    \
		bool due = is_due(#name);       \
		if (due && told("fail")) {      \
			errno = (error);        \
			return -1;              \
		}                               \
		return REAL64(name, wide) args; \
	} while (0)
#define CALL(name, error, args) CALL64(name, #name, error, args)

ssize_t
write(int fd, const void *p, size_t n)
{
	if (fd == STDERR_FILENO)
		return REAL(write)(fd, p, n);
	bool due = is_due("write");
	if ((due && told("fail")) || again) {
		errno = ENOSPC;
		return -1;
	}
	if (due && told("short")) {
		again = true;
		n = n / 2 + 1;
	}
	return REAL(write)(fd, p, n);
}

int
fsync(int fd)
{
	CALL(fsync, EIO, (fd));
}

int
close(int fd)
{
	bool due = is_due("close");
	int r = REAL(close)(fd);

	if (due && told("fail")) {
		errno = EIO;
		return -1;
	}
	return r;
}

int
renameat(int a, const char *from, int b, const char *to)
{
	CALL(renameat, ENOSPC, (a, from, b, to));
}

int
rename(const char *from, const char *to)
{
	CALL(rename, ENOSPC, (from, to));
}

int
unlinkat(int fd, const char *path, int flags)
{
	CALL(unlinkat, EIO, (fd, path, flags));
}

int
unlink(const char *path)
{
	CALL(unlink, EIO, (path));
}

int
fchmod(int fd, mode_t mode)
{
	CALL(fchmod, EIO, (fd, mode));
}

int
fchown(int fd, uid_t owner, gid_t group)
{
	CALL(fchown, EPERM, (fd, owner, group));
}

int
fstat(int fd, struct stat *st)
{
	CALL64(fstat, "__fstat64_time64", EIO, (fd, st));
}

int
fstatat(int dir, const char *path, struct stat *st, int flags)
{
	CALL64(fstatat, "__fstatat64_time64", EIO, (dir, path, st, flags));
}

int
fcntl(int fd, int what, ...)
{
	va_list ap;

	va_start(ap, what);
	long arg = va_arg(ap, long);
	va_end(ap);
	if (what == F_GETFD) /* which fails only where there is no such file */
		return REAL64(fcntl, "__fcntl_time64")(fd, what, arg);
	CALL64(fcntl, "__fcntl_time64", EMFILE, (fd, what, arg));
}

int
mkostemp(char *path, int flags)
{
	CALL64(mkostemp, "mkostemp64", ENOSPC, (path, flags));
}

int
flock(int fd, int how)
{
	CALL(flock, ENOLCK, (fd, how));
}

ssize_t
pread(int fd, void *p, size_t n, off_t at)
{
	CALL64(pread, "pread64", EIO, (fd, p, n, at));
}

ssize_t
pwrite(int fd, const void *p, size_t n, off_t at)
{
	CALL64(pwrite, "pwrite64", ENOSPC, (fd, p, n, at));
}

int
ftruncate(int fd, off_t n)
{
	CALL64(ftruncate, "ftruncate64", EIO, (fd, n));
}

int
mkdir(const char *path, mode_t mode)
{
	CALL(mkdir, ENOSPC, (path, mode));
}

int
chmod(const char *path, mode_t mode)
{
	CALL(chmod, EIO, (path, mode));
}

int
chown(const char *path, uid_t owner, gid_t group)
{
	CALL(chown, EPERM, (path, owner, group));
}

int
dup(int fd)
{
	CALL(dup, EMFILE, (fd));
}

int
dup2(int fd, int as)
{
	CALL(dup2, EMFILE, (fd, as));
}

int
pipe2(int fd[2], int flags)
{
	CALL(pipe2, EMFILE, (fd, flags));
}

ssize_t
read(int fd, void *p, size_t n)
{
	CALL(read, EIO, (fd, p, n));
}

static mode_t
mode_of(int flags, va_list ap)
{
	bool made = flags & O_CREAT || (flags & O_TMPFILE) == O_TMPFILE;

	return made ? (mode_t)va_arg(ap, unsigned) : 0;
}

int
open(const char *path, int flags, ...)
{
	va_list ap;

	va_start(ap, flags);
	mode_t mode = mode_of(flags, ap);
	va_end(ap);
	CALL64(open, "open64", ENOSPC, (path, flags, mode));
}

int
openat(int dir, const char *path, int flags, ...)
{
	va_list ap;

	va_start(ap, flags);
	mode_t mode = mode_of(flags, ap);
	va_end(ap);
	CALL64(openat, "openat64", ENOSPC, (dir, path, flags, mode));
}
