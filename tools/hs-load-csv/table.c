/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Makes the new file of the old one and the stream. */
#include "table.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/* Opens the table there is; *fd is -1 when there is none. */
static int
open_old(const char *path, int *fd, struct stat *st, struct hs_err *e)
{
	*fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (*fd < 0 && errno == ENOENT)
		return 0;
	if (*fd < 0 || fstat(*fd, st) < 0)
		return hs_err_set(
		    e, HS_IO, "%s: cannot read: %s", path, strerror(errno));
	if (!S_ISREG(st->st_mode))
		return hs_err_set(e, HS_CANTCREATE, "%s: is not a file", path);
	return 0;
}

/* Fails when the table at path is no longer the one that was read.  The lock
 * keeps other loaders away; an editor or a script does not ask for it. */
static int
check_old(const char *path, int fd, const struct stat *before, struct hs_err *e)
{
	struct stat after, now;
	bool there = stat(path, &now) == 0;

	if (fd < 0 && !there)
		return 0;
	if (fd >= 0 && there && fstat(fd, &after) == 0 &&
	    now.st_dev == after.st_dev && now.st_ino == after.st_ino &&
	    before->st_size == after.st_size &&
	    before->st_mtim.tv_sec == after.st_mtim.tv_sec &&
	    before->st_mtim.tv_nsec == after.st_mtim.tv_nsec)
		return 0;
	return hs_err_set(e, HS_IO,
	    "%s: was changed by another program while it was read", path);
}

/* Merges the rows in fd into the table at path: into out, or, when that is
 * NULL, counting only. */
static int
merge_with(struct table *t, const char *path, int fd, struct hs_out *out,
    struct hs_err *e)
{
	struct merge *m = &t->result;
	struct stat st;
	int old, rc = open_old(path, &old, &st, e);

	*m = (struct merge){.rows = &t->load.rows,
	    .fd = fd,
	    .old = old,
	    .name = t->name,
	    .source = t->source,
	    .key = &t->key,
	    .max_row = t->max_row,
	    .replace = !t->merge,
	    .mark = t->load.mark,
	    .out = out};
	if (rc == 0)
		rc = merge(m, e);
	if (rc == 0)
		rc = check_old(path, old, &st, e);
	if (old >= 0)
		close(old);
	return rc;
}

int
table_check_removed(const struct table *t, struct hs_err *e)
{
	const struct limit *max = &t->max_removed;
	const struct merge *m = &t->result;
	unsigned long long gone = m->removed;
	unsigned long long all = m->changed + m->unchanged + gone;
	bool too_many =
	    max->percent ? gone * 100 > max->n * all : gone > max->n;

	if (!max->set || t->merge || !too_many)
		return 0;
	return hs_err_set(e, HS_DATA,
	    "%s: %llu of its %llu rows are not in the stream, more than "
	    "--max-removed %llu%s allows; the table stays as it was",
	    t->name, gone, all, max->n, max->percent ? "%" : "");
}

int
table_count(struct table *t, int fd, struct hs_err *e)
{
	if (merge_with(t, t->name, fd, NULL, e) < 0)
		return -1;
	/* A table that is replaced keeps rows with repeated keys. */
	if (!t->merge)
		t->result.added += t->result.repeated;
	return 0;
}

/* Adds the header of the table in fd to b, as a line. */
static int
copy_header(struct table *t, int fd, struct hs_buf *b, struct hs_err *e)
{
	struct hs_csvin in;

	hs_csvin_init(&in, fd, t->name, t->max_row);
	in.utf8 = true;
	hs_csvin_bom(&in);
	int r = hs_csvin_next(&in, e);
	if (r > 0 && t->load.mark)
		hs_buf_puts(b, HS_CSV_MARK);
	if (r > 0)
		hs_buf_add(b, hs_csvin_at(&in), in.row.len);
	if (r > 0 && in.row.len == in.row.body)
		hs_buf_addc(b, '\n');
	hs_csvin_free(&in);
	return r < 0 ? -1 : 0;
}

/* A stream without records says nothing of columns: the header stays. */
static int
keep_header(struct table *t, struct hs_target *target, struct hs_err *e)
{
	struct stat st;
	int fd, rc = open_old(target->at.path, &fd, &st, e);

	if (rc == 0 && fd >= 0)
		rc = copy_header(t, fd, &target->out.buf, e);
	if (fd >= 0)
		close(fd);
	return rc < 0 ? -1 : hs_out_commit(&target->out, e);
}

/* Whether the table at path begins with a byte order mark, and whether it has
 * rows; neither where it can't be read. */
static void
look_at_old(const struct table *t, const char *path, bool *mark, bool *rows)
{
	struct hs_csvin in;
	struct hs_err e;
	struct stat st;
	int fd;

	*mark = *rows = false;
	if (open_old(path, &fd, &st, &e) == 0 && fd >= 0) {
		hs_csvin_init(&in, fd, t->name, t->max_row);
		*mark = hs_csvin_bom(&in);
		if (hs_csvin_next(&in, &e) > 0) {
			hs_csvin_step(&in);
			*rows = hs_csvin_next(&in, &e) > 0;
		}
		hs_csvin_free(&in);
	}
	if (fd >= 0)
		close(fd);
}

void
table_start(struct table *t, const struct hs_target *target)
{
	bool mark = false, rows;

	if (t->mark == MARK_KEEP)
		look_at_old(t, target->at.path, &mark, &rows);
	t->load.mark = mark || t->mark == MARK_YES;
	t->load.bare =
	    t->merge || t->max_removed.set || t->load.rows.drop_empty;
	/* Rows that are read again need not reach the disk. */
	t->load.out->to_disk = !t->load.bare;
}

bool
table_has_rows(const struct table *t, const struct hs_target *target)
{
	bool mark, rows;

	look_at_old(t, target->at.path, &mark, &rows);
	return rows;
}

/* Writes header and rows to the target; fd has the rows. */
static int
replace(struct table *t, struct hs_target *target, int fd, struct hs_err *e)
{
	if (t->max_removed.set &&
	    (merge_with(t, target->at.path, fd, NULL, e) < 0 ||
		table_check_removed(t, e) < 0))
		return -1;
	if (t->load.rows.columns.n == 0)
		return keep_header(t, target, e);
	return load_table(&t->load, fd, &target->out, e);
}

int
table_write(struct table *t, struct hs_target *target, struct hs_err *e)
{
	int fd, rc;

	if (!t->merge && !t->load.late && !t->load.bare) {
		if (t->load.rows.columns.n > 0)
			return 0;
		return keep_header(t, target, e);
	}
	/* What has been written is read again to make the new file. */
	if (hs_target_again(target, &fd, e) < 0)
		return -1;
	if (t->merge)
		rc = merge_with(t, target->at.path, fd, &target->out, e);
	else
		rc = replace(t, target, fd, e);
	close(fd);
	return rc;
}
