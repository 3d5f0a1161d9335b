/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* What hs-load-csv does. */
#include "run.h"

#include <string.h>
#include <unistd.h>

#include "meter.h"
#include "object.h"
#include "spool.h"

/* Opens the file that rows are written to. */
static int
open_output(struct run *r, struct hs_err *e)
{
	struct load *l = &r->table.load;
	const char *name = r->table.name;

	if (r->to_stdout || r->dry_run) {
		int fd = hs_spool_open(e);
		if (fd < 0)
			return -1;
		hs_out_init(&r->spool, fd, "temporary file");
		l->out = &r->spool;
		l->bare = true;
		l->mark = r->table.mark == MARK_YES;
		return 0;
	}
	if (hs_target_open(&r->target, name, r->warn, r->guard, e) < 0)
		return -1;
	l->out = &r->target.out;
	table_start(&r->table, &r->target);
	return 0;
}

/* After the stream's end: whether it may be loaded. */
static int
judge_stream(struct run *r, struct hs_err *e)
{
	bool proven = r->page.is_page || !r->require_pages;

	if (!r->table.merge && hs_page_replaces(&r->page, e) < 0)
		return -1;
	if (hs_page_complete(&r->page, r->require_pages, e) == 0)
		return 0;
	if (!r->allow_incomplete || r->in.line == 0 || !proven)
		return -1;
	r->warn("%s; it is loaded all the same", e->text);
	return 0;
}

static int
read_stream(struct run *r, struct hs_err *e)
{
	struct table *t = &r->table;
	const struct rows *rows = &t->load.rows;

	if (load_stream(&t->load, &r->page, e) < 0 || judge_stream(r, e) < 0)
		return -1;
	for (size_t i = rows->given; r->schema && i < rows->columns.n; i++)
		r->warn("column %s is not in %s: it comes last",
		    rows->columns.name[i].p, r->schema);
	if (t->key.n > 0)
		return 0;
	return hs_columns_list(
	    &t->key, hs_object_kind_of(r->page.last.object)->key, e);
}

static int
dry_run(struct run *r, struct hs_err *e)
{
	const struct merge *m = &r->table.result;

	if (hs_out_flush(&r->spool, e) < 0 ||
	    table_count(&r->table, r->spool.fd, e) < 0)
		return -1;
	hs_out_init(&r->out, STDOUT_FILENO, "standard output");
	hs_buf_printf(&r->out.buf,
	    "added\t%llu\nchanged\t%llu\nunchanged\t%llu\nremoved\t%llu\n",
	    m->added, m->changed, m->unchanged, m->removed);
	if (hs_out_commit(&r->out, e) < 0 || hs_out_close(&r->out, e) < 0)
		return -1;
	return table_check_removed(&r->table, e);
}

static int
to_stdout(struct run *r, struct hs_err *e)
{
	hs_out_init(&r->out, STDOUT_FILENO, "standard output");
	if (hs_out_flush(&r->spool, e) < 0 ||
	    load_table(&r->table.load, r->spool.fd, &r->out, e) < 0)
		return -1;
	return hs_out_close(&r->out, e);
}

static void
say_done(const struct run *r)
{
	const struct merge *m = &r->table.result;
	const struct rows *rows = &r->table.load.rows;

	r->note("%s: %llu records, %zu columns", r->table.name, rows->rows,
	    rows->columns.n);
	if (r->table.merge)
		r->note("%s: %llu rows added, %llu changed, %llu "
			"unchanged; %zu columns added; %llu records gave "
			"way to a later one of their key",
		    r->table.name, m->added, m->changed, m->unchanged,
		    m->new_columns, m->repeated);
}

static int
publish(struct run *r, struct hs_err *e)
{
	struct hs_target *t = &r->target;
	int same = 0;

	hs_meter_stage("writing");
	if (!r->table.merge && r->table.load.rows.rows == 0 &&
	    table_has_rows(&r->table, t))
		r->warn("%s: has rows, and the stream has no records: the "
			"table is empty now; --max-removed guards against that",
		    r->table.name);
	if (table_write(&r->table, t, e) < 0)
		return -1;
	if (r->if_changed && (same = hs_target_same(t, e)) < 0)
		return -1;
	if (same) {
		r->note("%s: unchanged", r->table.name);
		return 0;
	}
	if (hs_target_publish(t, e) < 0)
		return -1;
	say_done(r);
	return 0;
}

int
run(struct run *r, struct hs_err *e)
{
	struct table *t = &r->table;

	r->target = HS_TARGET_NONE;
	r->spool.fd = -1;
	if (r->schema && rows_schema(&t->load.rows, r->schema, e) < 0)
		return -1;
	if (hs_in_open(&r->in, "-", e) < 0 || open_output(r, e) < 0)
		return -1;
	r->in.max_line = t->max_row;
	t->source = r->in.name;
	hs_page_init(&r->page, &r->in, true);
	if (read_stream(r, e) < 0)
		return -1;
	if (r->dry_run)
		return dry_run(r, e);
	return r->to_stdout ? to_stdout(r, e) : publish(r, e);
}

void
run_free(struct run *r)
{
	hs_target_abandon(&r->target);
	hs_buf_free(&r->spool.buf);
	if (r->spool.fd >= 0)
		close(r->spool.fd);
	hs_buf_free(&r->out.buf);
	hs_in_close(&r->in);
	load_free(&r->table.load);
	hs_columns_free(&r->table.key);
}
