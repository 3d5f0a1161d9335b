/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Records as CSV rows. */
#include "rows.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#if defined(__SSE2__) && !defined(HS_PORTABLE)
#include <emmintrin.h>
#endif

#include "csv.h"
#include "tableschema.h"

/* Bytes that may be written behind a cell's end while it is copied. */
#define SLACK 16

static int
grow_cells(struct rows *r, struct hs_err *e)
{
	size_t n = r->columns.cap > 64 ? r->columns.cap : 64;
	void *p = reallocarray(r->cell, n, sizeof *r->cell);

	if (!p)
		return hs_err_mem(e, "a row's cells");
	r->cell = p;
	memset(r->cell + r->cells, 0, (n - r->cells) * sizeof *r->cell);
	bool *filled = reallocarray(r->filled, n, sizeof *filled);
	if (!filled)
		return hs_err_mem(e, "a row's cells");
	r->filled = filled;
	memset(r->filled + r->cells, 0, (n - r->cells) * sizeof *filled);
	r->cells = n;
	return 0;
}

/* Reads the record: the value of each column, as a span. */
static int
collect(struct rows *r, struct hs_page *pg, struct hs_err *e)
{
	struct hs_members *m = &r->members;
	size_t i;

	hs_members_clear(m);
	if (hs_scan_members(&pg->scan, m) < 0)
		return hs_page_fault(pg, e);
	hs_columns_rewind(&r->columns);
	if (r->columns.n > 0)
		memset(r->cell, 0, r->columns.n * sizeof *r->cell);
	for (size_t k = 0; k < m->n; k++) {
		struct hs_span key = m->v[k].key;
		if (!hs_columns_guess(&r->columns, key, &i) &&
		    hs_columns_find(&r->columns, key, &i, e) < 0)
			return hs_err_at(e, "%s: line %llu: record %llu",
			    pg->in->name, pg->in->line, pg->records);
		if (i >= r->cells && grow_cells(r, e) < 0)
			return -1;
		if (i < r->given)
			r->carried[i] = true;
		r->cell[i] = m->v[k].value;
	}
	return 0;
}

/* Notes the columns that have a value in this record. */
static void
note_filled(struct rows *r)
{
	for (size_t i = 0; i < r->columns.n; i++) {
		struct hs_span v = r->cell[i];
		if (v.len > 0 && v.p[0] != 'n' && !hs_span_is(v, "\"\""))
			r->filled[i] = true;
	}
}

/* Whether a spreadsheet may run the text (OWASP's page on CSV injection);
 * a number such as -1 is harmless. */
static bool
is_formula(struct hs_span text)
{
	struct hs_scan s;
	char c = text.len ? text.p[0] : 'x';

	if (!strchr("=+-@\t\r\n", c) || c == '\0')
		return false;
	hs_scan_init(&s, text);
	return c != '-' || hs_scan_value(&s, NULL) < 0 || s.p != s.end;
}

/* Adds a string's cell: decoded, with a quote before a formula if asked. */
static int
add_decoded(struct rows *r, struct hs_page *pg, size_t column,
    struct hs_span inner, struct hs_buf *b, struct hs_err *e)
{
	struct hs_span name = r->columns.name[column];
	size_t lone = 0;

	hs_buf_clear(&r->scratch);
	if (hs_buf_reserve(&r->scratch, inner.len + 1) < 0)
		return hs_err_mem(e, "a cell");
	r->scratch.data[0] = '\'';
	size_t n = hs_scan_decode(inner, r->scratch.data + 1, &lone);
	struct hs_span text = hs_span(r->scratch.data + 1, n);
	if (lone && !r->replace_invalid)
		return hs_err_set(e, HS_DATA,
		    "%s: line %llu: record %llu: column %.*s holds half a "
		    "surrogate pair, which UTF-8 cannot express; "
		    "--replace-invalid writes U+FFFD for it",
		    pg->in->name, pg->in->line, pg->records,
		    name.len > 200 ? 200 : (int)name.len, name.p);
	if (r->escape_formulas && is_formula(text))
		text = hs_span(r->scratch.data, n + 1);
	hs_csv_put(b, text);
	return 0;
}

