/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* The lines of the input, one by one. */
#include "run.h"

#include "history.h"
#include "tool.h"

/* After so many warnings of one kind the rest are only counted. */
#define WARNINGS 10

/* As much of a text from the stream as a message needs. */
static int
shown(struct hs_span text)
{
	return text.len > 100 ? 100 : (int)text.len;
}

static void
warn_partial(struct run *run, const struct hs_page *pg)
{
	const struct flatten *f = &run->flat;
	struct hs_span id = f->id.p ? f->id : HS_SPAN("without an id");

	if (!f->partial.p || ++run->partial > WARNINGS)
		return;
	hs_tool_warn(
	    "%s: line %llu: record %.*s: association %.*s has more entries "
	    "than the stream carries; hs-fetch -a reads them all",
	    pg->in->name, pg->in->line, shown(id), id.p, shown(f->partial),
	    f->partial.p);
}

static int
pass_record(struct hs_filter *f, struct hs_page *pg, const char **copied)
{
	struct run *run = f->with;
	const char *before = *copied;
	size_t len = f->out.buf.len;
	bool same;

	hs_filter_copy(f, copied, pg->scan.p);
	if (flatten_record(&run->flat, &pg->scan, &f->out.buf, &same) < 0)
		return -1;
	if (same) {
		f->out.buf.len = len; /* to be copied with what follows */
		*copied = before;
	} else {
		*copied = pg->scan.p;
	}
	warn_partial(run, pg);
	return 0;
}

static int
add_rows(struct run *run, struct hs_page *pg, struct hs_buf *b, char separator,
    size_t *rows)
{
	if (run->history)
		return history_rows(&pg->scan, b, separator, rows);
	return flatten_links(&run->flat, &pg->scan, b, separator, rows);
}

/* Writes the record's rows in its place, before the first record the page's
 * text up to there. */
static int
pass_rows(struct hs_filter *f, struct hs_page *pg, const char **copied)
{
	struct run *run = f->with;
	struct hs_buf *b = &f->out.buf;
	bool rows_alone = f->records || !pg->is_page;
	size_t rows;

	if (!rows_alone && pg->results.p > *copied)
		hs_filter_copy(f, copied, pg->results.p);
	size_t before = b->len;
	if (!rows_alone && before > 0 && b->data[before - 1] != '[')
		hs_buf_addc(b, ',');
	if (add_rows(run, pg, b, rows_alone ? '\n' : ',', &rows) < 0)
		return -1;
	if (rows == 0)
		b->len = before;
	else if (rows_alone)
		hs_buf_addc(b, '\n');
	warn_partial(run, pg);
	return 0;
}

static int
row_line(struct hs_filter *f, struct hs_page *pg, struct hs_err *e)
{
	const char *copied = pg->line.p, *end = pg->line.p + pg->line.len;
	int r;

	while ((r = hs_page_record(pg, e)) > 0) {
		hs_scan_peek(&pg->scan);
		if (pass_rows(f, pg, &copied) < 0)
			return hs_page_fault(pg, e);
	}
	if (r < 0)
		return -1;
	if (!f->records && pg->is_page) {
		if (copied > pg->line.p)
			copied = pg->results.p + pg->results.len;
		hs_filter_copy(f, &copied, end);
		hs_buf_addc(&f->out.buf, '\n');
	}
	return 0;
}

int
run_files(struct run *run, char *const *paths, struct hs_err *e)
{
	run->filter.record = pass_record;
	run->filter.line = run->links || run->history ? row_line : NULL;
	run->filter.with = run;
	int r = hs_filter_run(&run->filter, paths, e);
	flatten_free(&run->flat);
	if (run->partial > WARNINGS)
		hs_tool_warn("%llu more records whose associations have more "
			     "entries than the stream carries",
		    run->partial - WARNINGS);
	return r;
}
