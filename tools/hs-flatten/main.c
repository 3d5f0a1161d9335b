/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* hs-flatten: pages in, pages of flat records out. */
#include <unistd.h>

#include "flatten.h"
#include "out.h"
#include "page.h"
#include "tool.h"

enum { LINKS = 256, MAX_LINE };

static const struct hs_option options[] = {
    {'r', "records", NULL, "write bare records, one a line, not pages"},
    {LINKS, "links", NULL,
	"write the link table instead: from_id, to_id, association, type"},
    {MAX_LINE, "max-line", "SIZE", "refuse longer lines (default 1G)"},
    {'q', "quiet", NULL, "no warnings"},
    {'v', "verbose", NULL, "say how much went through"},
    {0},
};

static const struct hs_usage usage = {
    .name = "hs-flatten",
    .synopsis = "[-rqv] [--links] [--max-line SIZE] [FILE ...]",
    .help = "Makes the records of a HubSpot stream flat: properties become\n"
	    "columns, associations become array columns. Values keep their "
	    "bytes.\n",
    .options = options,
};

/* After so many warnings of one kind the rest are only counted. */
#define WARNINGS 10

struct run {
	bool records, links;
	size_t max_line;
	struct hs_flatten flat;
	struct hs_out out;
	unsigned long long pages, records_read, partial;
};

/* As much of a text from the stream as a message needs. */
static int
shown(struct hs_span text)
{
	return text.len > 100 ? 100 : (int)text.len;
}

static void
warn_partial(struct run *run, const struct hs_page *pg)
{
	const struct hs_flatten *f = &run->flat;
	struct hs_span id = f->id.p ? f->id : HS_SPAN("without an id");

	if (!f->partial.p || ++run->partial > WARNINGS)
		return;
	hs_tool_warn("%s: line %llu: record %.*s: association %.*s goes on "
		     "past what is here; hs-fetch -a reads them to the end",
	    pg->in->name, pg->in->line, shown(id), id.p, shown(f->partial),
	    f->partial.p);
}

/*
 * One line through.  What surrounds the records is copied as it is; *copied
 * is how far the line has been.
 */
static int
flatten_record(struct run *run, struct hs_page *pg, const char **copied)
{
	struct hs_buf *b = &run->out.buf;
	const char *from = pg->scan.p;
	size_t gap = (size_t)(from - *copied), before = b->len;
	bool same;

	if (!run->records && hs_buf_add(b, *copied, gap) < 0)
		return hs_scan_fail(&pg->scan, hs_scan_nomem);
	if (hs_flatten_record(&run->flat, &pg->scan, b, &same) < 0)
		return -1;
	size_t len = (size_t)(pg->scan.p - from);
	if (!same)
		*copied = pg->scan.p;
	else if (!run->records)
		b->len = before; /* left for the next gap */
	else if (hs_buf_add(b, from, len) < 0)
		return hs_scan_fail(&pg->scan, hs_scan_nomem);
	if (run->records && hs_buf_addc(b, '\n') < 0)
		return hs_scan_fail(&pg->scan, hs_scan_nomem);
	return 0;
}

static int
link_record(struct run *run, struct hs_page *pg, const char **copied)
{
	struct hs_buf *b = &run->out.buf;
	bool rows_alone = run->records || !pg->is_page;
	size_t gap = (size_t)(pg->results.p - *copied), rows;

	/* The page's text up to its records, then rows in their place. */
	if (!rows_alone && pg->results.p > *copied) {
		if (hs_buf_add(b, *copied, gap) < 0)
			return hs_scan_fail(&pg->scan, hs_scan_nomem);
		*copied = pg->results.p;
	}
	size_t before = b->len;
	bool first = rows_alone || b->data[before - 1] == '[';
	if (!first && hs_buf_addc(b, ',') < 0)
		return hs_scan_fail(&pg->scan, hs_scan_nomem);
	if (hs_flatten_links(
		&run->flat, &pg->scan, b, rows_alone ? '\n' : ',', &rows) < 0)
		return -1;
	if (rows == 0)
		b->len = before;
	else if (rows_alone && hs_buf_addc(b, '\n') < 0)
		return hs_scan_fail(&pg->scan, hs_scan_nomem);
	return 0;
}

static int
flatten_line(struct run *run, struct hs_page *pg, struct hs_err *e)
{
	const char *copied = pg->line.p, *end = pg->line.p + pg->line.len;
	int r;

	while ((r = hs_page_record(pg, e)) > 0) {
		hs_scan_peek(&pg->scan);
		r = run->links ? link_record(run, pg, &copied)
			       : flatten_record(run, pg, &copied);
		if (r < 0)
			return hs_page_fault(pg, e);
		warn_partial(run, pg);
	}
	if (r < 0)
		return -1;
	if (run->records || (run->links && !pg->is_page))
		return hs_out_commit(&run->out, e);
	if (run->links && copied > pg->line.p)
		copied = pg->results.p + pg->results.len;
	if (hs_out_add(&run->out, copied, (size_t)(end - copied), e) < 0 ||
	    hs_out_add(&run->out, "\n", 1, e) < 0)
		return -1;
	return hs_out_commit(&run->out, e);
}

static int
flatten_file(struct run *run, const char *path, struct hs_err *e)
{
	struct hs_in in;
	struct hs_page pg;
	int r;

	if (hs_in_open(&in, path, e) < 0)
		return -1;
	in.max_line = run->max_line;
	hs_page_init(&pg, &in, false);
	while ((r = hs_page_next(&pg, e)) > 0) {
		if ((r = flatten_line(run, &pg, e)) < 0)
			break;
		if (!hs_in_ready(&in) && (r = hs_out_flush(&run->out, e)) < 0)
			break;
	}
	run->pages += pg.pages;
	run->records_read += pg.records;
	hs_in_close(&in);
	return r;
}

static void
read_options(struct run *run, int argc, char **argv)
{
	const char *arg;
	int key;

	while ((key = hs_tool_option(argc, argv, &arg)) != -1)
		switch (key) {
		case 'r': run->records = true; break;
		case LINKS: run->links = true; break;
		case MAX_LINE:
			run->max_line = (size_t)hs_tool_size(
			    "--max-line", arg, 1, HS_IN_MAX_ASKED);
			break;
		}
}

int
main(int argc, char **argv)
{
	struct run run = {.max_line = HS_IN_MAX_LINE};
	struct hs_err e, closing;
	int r = 0;

	hs_tool_start(&usage);
	read_options(&run, argc, argv);
	hs_out_init(&run.out, STDOUT_FILENO, "standard output");
	if (optind == argc)
		r = flatten_file(&run, NULL, &e);
	for (int i = optind; i < argc && r == 0; i++)
		r = flatten_file(&run, argv[i], &e);
	/* Whole lines before a bad one are good, and go out. */
	hs_out_drop(&run.out);
	if (hs_out_close(&run.out, r < 0 ? &closing : &e) < 0 && r == 0)
		r = -1;
	hs_flatten_free(&run.flat);
	if (run.partial > WARNINGS)
		hs_tool_warn("%llu more records with associations that go on "
			     "past what is here",
		    run.partial - WARNINGS);
	if (r < 0)
		hs_tool_fail(&e);
	hs_tool_note("%llu pages, %llu records", run.pages, run.records_read);
	return HS_OK;
}
