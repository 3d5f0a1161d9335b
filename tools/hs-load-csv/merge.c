/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Merges the rows of a stream into a table. */
#include "merge.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "csv.h"
#include "csvin.h"
#include "keys.h"
#include "pair.h"
#include "shape.h"

struct state {
	struct merge *m;
	struct shape shape;
	struct hs_csvin old;
	struct key_columns old_key;
	struct keys keys;
	struct key key;
	struct pair pair; /* a row of the table, and one of the stream */
	struct hs_buf scratch;
	const char *copied; /* up to here the old table is in the new */
	const char *eol;
	bool ended;		 /* the last row has a line end */
	bool replaced;		 /* the current old row got new values */
	bool quotes;		 /* a cell of the stream is quoted */
	unsigned long long kept; /* rows whose key the stream doesn't have */
};

/* Adds to the new table; commit() reports a failure. */
static inline void
put(struct state *s, struct hs_span text)
{
	if (s->m->out)
		hs_buf_put(&s->m->out->buf, text);
}

static int
commit(struct state *s, struct hs_err *e)
{
	return s->m->out ? hs_out_commit(s->m->out, e) : 0;
}

/* Copies the old table's bytes up to p. */
static inline void
copy_to(struct state *s, const char *p)
{
	if (p > s->copied)
		put(s, hs_span(s->copied, (size_t)(p - s->copied)));
	s->copied = p;
}

/* Reads the old table's header: its columns and line end. */
static int
read_header(struct state *s, struct hs_err *e)
{
	struct hs_csvin *in = &s->old;
	int r;

	s->eol = "\n";
	s->ended = true;
	hs_csvin_init(in, s->m->old, s->m->name, s->m->max_row);
	if (s->m->mark)
		put(s, HS_SPAN(HS_CSV_MARK));
	if (s->m->old < 0)
		return 0;
	in->utf8 = !s->m->replace;
	hs_csvin_bom(in);
	if ((r = hs_csvin_next(in, e)) <= 0)
		return r;
	if (in->row.len - in->row.body == 2)
		s->eol = "\r\n";
	return shape_read(&s->shape, in, e);
}

/* Whether DuckDB's sample of the old table has no quotes.  -1: it can't be
 * read. */
static int
is_plain(struct state *s, struct hs_err *e)
{
	unsigned long long rows = s->m->rows->rows;
	char block[65536];
	size_t at = 0;
	ssize_t n;

	while ((n = pread(s->m->old, block, sizeof block, (off_t)at)) > 0) {
		if (memchr(block, '"', (size_t)n))
			return 0;
		at += (size_t)n;
		for (ssize_t i = 0; i < n; i++)
			rows += block[i] == '\n';
		if (rows > ROWS_SAMPLE || at >= ROWS_SAMPLE_BYTES)
			return 1;
	}
	if (n < 0)
		return hs_err_set(e, HS_IO, "%s: cannot read: %s", s->m->name,
		    strerror(errno));
	return 0;
}

/* Writes the old header's names.  Where the first quoted cell may come behind
 * DuckDB's sample, they are quoted. */
static int
write_old_names(struct state *s, struct hs_err *e)
{
	const struct hs_columns *old = &s->shape.old;
	int plain = s->quotes ? is_plain(s, e) : 0;

	if (plain < 0)
		return -1;
	if (!plain) {
		hs_buf_put(&s->scratch, hs_csvin_body(&s->old));
		return 0;
	}
	s->m->rows->quote_names = true;
	for (size_t i = 0; i < old->n; i++) {
		if (i > 0)
			hs_buf_addc(&s->scratch, ',');
		hs_csv_put_quoted(&s->scratch, old->name[i]);
	}
	return 0;
}