/*
 * Copies a string without escapes that needs no quotes, to d, where there is
 * room for it and SLACK: its length.  SIZE_MAX: the string is not of that
 * kind.  As JSON it has no raw quotes or control characters.
 */
static inline size_t
copy_plain(char *d, struct hs_span s, const char *end)
{
	size_t i = 0;

#if defined(__SSE2__) && !defined(HS_PORTABLE)
	const __m128i comma = _mm_set1_epi8(','), slash = _mm_set1_epi8('\\');
	for (; i < s.len && end - (s.p + i) >= 16; i += 16) {
		__m128i v = _mm_loadu_si128((const void *)(s.p + i));
		_mm_storeu_si128((void *)(d + i), v);
		unsigned hit = (unsigned)_mm_movemask_epi8(_mm_or_si128(
		    _mm_cmpeq_epi8(v, comma), _mm_cmpeq_epi8(v, slash)));
		if (s.len - i < 16)
			hit &= (1U << (s.len - i)) - 1;
		if (hit)
			return SIZE_MAX;
	}
#else
	(void)end;
#endif
	for (; i < s.len; i++) {
		if (s.p[i] == ',' || s.p[i] == '\\')
			return SIZE_MAX;
		d[i] = s.p[i];
	}
	return s.len ? s.len : SIZE_MAX;
}

static inline int
add_cell(struct rows *r, struct hs_page *pg, size_t column, struct hs_buf *b,
    struct hs_err *e)
{
	struct hs_span v = r->cell[column], inner;

	if (v.len == 0 || v.p[0] == 'n')
		return 0;
	if (hs_scan_inner(v, &inner)) {
		size_t n = r->escape_formulas ? SIZE_MAX
					      : copy_plain(b->data + b->len,
						    inner, pg->scan.end);
		if (n == SIZE_MAX)
			return add_decoded(r, pg, column, inner, b, e);
		b->len += n;
		return 0;
	}
	if (v.p[0] == '{' || v.p[0] == '[') {
		hs_csv_put(b, v);
		return 0;
	}
	memcpy(b->data + b->len, v.p, v.len);
	b->len += v.len;
	return 0;
}

int
rows_add(struct rows *r, struct hs_page *pg, struct hs_buf *b, struct hs_err *e)
{
	const char *from = pg->scan.p;

	if (collect(r, pg, e) < 0)
		return -1;
	if (r->drop_empty)
		note_filled(r);
	/* A cell takes at most twice its value's text, with quotes doubled:
	 * make room for all at once. */
	size_t len = (size_t)(pg->scan.p - from);
	if (hs_buf_reserve(b, 2 * len + r->columns.n + SLACK + 1) < 0)
		return hs_err_mem(e, "a row");
	for (size_t i = 0; i < r->columns.n; i++) {
		if (i > 0)
			b->data[b->len++] = ',';
		if (add_cell(r, pg, i, b, e) < 0)
			return -1;
	}
	b->data[b->len++] = '\n';
	r->rows++;
	return 0;
}

int
rows_name(struct rows *r, size_t column, struct hs_span *name, struct hs_err *e)
{
	*name = r->columns.name[column];
	if (!r->escape_formulas || !is_formula(*name))
		return 0;
	hs_buf_clear(&r->scratch);
	hs_buf_addc(&r->scratch, '\'');
	hs_buf_put(&r->scratch, *name);
	if (hs_buf_check(&r->scratch, e, "a column name") < 0)
		return -1;
	*name = hs_buf_span(&r->scratch);
	if (!hs_columns_has(&r->columns, *name))
		return 0;
	return hs_err_set(e, HS_DATA,
	    "--escape-formulas: the columns %.*s and %.*s would be one",
	    name->len > 200 ? 200 : (int)name->len, name->p,
	    name->len > 200 ? 199 : (int)name->len - 1, name->p + 1);
}

