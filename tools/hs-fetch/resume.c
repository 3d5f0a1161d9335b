/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Going on with a pages file that was cut off. */
#include "resume.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "page.h"

static int
open_locked(struct resume *r, const char *path, bool read, struct hs_err *e)
{
	int flags = (read ? O_RDWR : O_WRONLY) | O_CLOEXEC;
	struct stat st;

	r->fd = open(path, flags);
	if (r->fd < 0 && errno == ENOENT) {
		r->fd = open(path, flags | O_CREAT, 0666);
		r->created = r->fd >= 0;
	}
	if (r->fd < 0)
		return hs_err_set(e, HS_CANTCREATE, "%s: cannot open: %s", path,
		    strerror(errno));
	if (fstat(r->fd, &st) < 0 || !S_ISREG(st.st_mode)) {
		if (!read)
			return 0;
		return hs_err_set(e, HS_CANTCREATE,
		    "%s: only a regular file can be resumed", path);
	}
	if (flock(r->fd, LOCK_EX | LOCK_NB) < 0)
		return hs_err_set(
		    e, HS_CANTCREATE, "%s: another run writes it", path);
	return 0;
}

static int
take_id(struct hs_scan *s, struct seen *seen)
{
	struct hs_span key, value, id;
	uint64_t n;
	int r;

	if (hs_scan_enter(s, '{') < 0)
		return -1;
	while ((r = hs_scan_member(s, &key)) > 0) {
		if (hs_scan_value(s, &value) < 0)
			return -1;
		if (!hs_span_is(key, "id"))
			continue;
		if (!hs_scan_inner(value, &id))
			id = value;
		if (!seen_number(id, &n))
			n = seen_hash(id);
		if (seen_add(seen, n) < 0)
			return hs_scan_fail(s, "out of memory");
	}
	return r;
}

/* Looked at as a whole first, so that no id of a broken line counts. */
static bool
is_valid(struct hs_span line)
{
	struct hs_scan s;

	hs_scan_init(&s, line);
	return hs_scan_value(&s, NULL) == 0 && hs_scan_end(&s) == 0;
}

/* Reads one line: 1 when it is a whole page; 0 at the end, or where the file
 * is broken. */
static int
read_page(struct hs_page *pg, struct seen *seen, struct hs_err *e)
{
	int n = hs_page_next(pg, e);

	if (n == 0 || pg->in->torn)
		return 0;
	/* Broken text is what a power cut leaves; a page out of place is
	 * something else. */
	if (pg->pages > 0 && !is_valid(pg->line)) {
		pg->in->torn = true;
		return 0;
	}
	while (n > 0 && (n = hs_page_record(pg, e)) > 0)
		n = take_id(&pg->scan, seen) < 0 ? hs_page_fault(pg, e) : 1;
	if (n < 0)
		return -1;
	if (!pg->is_page || !pg->last.numbered)
		return hs_err_set(e, HS_DATA,
		    "%s: line %llu is no page of hs-fetch", pg->in->name,
		    pg->in->line);
	return 1;
}

/* The text of the string member at the path, or NULL. */
static char *
dig(struct hs_span text, const char *const *path)
{
	struct hs_span key, v = text;
	struct hs_scan s;
	char *found;

	for (; *path; path++) {
		struct hs_span member = {0};

		hs_scan_init(&s, v);
		if (hs_scan_peek(&s) != '{')
			return NULL;
		hs_scan_enter(&s, '{');
		while (hs_scan_member(&s, &key) > 0) {
			if (hs_scan_value(&s, &v) < 0)
				return NULL;
			if (hs_scan_is(key, *path))
				member = v;
		}
		v = member;
		if (!v.p)
			return NULL;
	}
	if (!hs_scan_inner(v, &v) || (found = calloc(1, v.len + 1)) == NULL)
		return NULL;
	found[hs_scan_decode(v, found, NULL)] = '\0';
	return found;
}

static int
check_what(struct hs_span page, const char *object,
    const struct resume_what *what, struct hs_err *e)
{
	static const char *const path[] = {"hs", "request", NULL};
	char *request;
	bool same;

	if (strcmp(object, what->object) != 0)
		return hs_err_set(e, HS_DATA,
		    "holds pages of %s, not of %s; give another -o", object,
		    what->object);
	request = dig(page, path);
	same = !request || strcmp(request, what->request) == 0;
	free(request);
	if (same)
		return 0;
	return hs_err_set(e, HS_DATA,
	    "was begun with other properties, associations or options than "
	    "asked for now, or the account's properties have changed; give "
	    "another -o");
}

