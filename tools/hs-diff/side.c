/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* The records of a side: read in order, found again, and their keys. */
#include "side.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "grow.h"
#include "hash.h"

int
side_fault(struct side *s, struct hs_err *e, const char *fmt, ...)
{
	char why[512];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(why, sizeof why, fmt, ap);
	va_end(ap);
	if (s->csv)
		return hs_csvin_fault(&s->rows, e, "%s", why);
	return hs_err_set(e, HS_DATA, "%s: line %llu: record %llu: %s",
	    s->in.name, s->in.line, s->page.records, why);
}

/* Gives the record a place for n columns; new ones are missing. */
static int
widen(struct record *r, size_t n, struct hs_err *e)
{
	if (n > r->cap) {
		size_t cap = n < 64 ? 64 : n + n / 2;
		void *v = reallocarray(r->value, cap, sizeof *r->value);
		if (!v)
			return hs_err_mem(e, "a record's values");
		r->value = v;
		r->cap = cap;
	}
	for (; r->n < n; r->n++)
		r->value[r->n] = hs_span(NULL, 0);
	return 0;
}

/* A row is split when its values are wanted. */
static void
take_text(struct record *r, struct hs_span text, bool cells)
{
	r->text = text;
	r->cells = cells;
	r->split = !cells;
}

/* Finds the column of each member of a record. */
static int
find_columns(struct side *s, const struct hs_members *m, struct record *r,
    struct hs_err *e)
{
	size_t i;

	hs_columns_rewind(&s->shape->names);
	r->columns = 0;
	for (size_t k = 0; k < m->n; k++) {
		if (shape_find(s->shape, m->v[k].key, s->which, &i, e) < 0)
			return hs_err_at(e, "%s", s->in.name);
		if (HS_GROW(r->column, r->columns, r->column_cap) < 0)
			return hs_err_mem(e, "columns");
		r->column[r->columns++] = i;
	}
	/* Only keys that were the known ones are sure to be those of a later
	 * record that has all that are known. */
	r->lasts = m->expected;
	r->changes = m->known.changes;
	return 0;
}

/* Gives each member of a record to its column. */
static int
place(struct side *s, const struct hs_members *m, struct record *r,
    struct hs_err *e)
{
	bool as_before = r->lasts && m->expected &&
			 m->known.changes == r->changes && m->n <= r->columns;

	if (!as_before && find_columns(s, m, r, e) < 0)
		return -1;
	/* The same members take the same places. */
	if (!as_before || m->n < r->columns)
		r->n = 0;
	if (widen(r, s->shape->names.n, e) < 0)
		return -1;
	for (size_t k = 0; k < m->n; k++)
		r->value[r->column[k]] = m->v[k].value;
	return 0;
}

int
side_split(struct side *s, struct record *r, struct hs_err *e)
{
	struct hs_span body = r->text, cell;

	if (r->split)
		return 0;
	r->n = 0;
	if (widen(r, s->shape->names.n, e) < 0)
		return -1;
	for (size_t i = 0; i < s->columns; i++)
		if (hs_csv_next_cell(&body, &cell))
			r->value[s->column[i]] = cell;
	r->split = true;
	return 0;
}

/* A line has been read to its end and is valid: it may go on, but the last
 * one is held back. */
static int
pass_on(struct side *s, const char *p, size_t n, bool newline, struct hs_err *e)
{
	if (!s->pass)
		return 0;
	if (hs_out_commit(s->pass, e) < 0)
		return -1;
	hs_buf_add(&s->pass->buf, p, n);
	if (newline)
		hs_buf_addc(&s->pass->buf, '\n');
	if (hs_buf_check(&s->pass->buf, e, "output") < 0)
		return -1;
	if (s->csv || hs_in_ready(&s->in))
		return 0;
	return hs_out_flush(s->pass, e);
}