/* Writes the header, new columns behind the old ones. */
static int
write_header(struct state *s, struct hs_err *e)
{
	struct rows *rows = s->m->rows;
	bool old = s->shape.old.n > 0;

	hs_buf_clear(&s->scratch);
	if (old && write_old_names(s, e) < 0)
		return -1;
	for (size_t i = 0; i < s->shape.extras; i++) {
		if (i > 0 || old)
			hs_buf_addc(&s->scratch, ',');
		if (rows_heading(rows, s->shape.extra[i], &s->scratch, e) < 0)
			return -1;
	}
	if (!old && rows->columns.n > 0)
		hs_buf_addc(&s->scratch, '\n');
	put(s, hs_buf_span(&s->scratch));
	if (old) {
		s->copied = hs_csvin_at(&s->old) + s->old.row.body;
		s->ended = s->old.row.body < s->old.row.len;
		hs_csvin_step(&s->old);
	}
	return hs_buf_check(&s->scratch, e, "the header");
}

static int
map_keys(struct state *s, struct key_columns *new, struct hs_err *e)
{
	const struct merge *m = s->m;

	new->n = s->old_key.n = m->key->n;
	for (size_t k = 0; k < m->key->n; k++) {
		struct hs_span name = m->key->name[k];
		int r = shape_key(&s->shape, m->rows, name, &new->column[k],
		    &s->old_key.column[k], e);
		if (r == 1)
			return hs_err_set(e, HS_DATA,
			    "%s: no record has the key %s; "
			    "name another one with -k",
			    m->source, name.p);
		if (r == 2)
			return hs_err_set(e, HS_DATA,
			    "%s: has no column %s, which is the key; "
			    "name another one with -k",
			    m->name, name.p);
		if (r < 0)
			return -1;
	}
	return 0;
}

/* Indexes one row of the stream, the n-th. */
static int
index_row(struct state *s, struct hs_csvin *in, unsigned long long n,
    struct hs_err *e)
{
	struct key *k = &s->key;

	if (key_read(k, hs_csvin_body(in), &s->keys.columns, e) < 0)
		return -1;
	s->quotes = s->quotes || memchr(hs_csvin_at(in), '"', in->row.body);
	if (k->missing < k->n)
		return hs_err_set(e, HS_DATA,
		    "%s: record %llu has no %s, which is the key; "
		    "name another one with -k",
		    s->m->source, n, s->m->key->name[k->missing].p);
	int r = keys_add(&s->keys, k, hs_csvin_offset(in), e);
	s->m->repeated += r > 0;
	return r < 0 ? -1 : 0;
}

static int
index_rows(struct state *s, struct hs_err *e)
{
	struct key_columns columns = {0};
	unsigned long long n = 0;
	struct hs_csvin in;
	int r;

	if (s->m->rows->rows > 0 && map_keys(s, &columns, e) < 0)
		return -1;
	keys_init(&s->keys, s->m->fd, s->m->source, SIZE_MAX, &columns);
	hs_csvin_init(&in, s->m->fd, s->m->source, SIZE_MAX);
	while ((r = hs_csvin_next(&in, e)) > 0) {
		if ((r = index_row(s, &in, ++n, e)) < 0)
			break;
		hs_csvin_step(&in);
	}
	hs_csvin_free(&in);
	if (r == 0 && n != s->m->rows->rows)
		return hs_err_set(e, HS_INTERNAL,
		    "%llu rows written, %llu read", s->m->rows->rows, n);
	return r;
}

/* The stream has the current old row's key, and s->keys stands at its row:
 * writes that one unless both say the same. */
static int
update(struct state *s, struct hs_err *e)
{
	struct hs_span old = hs_csvin_body(&s->old);
	struct hs_span new = hs_csvin_body(&s->keys.in);
	bool whole = s->shape.same && s->keys.in.row.cells == s->shape.old.n;
	int same = whole && hs_span_eq(old, new);

	if (!same && (hs_csv_split(&s->pair.old, old, e) < 0 ||
			 hs_csv_split(&s->pair.new, new, e) < 0 ||
			 (same = pair_same(&s->pair, e)) < 0))
		return -1;
	if (same) {
		s->m->unchanged++;
		return 0;
	}
	s->m->changed++;
	copy_to(s, old.p);
	if (whole)
		put(s, new);
	else if (s->m->out)
		pair_put(&s->pair, true, &s->m->out->buf);
	s->copied = old.p + old.len;
	s->replaced = true;
	return 0;
}

