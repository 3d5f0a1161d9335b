/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Records as rows for a database. */
#include "copyrows.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "grow.h"
#include "copytext.h"
#include "spool.h"

int
hs_copyrows_open(struct hs_copyrows *r, struct hs_err *e)
{
	int fd = hs_spool_open(e);

	if (fd < 0)
		return -1;
	hs_out_init(&r->out, fd, "temporary file");
	r->open = true;
	return r->keep_blanks ? hs_copyblanks_open(&r->blanks, e) : 0;
}

static int
grow_cells(struct hs_copyrows *r, size_t n, struct hs_err *e)
{
	void *p = reallocarray(r->cell, n, sizeof *r->cell);

	if (!p)
		return hs_err_mem(e, "a row's cells");
	r->cell = p;
	r->cells = n;
	return 0;
}

/* Finds the value of each column among the members of the record, the text up
 * to end, and its backslashes. */
static int
collect(struct hs_copyrows *r, const char *p, const char *end, struct hs_err *e)
{
	const struct hs_members *m = &r->schema.members;
	const char *slash = memchr(p, '\\', (size_t)(end - p));

	if (r->schema.n > r->cells && grow_cells(r, r->schema.cap, e) < 0)
		return -1;
	if (r->schema.n > 0)
		memset(r->cell, 0, r->schema.n * sizeof *r->cell);
	for (size_t i = 0; i < m->n; i++) {
		struct hs_span v = m->v[i].value;
		if (slash && slash < v.p)
			slash = memchr(v.p, '\\', (size_t)(end - v.p));
		r->cell[r->schema.column[i]] =
		    (struct hs_copycell){v, slash && slash < v.p + v.len};
	}
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
	struct hs_span v = r->cell[column].value, inner;
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

/* Whether a valid nested value has no tab and no line end between its parts. */
static inline bool
is_plain(struct hs_span v)
{
	bool odd = false;

	for (size_t i = 0; i < v.len; i++)
		odd |= (unsigned char)v.p[i] < 0x20;
	return !odd;
}

/* Notes that an empty text follows, unless its column is text for sure. */
static int
note_blank(struct hs_copyrows *r, size_t column, struct hs_err *e)
{
	struct hs_copyblank blank = {
	    .at = r->out.written + r->out.buf.len,
	    .row = r->schema.records,
	    .column = column,
	};

	if (r->schema.field[column].type == HS_TYPE_STRING)
		return 0;
	return hs_copyblanks_add(&r->blanks, &blank, e);
}

/* Adds a value of JSON as it is, but for a tab between its parts. */
static int
hold_cell(struct hs_copyrows *r, const struct hs_page *pg, size_t column,
    struct hs_buf *b, struct hs_err *e)
{
	struct hs_span v = r->cell[column].value;

	if (r->cell[column].escaped) {
		enum hs_copyfault fault = hs_copytext_nested(
		    v, r->takes_nul, r->replace_invalid, &r->scratch);
		if (hs_buf_check(&r->scratch, e, "a cell") < 0)
			return -1;
		if (fault)
			return refuse(r, pg, column, fault, e);
		v = hs_buf_span(&r->scratch);
	}
	for (size_t i = 0; i < v.len; i++)
		b->data[b->len++] = v.p[i] == '\t' ? ' ' : v.p[i];
	return 0;
}

/* Whether the cell has more to it than its text's bytes. */
static inline bool
is_odd(const struct hs_copyrows *r, const struct hs_copycell *cell,
    struct hs_span text)
{
	char c = *cell->value.p;

	return r->hold || cell->escaped || (text.len == 0 && r->keep_blanks) ||
	       ((c == '{' || c == '[') && !is_plain(text));
}

static int
add_odd(struct hs_copyrows *r, const struct hs_page *pg, size_t column,
    struct hs_buf *b, struct hs_err *e)
{
	bool blank = r->cell[column].value.len == 2; /* "" */

	if (r->hold)
		return hold_cell(r, pg, column, b, e);
	return blank ? note_blank(r, column, e) : add_text(r, pg, column, b, e);
}

/* Adds the cells of a row, for which b has room. */
static int
add_cells(struct hs_copyrows *r, const struct hs_page *pg, size_t columns,
    struct hs_buf *b, struct hs_err *e)
{
	char *d = b->data + b->len;

	for (size_t i = 0; i < columns; i++) {
		const struct hs_copycell *cell = &r->cell[i];
		struct hs_span text = cell->value;
		if (i > 0)
			*d++ = '\t';
		if (text.len == 0 || text.p[0] == 'n') {
			*d++ = '\\';
			*d++ = 'N';
			continue;
		}
		/* A string of JSON has no raw tabs and line ends. */
		hs_scan_inner(text, &text);
		if (is_odd(r, cell, text)) {
			b->len = (size_t)(d - b->data);
			if (add_odd(r, pg, i, b, e) < 0)
				return -1;
			d = b->data + b->len;
			continue;
		}
		memcpy(d, text.p, text.len);
		d += text.len;
	}
	*d++ = '\n';
	b->len = (size_t)(d - b->data);
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

/* Writes a row of so many cells and bytes. */
static int
write_row(struct hs_copyrows *r, const struct hs_page *pg, size_t columns,
    size_t len, struct hs_err *e)
{
	struct hs_buf *b = &r->out.buf;
	size_t start = b->len;

	/* Make room for all cells at once. */
	if (hs_buf_reserve(b, 2 * len + 4 * (columns + 1)) < 0)
		return hs_err_mem(e, "a row");
	if (add_cells(r, pg, columns, b, e) < 0 ||
	    note_row(r, b->len - start, columns, e) < 0)
		return -1;
	return hs_out_commit(&r->out, e);
}

int
hs_copyrows_add(struct hs_copyrows *r, struct hs_page *pg, struct hs_err *e)
{
	const char *from = pg->scan.p;

	if (hs_schema_record(&r->schema, pg, e) < 0 ||
	    collect(r, from, pg->scan.p, e) < 0)
		return -1;
	return write_row(r, pg, r->schema.n, (size_t)(pg->scan.p - from), e);
}

int
hs_copyrows_put(struct hs_copyrows *r, const struct hs_page *pg,
    const struct hs_span *value, size_t columns, struct hs_err *e)
{
	size_t len = 0;

	if (columns > r->cells && grow_cells(r, columns, e) < 0)
		return -1;
	for (size_t i = 0; i < columns; i++) {
		const char *p = value[i].p;
		bool escaped = p && memchr(p, '\\', value[i].len);
		r->cell[i] = (struct hs_copycell){value[i], escaped};
		len += value[i].len;
	}
	r->schema.records++;
	return write_row(r, pg, columns, len, e);
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
	hs_copyblanks_free(&r->blanks);
	hs_buf_free(&r->filled);
	hs_buf_free(&r->scratch);
	*r = (struct hs_copyrows){0};
}
