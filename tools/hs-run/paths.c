/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Folders and names of files. */
#include "paths.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "buf.h"

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

/* The path, the existing part of it resolved, so that two spellings of one
 * file are the same; the caller frees it.  NULL: no memory. */
static char *
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

bool
same_file(const char *a, const char *b)
{
	char *x = canonical(a), *y = canonical(b);
	bool same = x && y ? strcmp(x, y) == 0 : strcmp(a, b) == 0;

	free(x);
	free(y);
	return same;
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
		struct stat st;
		if (mkdir(copy, 0777) < 0 &&
		    (errno != EEXIST || stat(copy, &st) < 0 ||
			!S_ISDIR(st.st_mode)))
			rc = hs_err_set(e, HS_CANTCREATE,
			    "cannot make folder %s: %s", copy, strerror(errno));
		if (p)
			*p = '/';
	}
	free(copy);
	return rc;
}
