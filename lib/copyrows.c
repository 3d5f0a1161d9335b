/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Records as rows for a database. */
#include "copyrows.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "grow.h"
#include "spool.h"
#include "copytext.h"

int
hs_copyrows_open(struct hs_copyrows *r, struct hs_err *e)
{
	int fd = hs_spool_open(e);

	if (fd < 0)
		return -1;
	hs_out_init(&r->out, fd, "temporary file");
	r->open = true;
	return 0;
}

static int
grow_cells(struct hs_copyrows *r, struct hs_err *e)
{
	size_t n = r->schema.cap > 64 ? r->schema.cap : 64;
	void *p = reallocarray(r->cell, n, sizeof *r->cell);

	if (!p)
		return hs_err_mem(e, "a row's cells");
	r->cell = p;
	r->cells = n;
	return 0;
}

/* Finds the value of each column among the members of the record. */
static int
collect(struct hs_copyrows *r, struct hs_err *e)
{
	const struct hs_members *m = &r->schema.members;

	if (r->schema.n > r->cells && grow_cells(r, e) < 0)
		return -1;
	if (r->schema.n > 0)
		memset(r->cell, 0, r->schema.n * sizeof *r->cell);
	for (size_t i = 0; i < m->n; i++)
		r->cell[r->schema.column[i]] = m->v[i].value;
	return 0;
}

static int
refuse(const struct hs_copyrows *r, const struct hs_page *pg, size_t column,
    enum hs_copyfault fault, struct hs_err *e)
{
	struct hs_span name = r->schema.columns.name[column];

	return hs_err_set(e, HS_DATA,
	    "%s: line %llu: record %llu: column %.*s holds %s; "
	    "--replace-invalid %s",
	    pg->in->name, pg->in->line, pg->records,
	    name.len > 200 ? 200 : (int)name.len, name.p,
	    fault == HS_COPY_NUL ? "a NUL character, which no text of the "
				   "database can hold"
				 : "half a surrogate pair, which UTF-8 cannot "
				   "express",
	    fault == HS_COPY_NUL ? "drops it" : "writes U+FFFD for it");
}

/* Adds a value that has escapes, or is nested. */
static int
add_text(struct hs_copyrows *r, const struct hs_page *pg, size_t column,
    struct hs_buf *b, struct hs_err *e)
{
	struct hs_span v = r->cell[column], inner;
	bool nul = r->takes_nul, mend = r->replace_invalid;
	enum hs_copyfault fault =
	    hs_scan_inner(v, &inner)
		? hs_copytext_string(inner, nul, mend, &r->scratch)
		: hs_copytext_nested(v, nul, mend, &r->scratch);

	if (hs_buf_check(&r->scratch, e, "a cell") < 0)
		return -1;
	if (fault)
		return refuse(r, pg, column, fault, e);
	hs_copytext_put(b, hs_buf_span(&r->scratch));
	return 0;
}

/* Whether a valid nested value has no backslash, and no tab or line end
 * between its parts. */
static inline bool
is_plain(struct hs_span v)
{
	bool odd = false;

	for (size_t i = 0; i < v.len; i++)
		odd |= v.p[i] == '\\' || (unsigned char)v.p[i] < 0x20;
	return !odd;
}

/* Adds a cell, for which b has room. */
static inline int
add_cell(struct hs_copyrows *r, const struct hs_page *pg, size_t column,
    struct hs_buf *b, struct hs_err *e)
{
	struct hs_span v = r->cell[column], text = v;

	if (v.len == 0 || v.p[0] == 'n') {
		memcpy(b->data + b->len, "\\N", 2);
		b->len += 2;
		return 0;
	}
	/* A string of JSON has no raw tabs and line ends. */
	hs_scan_inner(v, &text);
	if (v.p[0] == '{' || v.p[0] == '['
		? !is_plain(v)
		: r->escapes && memchr(text.p, '\\', text.len))
		return add_text(r, pg, column, b, e);
	memcpy(b->data + b->len, text.p, text.len);
	b->len += text.len;
	return 0;
}

/* Notes that a row of so many bytes and columns follows. */
static int
note_row(struct hs_copyrows *r, size_t bytes, size_t columns, struct hs_err *e)
{
	if (r->parts == 0 || r->part[r->parts - 1].columns != columns) {
		if (HS_GROW(r->part, r->parts, r->cap) < 0)
			return hs_err_mem(e, "rows");
		r->part[r->parts++] = (struct hs_copyrows_part){0, columns};
	}
	r->part[r->parts - 1].bytes += bytes;
	return 0;
}

int
hs_copyrows_add(struct hs_copyrows *r, struct hs_page *pg, struct hs_err *e)
{
	struct hs_buf *b = &r->out.buf;
	const char *from = pg->scan.p;

	if (hs_schema_record(&r->schema, pg, e) < 0 || collect(r, e) < 0)
		return -1;
	size_t columns = r->schema.n, len = (size_t)(pg->scan.p - from);
	size_t start = b->len;
	r->escapes = memchr(from, '\\', len) != NULL;
	/* Make room for all cells at once. */
	if (hs_buf_reserve(b, 2 * len + 4 * (columns + 1)) < 0)
		return hs_err_mem(e, "a row");
	for (size_t i = 0; i < columns; i++) {
		if (i > 0)
			b->data[b->len++] = '\t';
		if (add_cell(r, pg, i, b, e) < 0)
			return -1;
	}
	b->data[b->len++] = '\n';
	if (note_row(r, b->len - start, columns, e) < 0)
		return -1;
	return hs_out_commit(&r->out, e);
}

/* Reads up to n bytes of the file into b. */
static int
read_some(struct hs_copyrows *r, struct hs_buf *b, size_t n, off_t at,
    size_t *got, struct hs_err *e)
{
	ssize_t len;

	hs_buf_clear(b);
	if (hs_buf_reserve(b, n) < 0)
		return hs_err_mem(e, "rows");
	while ((len = pread(r->out.fd, b->data, n, at)) < 0 && errno == EINTR)
		continue;
	if (len <= 0)
		return hs_err_set(e, HS_IO, "%s: cannot read: %s", r->out.name,
		    len < 0 ? strerror(errno) : "cut short");
	b->len = *got = (size_t)len;
	return 0;
}

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

/* Writes what is left of the rows, so that they can be read. */
static int
end_rows(struct hs_copyrows *r, struct hs_err *e)
{
	r->begun = r->drop && !r->drop[0];
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
	if (read_some(r, &r->scratch, n, r->at, &n, e) < 0)
		return -1;
	struct hs_span rows = hs_buf_span(&r->scratch);
	if (r->drop)
		pick(r, b, rows, part->columns);
	else if (missing > 0)
		pad(b, rows, part->columns, missing);
	else
		hs_buf_put(b, rows);
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

void
hs_copyrows_free(struct hs_copyrows *r)
{
	hs_schema_free(&r->schema);
	hs_buf_free(&r->out.buf);
	if (r->open)
		close(r->out.fd);
	free(r->cell);
	free(r->part);
	hs_buf_free(&r->block);
	hs_buf_free(&r->scratch);
	*r = (struct hs_copyrows){0};
}
