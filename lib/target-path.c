/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Where a target is and which file is there. */
#include "target-path.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* As many symbolic links as Linux follows. */
#define LINKS_MAX 40
/* Bytes around a name: ".NAME.hs-new2". */
#define AROUND 9
/* Bytes that replace the end of a longer name: "~" and a hash in hexadecimal
 * digits. */
#define HASHED 17

static const char *
base(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

const char *
hs_target_name(const struct hs_target_path *t)
{
	return base(t->path);
}

const char *
hs_target_temp(const struct hs_target_path *t)
{
	return t->temp ? base(t->temp) : NULL;
}

int
hs_target_refuse(
    const struct hs_target_path *t, const char *why, struct hs_err *e)
{
	return hs_err_set(e, HS_CANTCREATE, "%s: %s", t->path, why);
}

/* Whether the path is another name of an open file, as /dev/stdout is.  If
 * the file were replaced, the other programs of a script would go on writing
 * to the old one. */
static bool
is_descriptor(const char *path)
{
	return strncmp(path, "/proc/", 6) == 0 ||
	       strncmp(path, "/dev/fd/", 8) == 0;
}

/* Replaces t->path by what the symbolic link points to: 1.  0: it is none. */
static int
follow(struct hs_target_path *t, struct hs_err *e)
{
	char to[PATH_MAX], *path = NULL;

	if (is_descriptor(t->path))
		return hs_target_refuse(t,
		    "is a name of an open file, which cannot be replaced; "
		    "write - for standard output",
		    e);
	ssize_t n = readlink(t->path, to, sizeof to - 1);
	if (n < 0 && (errno == EINVAL || errno == ENOENT))
		return 0;
	if (n < 0)
		return hs_target_refuse(t, strerror(errno), e);
	to[n] = '\0';
	int stem = to[0] == '/' ? 0 : (int)(base(t->path) - t->path);
	if (asprintf(&path, "%.*s%s", stem, t->path, to) < 0)
		return hs_err_mem(e, "a path");
	free(t->path);
	t->path = path;
	return 1;
}

static int
resolve(struct hs_target_path *t, const char *path, struct hs_err *e)
{
	int r = 1;

	if (!(t->path = strdup(path)))
		return hs_err_mem(e, "a path");
	for (int i = 0; i < LINKS_MAX && r > 0; i++)
		r = follow(t, e);
	if (r > 0)
		return hs_target_refuse(t, strerror(ELOOP), e);
	if (r < 0)
		return -1;
	if (!*t->path)
		return hs_err_set(e, HS_CANTCREATE, "the file's name is empty");
	if (!*base(t->path))
		return hs_target_refuse(t, "names a directory, not a file", e);
	return 0;
}

static int
open_dir(struct hs_target_path *t, struct hs_err *e)
{
	size_t len = (size_t)(base(t->path) - t->path);
	char *dir = len ? strndup(t->path, len) : strdup(".");

	if (!dir)
		return hs_err_mem(e, "a path");
	t->dir = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int saved = errno;
	free(dir);
	if (t->dir >= 0)
		return 0;
	return hs_err_set(e, HS_CANTCREATE, "%s: cannot open its directory: %s",
	    t->path, strerror(saved));
}

/* FNV-1a: all processes have to give the temporary file the same name. */
static uint64_t
hash(const char *s)
{
	uint64_t h = UINT64_C(0xcbf29ce484222325);

	for (; *s; s++)
		h = (h ^ (unsigned char)*s) * UINT64_C(0x100000001b3);
	return h;
}

/* Names the temporary files.  All writers of a target use the same name, since
 * that file is their lock.  It is at most as long as the file system allows. */
static int
name_temps(struct hs_target_path *t, struct hs_err *e)
{
	const char *name = base(t->path);
	long max = fpathconf(t->dir, _PC_NAME_MAX);
	size_t room = max > AROUND + HASHED ? (size_t)max - AROUND : 255;
	size_t n = strlen(name);
	char end[HASHED + 1] = "";

	if (n > room) {
		snprintf(end, sizeof end, "~%016jx", (uintmax_t)hash(name));
		n = room - HASHED;
		/* Some file systems refuse half a UTF-8 character. */
		while (n > 0 && ((unsigned char)name[n] & 0xc0) == 0x80)
			n--;
	}
	if (asprintf(&t->temp, "%.*s.%.*s%s.hs-new", (int)(name - t->path),
		t->path, (int)n, name, end) < 0) {
		t->temp = NULL;
		return hs_err_mem(e, "a path");
	}
	if (asprintf(&t->other, "%s2", base(t->temp)) < 0) {
		t->other = NULL;
		return hs_err_mem(e, "a path");
	}
	return 0;
}

int
hs_target_find(struct hs_target_path *t, const char *path, struct hs_err *e)
{
	if (resolve(t, path, e) < 0 || open_dir(t, e) < 0)
		return -1;
	return name_temps(t, e);
}

int
hs_target_look(struct hs_target_path *t, struct hs_err *e)
{
	struct stat st;

	if (fstatat(t->dir, base(t->path), &st, AT_SYMLINK_NOFOLLOW) < 0) {
		if (errno == ENOENT)
			return 0;
		return hs_target_refuse(t, strerror(errno), e);
	}
	if (S_ISDIR(st.st_mode))
		return hs_target_refuse(t, "is a directory", e);
	if (!S_ISREG(st.st_mode))
		return hs_target_refuse(t,
		    "is a device or a pipe, which cannot be replaced; "
		    "give a file",
		    e);
	t->exists = true;
	t->mode = st.st_mode & 07777;
	t->uid = st.st_uid;
	t->gid = st.st_gid;
	return 0;
}

void
hs_target_forget(struct hs_target_path *t)
{
	free(t->path);
	free(t->temp);
	free(t->other);
	if (t->dir >= 0)
		close(t->dir);
	*t = (struct hs_target_path){.dir = -1};
}