/* The last whole page, n bytes at `at`: is it of this run, and where does it
 * go on? */
static int
read_last(struct resume *r, unsigned long long at, size_t n, const char *object,
    const struct resume_what *what, struct hs_err *e)
{
	static const char *const path[] = {"paging", "next", "after", NULL};
	struct hs_buf b = {0};
	int rc = -1;

	if (hs_buf_reserve(&b, n) < 0 ||
	    pread(r->fd, b.data, n, (off_t)at) != (ssize_t)n) {
		hs_err_set(e, HS_IO, "its last page can't be read");
		goto out;
	}
	if (check_what(hs_span(b.data, n), object, what, e) < 0)
		goto out;
	rc = 0;
	if (r->complete)
		goto out;
	r->after = dig(hs_span(b.data, n), path);
	if (!r->after)
		rc = hs_err_set(e, HS_DATA, "its last page has no cursor");
out:
	hs_buf_free(&b);
	return rc;
}

static int
read_file(struct resume *r, const char *path, const struct resume_what *what,
    struct seen *seen, struct hs_err *e)
{
	unsigned long long last = 0;
	struct hs_page pg;
	struct hs_in in;
	int n, fd = dup(r->fd);

	if (fd < 0)
		return hs_err_set(e, HS_SYSTEM, "%s", strerror(errno));
	hs_in_fd(&in, fd, path);
	hs_page_init(&pg, &in, true);
	while ((n = read_page(&pg, seen, e)) > 0) {
		last = r->size;
		r->size += pg.line.len + 1;
		r->pages++;
		r->records = pg.records;
		r->complete = !pg.last.more;
	}
	r->cut = in.torn;
	if (n == 0 && r->pages > 0)
		if (read_last(r, last, (size_t)(r->size - last - 1),
			pg.last.object, what, e) < 0)
			n = hs_err_at(e, "%s", path);
	hs_in_close(&in);
	return n < 0 ? -1 : 0;
}

/* A file whose first page never reached the disk may have its length, and
 * nothing in it. */
static bool
is_blank(int fd)
{
	static const char zero[4096];
	char have[sizeof zero];
	off_t at = 0;
	ssize_t n;

	while ((n = pread(fd, have, sizeof have, at)) > 0) {
		if (memcmp(have, zero, (size_t)n) != 0)
			return false;
		at += n;
	}
	return n == 0 && at > 0;
}

/* Half a first page may be cut off; half of anything else may not. */
static int
check_start(struct resume *r, const char *path, struct hs_err *e)
{
	static const char start[] = "{\"results\":[";
	char have[sizeof start] = {0};
	ssize_t n = pread(r->fd, have, sizeof start - 1, 0);

	if (n >= 0 && strncmp(have, start, (size_t)n) == 0)
		return 0;
	return hs_err_set(
	    e, HS_DATA, "%s: is no pages file; give another -o", path);
}

int
resume_open(struct resume *r, const char *path, bool read,
    const struct resume_what *what, struct seen *seen, struct hs_err *e)
{
	*r = (struct resume){.fd = -1};
	if (open_locked(r, path, read, e) < 0)
		goto fail;
	if (!read)
		return 0;
	if (is_blank(r->fd)) {
		r->cut = true;
		return 0;
	}
	if (check_start(r, path, e) < 0 ||
	    read_file(r, path, what, seen, e) < 0)
		goto fail;
	return 0;
fail:
	if (r->fd >= 0)
		close(r->fd);
	r->fd = -1;
	resume_free(r);
	return -1;
}

int
resume_ready(struct resume *r, const char *path, struct hs_err *e)
{
	struct stat st;

	if (fstat(r->fd, &st) < 0 || !S_ISREG(st.st_mode))
		return 0;
	/* A file that is whole keeps its time. */
	if ((st.st_size != (off_t)r->size &&
		ftruncate(r->fd, (off_t)r->size) < 0) ||
	    lseek(r->fd, (off_t)r->size, SEEK_SET) < 0)
		return hs_err_set(
		    e, HS_IO, "%s: cannot cut: %s", path, strerror(errno));
	return 0;
}

void
resume_abandon(struct resume *r, const char *path)
{
	struct stat made, there;
	char *real = r->created ? realpath(path, NULL) : NULL;

	/* A link to it stays, and so does what somebody else put there. */
	if (real && fstat(r->fd, &made) == 0 && stat(real, &there) == 0 &&
	    made.st_dev == there.st_dev && made.st_ino == there.st_ino)
		unlink(real);
	free(real);
}

void
resume_free(struct resume *r)
{
	free(r->after);
	r->after = NULL;
}
