/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Streams through a function that changes records. */
#include "filter.h"

#include <unistd.h>

static int
pass_record(struct hs_filter *f, struct hs_page *pg, const char **copied)
{
	if (!f->records)
		return f->record(f, pg, copied);
	*copied = pg->scan.p;
	if (f->record(f, pg, copied) < 0)
		return -1;
	hs_filter_copy(f, copied, pg->scan.p);
	hs_buf_addc(&f->out.buf, '\n');
	return 0;
}

int
hs_filter_records(struct hs_filter *f, struct hs_page *pg, struct hs_err *e)
{
	const char *copied = pg->line.p;
	int r;

	while ((r = hs_page_record(pg, e)) > 0) {
		hs_scan_peek(&pg->scan);
		if (pass_record(f, pg, &copied) < 0)
			return hs_page_fault(pg, e);
	}
	if (r < 0)
		return -1;
	if (!f->records) {
		hs_filter_copy(f, &copied, pg->line.p + pg->line.len);
		hs_buf_addc(&f->out.buf, '\n');
	}
	return 0;
}

static int
pass_file(struct hs_filter *f, const char *path, struct hs_err *e)
{
	hs_filter_line *line = f->line ? f->line : hs_filter_records;
	struct hs_in in;
	struct hs_page pg;
	int r;

	if (hs_in_open(&in, path, e) < 0)
		return -1;
	in.max_line = f->max_line;
	hs_page_init(&pg, &in, false);
	while ((r = hs_page_next(&pg, e)) > 0) {
		r = line(f, &pg, e);
		if (r == 0)
			r = hs_out_commit(&f->out, e);
		if (r == 0 && !hs_in_ready(&in))
			r = hs_out_flush(&f->out, e);
		if (r < 0)
			break;
	}
	f->pages += pg.pages;
	f->records_read += pg.records;
	hs_in_close(&in);
	return r;
}

int
hs_filter_run(struct hs_filter *f, char *const *paths, struct hs_err *e)
{
	struct hs_err closing;
	int r = 0;

	hs_out_init(&f->out, STDOUT_FILENO, "standard output");
	if (!*paths)
		r = pass_file(f, NULL, e);
	for (; *paths && r == 0; paths++)
		r = pass_file(f, *paths, e);
	/* The whole lines before a bad one are good and are written. */
	hs_out_drop(&f->out);
	if (hs_out_close(&f->out, r < 0 ? &closing : e) < 0)
		r = -1;
	return r;
}