int
rows_heading(struct rows *r, size_t column, struct hs_buf *b, struct hs_err *e)
{
	struct hs_span name;

	if (rows_name(r, column, &name, e) < 0)
		return -1;
	/* At the start of the file the bytes would be a byte order mark. */
	if (r->quote_names ||
	    (name.len > 2 && memcmp(name.p, HS_CSV_MARK, 3) == 0))
		hs_csv_put_quoted(b, name);
	else
		hs_csv_put(b, name);
	return 0;
}

int
rows_header(struct rows *r, struct hs_buf *b, struct hs_err *e)
{
	bool first = true;

	for (size_t i = 0; i < r->columns.n; i++) {
		if (rows_dropped(r, i))
			continue;
		if (!first)
			hs_buf_addc(b, ',');
		first = false;
		if (rows_heading(r, i, b, e) < 0)
			return -1;
	}
	return 0;
}

bool
rows_dropped(const struct rows *r, size_t column)
{
	return r->drop_empty && r->rows > 0 && !r->filled[column];
}

bool
rows_carried(const struct rows *r, size_t column)
{
	return column >= r->given || r->carried[column];
}

/* Copies rows that are in the reader's buffer. */
static int
copy_rows(struct hs_out *out, const struct hs_csvin *in, size_t from,
    size_t end, struct hs_err *e)
{
	hs_buf_add(&out->buf, in->buf + from, end - from);
	return hs_out_commit(out, e);
}

/* Copies rows without the columns that are dropped. */
static int
pick(struct rows *r, struct hs_csvin *in, struct hs_out *out, struct hs_err *e)
{
	int got;

	for (; (got = hs_csvin_next(in, e)) > 0; hs_csvin_step(in)) {
		struct hs_span rest = hs_csvin_body(in), cell;
		bool first = true;

		for (size_t i = 0; i < r->columns.n; i++) {
			if (!hs_csv_next_cell(&rest, &cell))
				cell = hs_span(NULL, 0);
			if (rows_dropped(r, i))
				continue;
			if (!first)
				hs_buf_addc(&out->buf, ',');
			first = false;
			hs_buf_put(&out->buf, cell);
		}
		hs_buf_addc(&out->buf, '\n');
		if (hs_out_commit(out, e) < 0)
			return -1;
	}
	return got;
}

int
rows_pad(
    struct rows *r, struct hs_csvin *in, struct hs_out *out, struct hs_err *e)
{
	const size_t n = r->columns.n;
	size_t copied = in->pos; /* what is before it has been copied */
	int got;

	if (r->drop_empty)
		return pick(r, in, out, e);
	while ((got = hs_csvin_peek(in, e)) > 0) {
		bool more = got == HS_CSVIN_MORE;

		/* Write whole rows, and while they are in the cache. */
		if (more || in->pos - copied + out->buf.len >= HS_OUT_BLOCK) {
			if (copy_rows(out, in, copied, in->pos, e) < 0 ||
			    (more && hs_csvin_fill(in, e) < 0))
				return -1;
			copied = in->pos;
			if (more)
				continue;
		}
		if (in->row.cells < n) {
			size_t end = in->pos + in->row.body;

			hs_buf_add(&out->buf, in->buf + copied, end - copied);
			for (size_t i = in->row.cells; i < n; i++)
				hs_buf_addc(&out->buf, ',');
			copied = end;
		}
		hs_csvin_step(in);
	}
	return got < 0 ? -1 : copy_rows(out, in, copied, in->pos, e);
}

int
rows_schema(struct rows *r, const char *path, struct hs_err *e)
{
	struct hs_tableschema t = {0};

	if (hs_tableschema_read(&t, path, e) < 0) {
		hs_tableschema_free(&t);
		return -1;
	}
	r->columns = t.columns;
	t.columns = (struct hs_columns){0};
	hs_tableschema_free(&t);
	r->given = r->columns.n;
	r->carried = calloc(r->given + 1, sizeof *r->carried);
	if (!r->carried)
		return hs_err_mem(e, "column names");
	return grow_cells(r, e);
}

void
rows_free(struct rows *r)
{
	hs_columns_free(&r->columns);
	free(r->carried);
	free(r->cell);
	free(r->filled);
	hs_members_free(&r->members);
	hs_buf_free(&r->scratch);
	*r = (struct rows){0};
}