static int
next_row(struct side *s, struct record **r, off_t *at, struct hs_err *e)
{
	struct hs_csvin *in = &s->rows;

	if (s->lacks)
		return 0;
	if (s->in_line)
		hs_csvin_step(in);
	s->in_line = false;
	int got = hs_csvin_next(in, e);
	if (got <= 0)
		return got;
	s->in_line = true;
	if (in->row.cells != s->columns)
		return hs_csvin_fault(in, e,
		    "a row of %zu cells under a header of %zu", in->row.cells,
		    s->columns);
	if (pass_on(s, hs_csvin_at(in), in->row.len, false, e) < 0)
		return -1;
	take_text(&s->current, hs_csvin_body(in), true);
	*r = &s->current;
	*at = hs_csvin_offset(in);
	return 1;
}

/* At the start of a line: keeps it where it has to be. */
static int
begin_line(struct side *s, struct hs_err *e)
{
	s->line_at = s->next_at;
	s->next_at += (off_t)s->page.line.len + !s->in.torn;
	s->in_line = true;
	if (s->spool.fd < 0)
		return 0;
	hs_buf_put(&s->spool.buf, s->page.line);
	hs_buf_addc(&s->spool.buf, '\n');
	return hs_out_commit(&s->spool, e);
}

static int
end_stream(struct side *s, struct hs_err *e)
{
	s->since = s->page.since;
	if (s->since && s->which == OLD)
		return hs_err_set(e, HS_DATA,
		    "%s: it carries only what changed (hs.since), which is no "
		    "snapshot to compare with",
		    s->in.name);
	return hs_page_complete(&s->page, s->require_pages, e);
}

/* Reads the record that the page reader stands at. */
static int
take_record(struct side *s, struct record **r, off_t *at, struct hs_err *e)
{
	struct hs_scan *scan = &s->page.scan;

	(void)hs_scan_peek(scan);
	const char *from = scan->p;
	hs_members_clear(&s->members);
	if (hs_scan_members(scan, &s->members) < 0)
		return hs_page_fault(&s->page, e);
	take_text(&s->current, hs_span(from, (size_t)(scan->p - from)), false);
	*at = s->line_at + (from - s->page.line.p);
	*r = &s->current;
	return place(s, &s->members, &s->current, e) < 0 ? -1 : 1;
}

static int
next_record(struct side *s, struct record **r, off_t *at, struct hs_err *e)
{
	struct hs_page *pg = &s->page;
	int got;

	for (;;) {
		if (s->in_line) {
			if ((got = hs_page_record(pg, e)) < 0)
				return -1;
			if (got > 0)
				return take_record(s, r, at, e);
			if (pass_on(s, pg->line.p, pg->line.len, !s->in.torn,
				e) < 0)
				return -1;
			s->in_line = false;
		}
		if ((got = hs_page_next(pg, e)) < 0)
			return -1;
		if (got == 0)
			return end_stream(s, e);
		if (begin_line(s, e) < 0)
			return -1;
	}
}

int
side_next(struct side *s, struct record **r, off_t *at, struct hs_err *e)
{
	if (s->csv)
		return next_row(s, r, at, e);
	/* side_open() has read the first line. */
	if (s->page.in->line == 1 && s->next_at == 0 && begin_line(s, e) < 0)
		return -1;
	return next_record(s, r, at, e);
}

static int
cut_short(const struct side *s, struct hs_err *e)
{
	return hs_err_set(
	    e, HS_IO, "%s: was changed while it was read", s->in.name);
}

int
side_look(
    struct side *s, off_t at, size_t n, struct hs_span *text, struct hs_err *e)
{
	/* What has been read is in the file. */
	if (s->spool.fd >= 0 && hs_out_flush(&s->spool, e) < 0)
		return -1;
	return window_look(&s->window, at, n, text, e);
}

