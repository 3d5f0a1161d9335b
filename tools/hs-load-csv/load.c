/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* A stream into rows in a file. */
#include "load.h"

#include <stdint.h>
#include <string.h>

/* Bytes of rows that wait for the header: even most rare columns appear within
 * some thousand records. */
#define EARLY ((size_t)4 << 20)

static bool
in_sample(const struct load *l)
{
	return l->rows.rows <= ROWS_SAMPLE && l->sampled < ROWS_SAMPLE_BYTES;
}

/* Looks for quotes in the row that was added to b last. */
static void
look_for_quotes(struct load *l, const struct hs_buf *b, size_t from)
{
	size_t n = b->len - from;

	if (l->quotes || !in_sample(l))
		return;
	l->sampled += n;
	l->quotes = memchr(b->data + from, '"', n) != NULL;
}

static int
add_header(struct load *l, struct hs_out *out, struct hs_err *e)
{
	l->columns = l->rows.columns.n;
	l->rows.quote_names = !l->quotes && !in_sample(l);
	if (l->columns == 0)
		return 0;
	if (l->mark)
		hs_buf_puts(&out->buf, HS_CSV_MARK);
	if (rows_header(&l->rows, &out->buf, e) < 0)
		return -1;
	hs_buf_addc(&out->buf, '\n');
	return 0;
}

/* Writes the header and the rows that have waited for it. */
static int
start(struct load *l, struct hs_err *e)
{
	struct hs_csvin in;

	l->started = true;
	if (add_header(l, l->out, e) < 0)
		return -1;
	hs_csvin_text(&in, hs_buf_span(&l->early), l->out->name);
	int rc = rows_pad(&l->rows, &in, l->out, e);
	hs_buf_free(&l->early);
	return rc;
}

static int
load_record(struct load *l, struct hs_page *pg, struct hs_err *e)
{
	struct hs_buf *b = l->started ? &l->out->buf : &l->early;

	size_t from = b->len;
	if (rows_add(&l->rows, pg, b, e) < 0)
		return -1;
	look_for_quotes(l, b, from);
	if (l->started)
		return hs_out_commit(l->out, e);
	return l->early.len >= EARLY ? start(l, e) : 0;
}

int
load_stream(struct load *l, struct hs_page *pg, struct hs_err *e)
{
	bool empty = l->rows.drop_empty;
	int r;

	l->started = l->bare;
	l->rows.columns.replace_invalid = l->rows.replace_invalid;
	while ((r = hs_page_next(pg, e)) > 0) {
		while ((r = hs_page_record(pg, e)) > 0)
			if (load_record(l, pg, e) < 0)
				return -1;
		if (r < 0)
			return -1;
	}
	if (r < 0)
		return -1;
	if (l->rows.rows > 0 && l->rows.columns.n == 0)
		return hs_err_set(e, HS_DATA,
		    "%s: its records have no members, so there are no columns",
		    pg->in->name);
	l->rows.quote_names = !l->quotes && !in_sample(l);
	for (size_t i = 0; i < l->rows.columns.n; i++)
		empty &= rows_dropped(&l->rows, i);
	if (empty && l->rows.rows > 0)
		return hs_err_set(e, HS_DATA,
		    "%s: no column has a value, so none is left", pg->in->name);
	if (!l->started && start(l, e) < 0)
		return -1;
	l->late = !l->bare && l->columns < l->rows.columns.n;
	return 0;
}

int
load_table(struct load *l, int fd, struct hs_out *out, struct hs_err *e)
{
	struct hs_csvin in;
	int r = 0;

	hs_csvin_init(&in, fd, l->out->name, SIZE_MAX);
	/* Skip the old header: the new one has more columns. */
	if (l->mark)
		hs_csvin_bom(&in);
	if (l->columns > 0 && (r = hs_csvin_next(&in, e)) > 0)
		hs_csvin_step(&in);
	if (r >= 0)
		r = add_header(l, out, e);
	if (r >= 0)
		r = rows_pad(&l->rows, &in, out, e);
	hs_csvin_free(&in);
	return r;
}

void
load_free(struct load *l)
{
	rows_free(&l->rows);
	hs_buf_free(&l->early);
}
