/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* The lines of the input, one by one. */
#include "run.h"

#include <unistd.h>

#include "page.h"
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

static void
copy(struct hs_buf *b, const char *from, const char *to)
{
	hs_buf_add(b, from, (size_t)(to - from));
}

/* Passes on the line's text since *copied and the record that the scanner
 * stands at.  *copied moves behind it. */
static int
pass_record(struct run *run, struct hs_page *pg, const char **copied)
{
	struct hs_buf *b = &run->out.buf;
	const char *from = pg->scan.p;
	size_t before = b->len;
	bool same;

	if (!run->records)
		copy(b, *copied, from);
	if (flatten_record(&run->flat, &pg->scan, b, &same) < 0)
		return -1;
	if (run->records) {
		if (same)
			copy(b, from, pg->scan.p);
		hs_buf_addc(b, '\n');
	} else if (same) {
		b->len = before; /* to be copied with what follows */
		return 0;
	}
	*copied = pg->scan.p;
	return 0;
}

/* Writes the record's links in its place, before the first record the page's
 * text up to there. */
static int
pass_links(struct run *run, struct hs_page *pg, const char **copied)
{
	struct hs_buf *b = &run->out.buf;
	bool rows_alone = run->records || !pg->is_page;
	size_t rows;

	if (!rows_alone && pg->results.p > *copied) {
		copy(b, *copied, pg->results.p);
		*copied = pg->results.p;
	}
	size_t before = b->len;
	if (!rows_alone && before > 0 && b->data[before - 1] != '[')
		hs_buf_addc(b, ',');
	if (flatten_links(
		&run->flat, &pg->scan, b, rows_alone ? '\n' : ',', &rows) < 0)
		return -1;
	if (rows == 0)
		b->len = before;
	else if (rows_alone)
		hs_buf_addc(b, '\n');
	return 0;
}

static int
pass_line(struct run *run, struct hs_page *pg, struct hs_err *e)
{
	const char *copied = pg->line.p, *end = pg->line.p + pg->line.len;
	int r;

	while ((r = hs_page_record(pg, e)) > 0) {
		hs_scan_peek(&pg->scan);
		r = run->links ? pass_links(run, pg, &copied)
			       : pass_record(run, pg, &copied);
		if (r < 0)
			return hs_page_fault(pg, e);
		warn_partial(run, pg);
	}
	if (r < 0)
		return -1;
	if (!run->records && (!run->links || pg->is_page)) {
		if (run->links && copied > pg->line.p)
			copied = pg->results.p + pg->results.len;
		copy(&run->out.buf, copied, end);
		hs_buf_addc(&run->out.buf, '\n');
	}
	return hs_out_commit(&run->out, e);
}

static int
pass_file(struct run *run, const char *path, struct hs_err *e)
{
	struct hs_in in;
	struct hs_page pg;
	int r;

	if (hs_in_open(&in, path, e) < 0)
		return -1;
	in.max_line = run->max_line;
	hs_page_init(&pg, &in, false);
	while ((r = hs_page_next(&pg, e)) > 0) {
		r = pass_line(run, &pg, e);
		if (r == 0 && !hs_in_ready(&in))
			r = hs_out_flush(&run->out, e);
		if (r < 0)
			break;
	}
	run->pages += pg.pages;
	run->records_read += pg.records;
	hs_in_close(&in);
	return r;
}

int
run_files(struct run *run, char *const *paths, struct hs_err *e)
{
	struct hs_err closing;
	int r = 0;

	hs_out_init(&run->out, STDOUT_FILENO, "standard output");
	if (!*paths)
		r = pass_file(run, NULL, e);
	for (; *paths && r == 0; paths++)
		r = pass_file(run, *paths, e);
	/* The whole lines before a bad one are good and are written. */
	hs_out_drop(&run->out);
	if (hs_out_close(&run->out, r < 0 ? &closing : e) < 0)
		r = -1;
	flatten_free(&run->flat);
	if (run->partial > WARNINGS)
		hs_tool_warn("%llu more records whose associations have more "
			     "entries than the stream carries",
		    run->partial - WARNINGS);
	return r;
}
