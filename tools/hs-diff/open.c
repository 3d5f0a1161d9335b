/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* A side is opened: what it is, and where it is kept. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "side.h"
#include "spool.h"

/* Opens the path, and notes whether it can be read again where it is. */
static int
open_path(struct side *s, bool *file, struct hs_err *e)
{
	struct stat st;

	if (s->may_lack && stat(s->path, &st) < 0 && errno == ENOENT) {
		s->lacks = s->csv = true;
		return 0;
	}
	if (hs_in_open(&s->in, s->path, e) < 0)
		return -1;
	s->in.max_line = s->max_line;
	if (fstat(s->in.fd, &st) < 0)
		return hs_err_set(
		    e, HS_NOINPUT, "%s: %s", s->in.name, strerror(errno));
	*file = S_ISREG(st.st_mode) && lseek(s->in.fd, 0, SEEK_CUR) == 0;
	s->size = *file ? st.st_size : -1;
	s->changed = st.st_mtim;
	return 0;
}

static int
open_spool(struct side *s, struct hs_err *e)
{
	int fd = hs_spool_open(e);

	if (fd < 0)
		return -1;
	hs_out_init(&s->spool, fd, "temporary file");
	return 0;
}

/* Copies a table's lines, the first of which has been read. */
static int
copy_lines(struct side *s, struct hs_err *e)
{
	struct hs_span line = s->page.line;
	int r;

	do {
		hs_buf_put(&s->spool.buf, line);
		if (!s->in.torn)
			hs_buf_addc(&s->spool.buf, '\n');
		if (hs_out_commit(&s->spool, e) < 0)
			return -1;
	} while ((r = hs_in_line(&s->in, &line, e)) > 0);
	return r < 0 ? -1 : hs_out_flush(&s->spool, e);
}

/* Enters the columns of a table's header. */
static int
enter_header(struct side *s, struct hs_err *e)
{
	struct shape *sh = s->shape;
	struct hs_columns header = {0};
	int rc = hs_csvin_header(&s->rows, &header, e);

	s->column = calloc(header.n + 1, sizeof *s->column);
	if (rc == 0 && !s->column)
		rc = hs_err_mem(e, "column names");
	for (size_t i = 0; rc == 0 && s->column && i < header.n; i++) {
		rc = hs_columns_add(
		    &sh->names, header.name[i], &s->column[i], e);
		if (rc == 0)
			rc = shape_enter(sh, s->column[i], s->which, e);
	}
	s->columns = header.n;
	hs_columns_free(&header);
	return rc;
}

/* The columns of the key have to be in a table's header. */
static int
check_key(const struct side *s, struct hs_err *e)
{
	const struct shape *sh = s->shape;

	for (size_t k = 0; k < sh->key.n; k++)
		if (sh->key_at[k] == SHAPE_NONE ||
		    !sh->v[sh->key_at[k]].in[s->which])
			return hs_err_set(e, HS_DATA,
			    "%s: has no column %s, which is the key; name "
			    "another one with -k",
			    s->in.name, sh->key.name[k].p);
	return 0;
}

int
side_header(struct side *s, struct hs_err *e)
{
	struct hs_csvin *in = &s->rows;
	int fd = s->spool.fd >= 0 ? s->spool.fd : s->in.fd;

	if (!s->csv || s->lacks)
		return 0;
	if (s->spool.fd >= 0 && copy_lines(s, e) < 0)
		return -1;
	hs_csvin_init(in, fd, s->in.name, s->max_line);
	window_init(&s->window, fd, s->in.name);
	(void)hs_csvin_bom(in);
	int r = hs_csvin_next(in, e);
	if (r <= 0)
		return r;
	if (enter_header(s, e) < 0 || check_key(s, e) < 0)
		return -1;
	if (s->pass)
		hs_buf_add(&s->pass->buf, in->buf, in->pos + in->row.len);
	hs_csvin_step(in);
	return 0;
}

/* What the first line is: of a table, unless it starts like JSON. */
static bool
is_table(const struct side *s, int got)
{
	struct hs_span line = s->page.line;
	size_t i = 0, n = strlen(s->path);

	if (got == 0 && s->in.line == 0) /* an empty table has no header */
		return s->size == 0 && n > 4 &&
		       strcmp(s->path + n - 4, ".csv") == 0;
	if (s->in.line == 0)
		return false;
	while (i < line.len && (line.p[i] == ' ' || line.p[i] == '\t'))
		i++;
	return i == line.len || (line.p[i] != '{' && line.p[i] != '[');
}

/* The object that the first page names. */
static void
read_object(struct side *s)
{
	struct hs_span v, name;

	if (hs_scan_path(s->page.line, "hs.object", &v) > 0 &&
	    hs_scan_inner(v, &name) && name.len < sizeof s->object)
		s->object[hs_scan_decode(name, s->object, NULL)] = '\0';
}

void
side_init(struct side *s)
{
	s->in.fd = s->spool.fd = s->rows.fd = s->window.fd = -1;
	s->in.name = s->path;
}

int
side_open(struct side *s, struct hs_err *e)
{
	bool file = false;

	if (open_path(s, &file, e) < 0)
		return -1;
	if (s->lacks)
		return 0;
	if (!file && open_spool(s, e) < 0)
		return -1;
	hs_page_init(&s->page, &s->in, true);
	s->first = hs_page_next(&s->page, e);
	s->csv = is_table(s, s->first);
	if (s->csv)
		return 0;
	if (s->first < 0)
		return -1;
	window_init(&s->window, file ? s->in.fd : s->spool.fd, s->in.name);
	if (s->first > 0 && s->page.is_page)
		read_object(s);
	return 0;
}

int
side_check(const struct side *s, struct hs_err *e)
{
	struct stat st;

	if (s->lacks || s->size < 0)
		return 0;
	if (fstat(s->in.fd, &st) == 0 && st.st_size == s->size &&
	    st.st_mtim.tv_sec == s->changed.tv_sec &&
	    st.st_mtim.tv_nsec == s->changed.tv_nsec)
		return 0;
	return hs_err_set(
	    e, HS_IO, "%s: was changed while it was read", s->in.name);
}

void
side_free(struct side *s)
{
	/* They share descriptors, which are closed here. */
	hs_csvin_free(&s->rows);
	window_free(&s->window);
	hs_buf_free(&s->spool.buf);
	if (s->spool.fd >= 0)
		close(s->spool.fd);
	hs_in_close(&s->in);
	free(s->column);
	free(s->current.value);
	free(s->current.column);
	free(s->other.value);
	free(s->other.column);
	hs_members_free(&s->members);
	hs_members_free(&s->others);
}
