/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Which file a program's name stands for. */
#include "which.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool
is_executable(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISREG(st.st_mode) &&
	       access(path, X_OK) == 0;
}

/* folder/name when that is a program.  An empty folder in PATH is the current
 * one. */
static char *
try_folder(const char *folder, size_t len, const char *name)
{
	char *path = NULL;

	if (asprintf(&path, "%.*s/%s", len ? (int)len : 1, len ? folder : ".",
		name) < 0)
		return NULL;
	if (is_executable(path))
		return path;
	free(path);
	errno = ENOENT;
	return NULL;
}

static char *
find_in_path(const char *name)
{
	const char *p = getenv("PATH");

	errno = ENOENT;
	while (p) {
		size_t len = strcspn(p, ":");
		char *found = try_folder(p, len, name);
		if (found || errno == ENOMEM)
			return found;
		p = p[len] ? p + len + 1 : NULL;
	}
	return NULL;
}

char *
hs_which_find(const char *folder, const char *name)
{
	char *found = folder ? try_folder(folder, strlen(folder), name) : NULL;

	return found ? found : find_in_path(name);
}

char *
hs_which_folder(const char *argv0)
{
	char *path = realpath("/proc/self/exe", NULL);

	if (!path && strchr(argv0, '/'))
		path = realpath(argv0, NULL);
	else if (!path)
		path = find_in_path(argv0);
	char *slash = path ? strrchr(path, '/') : NULL;
	if (slash)
		slash[slash == path] = '\0';
	return path;
}

bool
hs_which_is_in_path(const char *name, const char *file)
{
	char *found = find_in_path(name);
	struct stat a, b;
	bool same = found && stat(found, &a) == 0 && stat(file, &b) == 0 &&
		    a.st_dev == b.st_dev && a.st_ino == b.st_ino;

	free(found);
	return same;
}
