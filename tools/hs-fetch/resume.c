/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Going on with a pages file that was cut off. */
#include "resume.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "drift.h"
#include "page.h"
#include "since.h"

static int
take_id(struct hs_scan *s, struct seen *seen)
{
	/* As answer_read() takes them. */
	static const char *const names[] = {"id", "recordId", "listId"};
	struct hs_span v[3], id;
	uint64_t n;

	if (hs_scan_pick(s, names, 3, v) < 0)
		return -1;
	id = v[0].p ? v[0] : v[1].p ? v[1] : v[2];
	if (!id.p)
		return 0;
	hs_scan_inner(id, &id);
	if (!seen_number(id, &n))
		n = seen_hash(id);
	return seen_add(seen, n) < 0 ? hs_scan_fail(s, hs_scan_nomem) : 0;
}

/* The whole line is checked first, so that no id of a broken one counts. */
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
	/* A power cut leaves broken text, but no page out of place. */
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

/* The text of the string at the path, for free(); or NULL. */
static char *
text_at(struct hs_span page, const char *path)
{
	struct hs_span v;

	if (hs_scan_path(page, path, &v) <= 0 || !hs_scan_inner(v, &v))
		return NULL;
	char *text = calloc(1, v.len + 1);
	if (text)
		text[hs_scan_decode(v, text, NULL)] = '\0';
	return text;
}

/* The pages are of another request: an error, or a reason to begin anew. */
static int
differs(struct resume *r, struct hs_span page, const struct resume_what *what,
    struct hs_err *e)
{
	struct hs_buf text = {0};

	if (what->names)
		drift_text(page, what->names, &text);
	if (text.len > 0)
		hs_err_set(e, HS_DATA, "was begun with other properties: %.*s",
		    (int)text.len, text.data);
	else
		hs_err_set(e, HS_DATA,
		    "was begun with other properties, associations or options "
		    "than asked for now");
	hs_buf_free(&text);
	if (!what->restart) {
		strncat(e->text,
		    "; give another -o, or begin it anew with "
		    "--restart-if-changed",
		    sizeof e->text - strlen(e->text) - 1);
		return -1;
	}
	r->changed = strdup(e->text);
	return r->changed ? 0 : hs_err_mem(e, "message");
}

static int
check_what(struct resume *r, struct hs_span page, const char *object,
    const struct resume_what *what, struct hs_err *e)
{
	if (strcmp(object, what->object) != 0)
		return hs_err_set(e, HS_DATA,
		    "holds pages of %s, not of %s; give another -o", object,
		    what->object);
	char *request = text_at(page, "hs.request");
	char *mark = text_at(page, "hs.mark");
	r->mark = mark ? since_time(mark) : -1;
	bool same = (!request || strcmp(request, what->request) == 0) &&
		    (!what->mark || r->mark > 0);
	free(request);
	free(mark);
	return same ? 0 : differs(r, page, what, e);
}

/* The last whole page, n bytes at `at`: is it of this run, and where does it
 * go on? */
static int
read_last(struct resume *r, unsigned long long at, size_t n, const char *object,
    const struct resume_what *what, struct hs_err *e)
{
	struct hs_buf b = {0};
	int rc = -1;

	if (hs_buf_reserve(&b, n) < 0 ||
	    pread(r->fd, b.data, n, (off_t)at) != (ssize_t)n) {
		hs_err_set(e, HS_IO, "its last page can't be read");
		goto out;
	}
	if (check_what(r, hs_span(b.data, n), object, what, e) < 0)
		goto out;
	rc = 0;
	if (r->complete || r->changed)
		goto out;
	r->after = text_at(hs_span(b.data, n), "paging.next.after");
	if (!r->after)
		rc = hs_err_set(e, HS_DATA, "its last page has no cursor");
out:
	hs_buf_free(&b);
	return rc;
}

/* Reads the whole pages: *last is where the last one begins. */
static int
read_pages(struct resume *r, struct hs_page *pg, unsigned long long *last,
    struct seen *seen, struct hs_err *e)
{
	unsigned long long before = 0; /* records of earlier streams */
	int n;

	while ((n = read_page(pg, seen, e)) > 0) {
		*last = r->size;
		if (r->complete)
			r->start = r->size;
		r->size += pg->line.len + 1;
		r->pages = pg->last.page + 1;
		r->records = pg->records - before;
		r->complete = !pg->last.more;
		if (r->complete) {
			before = pg->records;
			seen_free(seen);
		}
	}
	return n;
}

static int
read_file(struct resume *r, const char *path, const struct resume_what *what,
    struct seen *seen, struct hs_err *e)
{
	unsigned long long last = 0;
	struct hs_page pg;
	struct hs_in in;
	int fd = dup(r->fd);

	if (fd < 0)
		return hs_err_set(e, HS_SYSTEM, "%s", strerror(errno));
	hs_in_fd(&in, fd, path);
	hs_page_init(&pg, &in, true);
	int n = read_pages(r, &pg, &last, seen, e);
	r->cut = in.torn;
	if (n == 0 && pg.pages > 0 &&
	    read_last(r, last, (size_t)(r->size - last - 1), pg.last.object,
		what, e) < 0)
		n = hs_err_at(e, "%s", path);
	hs_in_close(&in);
	return n < 0 ? -1 : 0;
}

/* What the file has of the last stream does not count. */
static void
begin_anew(struct resume *r, struct seen *seen)
{
	r->pages = r->records = 0;
	r->size = r->start;
	r->complete = r->cut = false;
	seen_free(seen);
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

	if (n < 0)
		return hs_err_set(
		    e, HS_IO, "%s: cannot read: %s", path, strerror(errno));
	if (strncmp(have, start, (size_t)n) == 0)
		return 0;
	return hs_err_set(
	    e, HS_DATA, "%s: is no pages file; give another -o", path);
}

int
resume_read(struct resume *r, int fd, const char *path,
    const struct resume_what *what, struct seen *seen, struct hs_err *e)
{
	*r = (struct resume){.fd = fd};
	if (is_blank(fd)) {
		r->cut = true;
		return 0;
	}
	if (check_start(r, path, e) < 0 ||
	    read_file(r, path, what, seen, e) < 0)
		return -1;
	if (r->changed)
		begin_anew(r, seen);
	return 0;
}

void
resume_free(struct resume *r)
{
	free(r->after);
	free(r->changed);
	r->after = r->changed = NULL;
}
