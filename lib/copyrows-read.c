/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Rows for a database, read back. */
#include "copyrows.h"

#include <string.h>

#include "spool.h"

/* Adds rows that have so many cells and are short of others. */
static void
pad(struct hs_buf *b, struct hs_span rows, size_t cells, size_t missing)
{
	const char *p = rows.p, *end = rows.p + rows.len, *line;

	while ((line = memchr(p, '\n', (size_t)(end - p)))) {
		hs_buf_add(b, p, (size_t)(line - p));
		for (size_t i = 0; i < missing; i++)
			hs_buf_puts(b, i + cells > 0 ? "\t\\N" : "\\N");
		hs_buf_addc(b, '\n');
		p = line + 1;
	}
	hs_buf_add(b, p, (size_t)(end - p));
}

/* Adds the rest of a cell that stays, and what follows it. */
static void
pick_cell(struct hs_copyrows *r, struct hs_buf *b, const char *p, size_t n)
{
	if (!r->drop[r->column])
		hs_buf_add(b, p, n);
}

static void
begin_cell(struct hs_copyrows *r, struct hs_buf *b)
{
	if (r->drop[r->column])
		return;
	if (r->begun)
		hs_buf_addc(b, '\t');
	r->begun = true;
}

/* Adds rows that have so many cells, or parts of them, without the cells that
 * are dropped. */
static void
pick(struct hs_copyrows *r, struct hs_buf *b, struct hs_span rows, size_t cells)
{
	const char *p = rows.p, *end = rows.p + rows.len;

	while (p < end) {
		const char *q = p;
		while (q < end && *q != '\t' && *q != '\n')
			q++;
		pick_cell(r, b, p, (size_t)(q - p));
		if (q == end)
			break;
		if (cells == 0)
			pick_cell(r, b, "\\N", 2);
		r->column++;
		for (; *q == '\n' && r->column < r->schema.n; r->column++) {
			begin_cell(r, b);
			pick_cell(r, b, "\\N", 2);
		}
		if (*q == '\n') {
			hs_buf_addc(b, '\n');
			r->column = 0;
			r->begun = false;
		}
		begin_cell(r, b);
		p = q + 1;
	}
}

/* Reads the next place of an empty text; row 0: there is none. */
static int
next_blank(struct hs_copyrows *r, struct hs_err *e)
{
	r->blank.row = 0;
	return hs_copyblanks_next(&r->blanks, &r->blank, e);
}

/* Adds rows that have been read, with null for the empty texts whose column
 * asks for it. */
static int
put_nulls(struct hs_copyrows *r, struct hs_buf *b, struct hs_span rows,
    struct hs_err *e)
{
	struct hs_copyblank *next = &r->blank;
	unsigned long long at = (unsigned long long)r->at, end = at + rows.len;
	const char *p = rows.p;

	while (next->row > 0 && next->at < end) {
		size_t n = (size_t)(next->at - at);
		if (r->nulls[next->column]) {
			hs_buf_add(b, p, n);
			hs_buf_puts(b, "\\N");
			p += n;
			at += n;
		}
		if (next_blank(r, e) < 0)
			return -1;
	}
	hs_buf_add(b, p, (size_t)(rows.p + rows.len - p));
	return hs_buf_check(b, e, "rows");
}

/* Adds the next n bytes of the rows. */
static int
read_rows(struct hs_copyrows *r, struct hs_buf *b, size_t n, struct hs_err *e)
{
	if (!r->nulls)
		return hs_spool_read(r->out.fd, b, n, r->at, e);
	hs_buf_clear(&r->scratch);
	if (hs_spool_read(r->out.fd, &r->scratch, n, r->at, e) < 0)
		return -1;
	return put_nulls(r, b, hs_buf_span(&r->scratch), e);
}

/* Writes what is left of the rows, so that they can be read. */
static int
end_rows(struct hs_copyrows *r, struct hs_err *e)
{
	r->begun = r->drop && !r->drop[0];
	if (r->nulls &&
	    (hs_copyblanks_rewind(&r->blanks, e) < 0 || next_blank(r, e) < 0))
		return -1;
	return hs_out_flush(&r->out, e);
}

/* Goes to the next part. */
static void
next_part(struct hs_copyrows *r)
{
	if (r->reading < r->parts)
		r->left = r->part[r->reading].bytes;
	r->reading++;
}

int
hs_copyrows_next(struct hs_copyrows *r, struct hs_buf *b, struct hs_err *e)
{
	if (!r->reading) {
		if (end_rows(r, e) < 0)
			return -1;
		next_part(r);
	}
	if (r->reading > r->parts)
		return 0;
	const struct hs_copyrows_part *part = &r->part[r->reading - 1];
	size_t missing = r->schema.n - part->columns;
	size_t n = r->left < HS_OUT_BLOCK ? (size_t)r->left : HS_OUT_BLOCK;
	bool whole = !r->drop && missing == 0;
	hs_buf_clear(&r->filled);
	if (read_rows(r, whole ? b : &r->filled, n, e) < 0)
		return -1;
	struct hs_span rows = hs_buf_span(&r->filled);
	if (r->drop)
		pick(r, b, rows, part->columns);
	else if (missing > 0)
		pad(b, rows, part->columns, missing);
	r->at += (off_t)n;
	r->left -= n;
	if (r->left == 0)
		next_part(r);
	return hs_buf_check(b, e, "rows") < 0 ? -1 : 1;
}

int
hs_copyrows_row(struct hs_copyrows *r, struct hs_span *row, struct hs_err *e)
{
	struct hs_buf *b = &r->block;
	size_t known = r->taken;
	const char *line;

	while (b->len == known ||
	       !(line = memchr(b->data + known, '\n', b->len - known))) {
		if (r->taken > 0)
			memmove(b->data, b->data + r->taken, b->len - r->taken);
		b->len -= r->taken;
		r->taken = 0;
		known = b->len;
		int got = hs_copyrows_next(r, b, e);
		if (got <= 0)
			return got;
	}
	*row = hs_span(b->data + r->taken, (size_t)(line - b->data) - r->taken);
	r->taken += row->len + 1;
	return 1;
}

void
hs_copyrows_rewind(struct hs_copyrows *r)
{
	r->reading = 0;
	r->at = 0;
	r->taken = 0;
	r->column = 0;
	hs_buf_clear(&r->block);
}

int
hs_copyrows_copy(struct hs_copyrows *r, struct hs_out *out, struct hs_err *e)
{
	int got;

	while ((got = hs_copyrows_next(r, &out->buf, e)) > 0)
		if (hs_out_commit(out, e) < 0)
			return -1;
	return got;
}