/* Looks the current old row up in the stream. */
static int
merge_row(struct state *s, struct hs_err *e)
{
	const struct hs_span *part = s->key.part;
	size_t index;

	s->replaced = false;
	if (s->old.row.cells != s->shape.old.n)
		return hs_csvin_fault(&s->old, e,
		    "a row of %zu cells under a header of %zu",
		    s->old.row.cells, s->shape.old.n);
	if (key_read(&s->key, hs_csvin_body(&s->old), &s->old_key, e) < 0)
		return -1;
	if (s->key.missing < s->key.n)
		return hs_csvin_fault(&s->old, e, "a row without a key");
	int r = keys_find(&s->keys, &s->key, &index, e);
	if (r <= 0) {
		s->kept += r == 0;
		return r;
	}
	if (s->keys.row[index].met)
		return hs_csvin_fault(&s->old, e,
		    "the key %.*s appears a second time",
		    part->len > 200 ? 200 : (int)part->len, part->p);
	s->keys.row[index].met = true;
	return update(s, e);
}

/* Goes to the next old row; the current one gets its new cells. */
static void
finish_row(struct state *s)
{
	const struct hs_csvin *in = &s->old;

	s->ended = in->row.body < in->row.len;
	if (s->shape.extras > 0 && !s->replaced) {
		copy_to(s, hs_csvin_at(in) + in->row.body);
		for (size_t i = 0; i < s->shape.extras; i++)
			put(s, HS_SPAN(","));
	}
	hs_csvin_step(&s->old);
}

/* Rows that don't change are copied many at once. */
static int
merge_old(struct state *s, struct hs_err *e)
{
	struct hs_csvin *in = &s->old;
	int r;

	while ((r = hs_csvin_peek(in, e)) > 0) {
		if (r == HS_CSVIN_ROW) {
			if (merge_row(s, e) < 0)
				return -1;
			finish_row(s);
			continue;
		}
		copy_to(s, hs_csvin_at(in));
		if (commit(s, e) < 0 || hs_csvin_fill(in, e) < 0)
			return -1;
		s->copied = hs_csvin_at(in);
	}
	if (r < 0)
		return -1;
	copy_to(s, hs_csvin_at(in));
	return commit(s, e);
}

/* Appends the stream's rows whose keys the old table doesn't have. */
static int
append_new(struct state *s, struct hs_err *e)
{
	struct hs_span eol = hs_span_str(s->eol);

	for (size_t i = 0; i < s->keys.n; i++) {
		if (s->keys.row[i].met)
			continue;
		s->m->added++;
		if (!s->m->out)
			continue;
		if (keys_go(&s->keys, i, e) < 0 ||
		    hs_csv_split(&s->pair.new, hs_csvin_body(&s->keys.in), e) <
			0)
			return -1;
		if (!s->ended)
			put(s, eol);
		pair_put(&s->pair, false, &s->m->out->buf);
		put(s, eol);
		s->ended = true;
		if (commit(s, e) < 0)
			return -1;
	}
	if (!s->ended)
		put(s, eol);
	return commit(s, e);
}

static int
merge_all(struct state *s, struct hs_err *e)
{
	struct merge *m = s->m;

	if (read_header(s, e) < 0 || shape_map(&s->shape, m->rows, e) < 0 ||
	    index_rows(s, e) < 0 || write_header(s, e) < 0)
		return -1;
	m->new_columns = s->shape.extras;
	if (s->shape.old.n > 0 && merge_old(s, e) < 0)
		return -1;
	if (append_new(s, e) < 0)
		return -1;
	if (m->replace)
		m->removed = s->kept;
	else
		m->unchanged += s->kept;
	return 0;
}

int
merge(struct merge *m, struct hs_err *e)
{
	struct state s = {.m = m, .pair.replace = m->replace};
	s.pair.shape = &s.shape;
	int rc = merge_all(&s, e);

	shape_free(&s.shape);
	hs_csvin_free(&s.old);
	keys_free(&s.keys);
	key_free(&s.key);
	pair_free(&s.pair);
	hs_buf_free(&s.scratch);
	return rc;
}
