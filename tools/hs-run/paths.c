/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Folders and names of files. */
#include "paths.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "buf.h"
#include "target-path.h"
#include "target.h"

/* Adds the path's parts, without empty ones and ".". */
static int
add_parts(struct hs_buf *b, const char *path)
{
	int r = 0;

	while (r == 0 && *path != '\0') {
		size_t n = strcspn(path, "/");

		if (n > 0 && !(n == 1 && *path == '.'))
			r = hs_buf_addc(b, '/') < 0 ? -1
						    : hs_buf_add(b, path, n);
		path += n + (path[n] == '/');
	}
	return r;
}

char *
canonical(const char *path)
{
	char *head = strdup(path), *real = NULL;
	size_t n = strlen(path);
	struct hs_buf b = {0};

	/* Shorten it until it exists. */
	while (head && n > 0 && !(real = realpath(head, NULL))) {
		while (n > 0 && head[n - 1] == '/')
			n--;
		while (n > 0 && head[n - 1] != '/')
			n--;
		head[n] = '\0';
	}
	if (head && !real)
		real = realpath(".", NULL);
	if (!real || add_parts(&b, real) < 0 || add_parts(&b, path + n) < 0 ||
	    !hs_buf_str(&b))
		hs_buf_free(&b);
	free(head);
	free(real);
	return b.data;
}

/* Writes the folder that path is in to disk.  What a crash could undo is only
 * the name's entry, so a folder that this user may not read is left alone. */
static int
sync_parent(const char *path, struct hs_err *e)
{
	const char *slash = strrchr(path, '/');
	size_t n = slash == path ? 1 : (size_t)(slash ? slash - path : 0);
	char *folder = n ? strndup(path, n) : strdup(".");

	if (!folder)
		return hs_err_mem(e, "a path");
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC), rc = 0;
	/* EINVAL: this file system cannot sync directories. */
	if (fd >= 0 && fsync(fd) < 0 && errno != EINVAL)
		rc = hs_err_set(e, HS_IO, "%s: cannot write to disk: %s",
		    folder, strerror(errno));
	if (fd >= 0)
		close(fd);
	free(folder);
	return rc;
}

/* Makes one folder, unless it is there. */
static int
make_folder(const char *path, struct hs_err *e)
{
	struct stat st;

	if (mkdir(path, 0777) == 0)
		return sync_parent(path, e);
	int why = errno;
	if (why == EEXIST && stat(path, &st) == 0 && S_ISDIR(st.st_mode))
		return 0;
	return hs_err_set(
	    e, HS_CANTCREATE, "cannot make folder %s: %s", path, strerror(why));
}

int
make_folders(const char *path, struct hs_err *e)
{
	char *copy = strdup(path);
	int rc = copy ? 0 : hs_err_mem(e, "a path");

	for (char *p = copy; rc == 0 && p;) {
		p = strchr(p + 1, '/');
		if (p)
			*p = '\0';
		rc = make_folder(copy, e);
		if (p)
			*p = '/';
	}
	free(copy);
	return rc;
}

char *
follow_link(const char *path)
{
	struct hs_target_path at = {.dir = -1};
	struct hs_err e;
	char *real = NULL;

	if (hs_target_find(&at, path, &e) == 0) {
		real = at.path;
		at.path = NULL;
	}
	hs_target_forget(&at);
	return real ? real : strdup(path);
}

int
replace_file(const char *new, const char *path, struct hs_err *e)
{
	struct stat st;

	if (stat(path, &st) == 0 && S_ISREG(st.st_mode) &&
	    chown(new, st.st_uid, st.st_gid) == 0 &&
	    chmod(new, st.st_mode & 07777) < 0)
		return hs_err_set(e, HS_IO, "%s: cannot keep its mode: %s",
		    path, strerror(errno));
	if (rename(new, path) < 0)
		return hs_err_set(e, HS_IO,
		    "%s: cannot put %s in its place: "
		    "%s",
		    path, new, strerror(errno));
	return sync_parent(path, e);
}

void
discard_file(const char *new)
{
	struct hs_target t;
	struct hs_err e;

	unlink(new);
	/* Its writer may have been killed. */
	if (hs_target_open(&t, new, NULL, NULL, &e) == 0)
		hs_target_abandon(&t);
}

/* Whether name is the start, then the number of a process that has ended, and
 * perhaps more. */
static bool
is_stale(const char *name, const char *start)
{
	size_t n = strlen(start);
	char *end;

	if (strncmp(name, start, n) != 0)
		return false;
	errno = 0;
	long pid = strtol(name + n, &end, 10);
	if (errno || pid <= 0 || end == name + n || (*end && *end != '.'))
		return false;
	return kill((pid_t)pid, 0) < 0 && errno == ESRCH;
}

void
sweep_files(const char *new)
{
	const char *slash = strrchr(new, '/'), *number = strrchr(new, '.') + 1;
	const char *name = slash ? slash + 1 : new;
	char *folder = slash ? strndup(new, (size_t)(name - new)) : strdup(".");
	char *start = NULL;
	struct dirent *f;

	/* A temporary file of target.h has one more dot in front. */
	if (asprintf(&start, ".%.*s", (int)(number - name), name) < 0)
		start = NULL;
	DIR *d = folder && start ? opendir(folder) : NULL;
	while (d && (f = readdir(d)))
		if (is_stale(f->d_name, start) ||
		    is_stale(f->d_name, start + 1))
			unlinkat(dirfd(d), f->d_name, 0);
	if (d)
		closedir(d);
	free(folder);
	free(start);
}