static int
read_object(struct side *s, struct hs_span *text, struct hs_err *e)
{
	struct hs_scan scan;

	hs_scan_init(&scan, *text);
	hs_members_clear(&s->others);
	if (text->len > 0 && hs_scan_members(&scan, &s->others) == 0) {
		text->len = (size_t)(scan.p - text->p);
		return 1;
	}
	return scan.why == hs_scan_nomem ? hs_err_mem(e, "a record") : 0;
}

static int
read_row(
    const struct side *s, struct hs_span *text, bool last, struct hs_err *e)
{
	struct hs_csv_row row = {0};
	int got = text->len ? hs_csv_find_row(*text, last, &row) : 0;

	if (got < 0 || (got > 0 && row.cells != s->columns))
		return cut_short(s, e);
	text->len = row.body;
	return got;
}

/* The record's end is not known: reads more until it is there. */
int
side_load(struct side *s, off_t at, struct record **r, struct hs_err *e)
{
	struct hs_span text;
	bool last = false;
	int got = 0;

	for (size_t n = 4096; got == 0; n *= 2) {
		if (last)
			return cut_short(s, e);
		if (side_look(s, at, n, &text, e) < 0)
			return -1;
		last = text.len < n;
		n = text.len;
		got = s->csv ? read_row(s, &text, last, e)
			     : read_object(s, &text, e);
	}
	if (got < 0)
		return -1;
	*r = &s->other;
	take_text(*r, text, s->csv);
	return s->csv ? 0 : place(s, &s->others, *r, e);
}

int
side_has(struct side *s, off_t at, struct hs_span text, struct hs_err *e)
{
	struct hs_span there;

	/* An object ends where its last brace does, a row with its line. */
	if (side_look(s, at, text.len + s->csv, &there, e) < 0)
		return -1;
	if (there.len < text.len || memcmp(there.p, text.p, text.len) != 0)
		return 0;
	return !s->csv || there.len == text.len || there.p[text.len] == '\n' ||
	       there.p[text.len] == '\r';
}

/* The texts of a key's parts, none of which moves. */
static int
spell(struct side *s, struct record *r, struct key *k, struct hs_err *e)
{
	struct hs_span *value = k->part;
	size_t room = 0;

	for (size_t i = 0; i < k->n; i++)
		room += value[i].len;
	hs_buf_clear(&k->scratch);
	if (hs_buf_reserve(&k->scratch, room + 1) < 0)
		return hs_err_mem(e, "a key");
	for (size_t i = 0; i < k->n; i++) {
		struct value v = {value[i], r->cells};
		value[i] = value_none(v) ? hs_span(NULL, 0)
					 : value_says(v, &k->scratch, NULL);
	}
	(void)s;
	return 0;
}

/* Finds the cells of the key in a row that need not be split. */
static void
key_cells(const struct side *s, struct hs_span body, struct key *k)
{
	const size_t *key_at = s->shape->key_at;
	struct hs_span cell;
	size_t left = k->n;

	for (size_t i = 0; left > 0 && hs_csv_next_cell(&body, &cell); i++)
		for (size_t j = 0; j < k->n; j++)
			if (key_at[j] == s->column[i]) {
				k->part[j] = cell;
				left--;
			}
}

int
side_key(struct side *s, struct record *r, struct key *k, size_t *missing,
    struct hs_err *e)
{
	const struct shape *sh = s->shape;

	k->n = sh->key.n;
	for (size_t j = 0; j < k->n; j++)
		k->part[j] = r->cells || sh->key_at[j] == SHAPE_NONE
				 ? hs_span(NULL, 0)
				 : record_value(r, sh->key_at[j]).text;
	if (r->cells)
		key_cells(s, r->text, k);
	if (spell(s, r, k, e) < 0)
		return -1;
	k->hash = 0;
	for (*missing = 0; *missing < k->n; ++*missing) {
		struct hs_span part = k->part[*missing];
		if (part.len == 0)
			break;
		k->hash =
		    *missing ? hs_hash_more(k->hash, part) : hs_hash(part);
	}
	return 0;
}
