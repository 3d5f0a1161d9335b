/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/*
 * Random tables and streams, merged and replaced, against a model that does
 * it the simple way in memory.  No row, cell or byte may get lost.
 */
#include "hs-load-csv/merge.h"

#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include "json.h"
#include "hs-load-csv/load.h"
#include "spool.h"
#include "../tap.h"

enum { COLS = 8, ROWS = 48, TEXT = 24 };

/* A cell; null when len is negative. */
struct value {
	char text[TEXT];
	int len;
};

struct model {
	int col[COLS]; /* which names, in order */
	int cols;
	struct value cell[ROWS * 2][COLS]; /* by name, not by order */
	bool has[ROWS * 2][COLS];	   /* the record has the member */
	int rows;
};

static const char *const names[COLS] = {
    "id", "a", "b,", "c\"c", "", "d\n", "é", "a column of a longer name"};

static struct hs_err e;

static unsigned
pick(unsigned n)
{
	static uint64_t x = 0x9e3779b97f4a7c15;

	x ^= x << 13;
	x ^= x >> 7;
	x ^= x << 17;
	return (unsigned)(x >> 33) % n;
}

static struct value
random_value(void)
{
	static const char kinds[] = "aaabbb ,\"\n\r\\.{}";
	struct value v = {.len = (int)pick(TEXT + 8) - 8};

	if (v.len < 0)
		v.len = pick(3) ? -1 : 0;
	for (int i = 0; i < v.len; i++)
		v.text[i] = kinds[pick(sizeof kinds - 1)];
	return v;
}

static struct value
number(unsigned n)
{
	struct value v = {.len = 0};

	v.len = snprintf(v.text, sizeof v.text, "%s%u", n % 5 ? "" : ",\"", n);
	return v;
}

static struct hs_span
span_of(const struct value *v)
{
	return hs_span(v->text, v->len < 0 ? 0 : (size_t)v->len);
}

static bool
same(const struct value *a, const struct value *b)
{
	return (a->len < 0) == (b->len < 0) &&
	       hs_span_eq(span_of(a), span_of(b));
}

/* A table with some of the columns, id among them, and ids that differ. */
static void
random_table(struct model *m)
{
	memset(m, 0, sizeof *m);
	for (int c = 0; c < COLS; c++)
		if (c == 0 || pick(2))
			m->col[m->cols++] = c;
	for (int i = m->cols - 1; i > 0; i--) {
		int k = (int)pick((unsigned)i + 1), keep = m->col[i];
		m->col[i] = m->col[k];
		m->col[k] = keep;
	}
	for (unsigned id = 0; id < ROWS; id++) {
		if (pick(3) == 0)
			continue;
		for (int c = 0; c < COLS; c++)
			m->cell[m->rows][c] = random_value();
		m->cell[m->rows++][0] = number(id);
	}
}

static bool
has_column(const struct model *m, int c)
{
	for (int i = 0; i < m->cols; i++)
		if (m->col[i] == c)
			return true;
	return false;
}

/* A stream, whose columns are those of its records in order. */
static void
random_stream(struct model *m)
{
	bool used[COLS];

	memset(m, 0, sizeof *m);
	for (int c = 0; c < COLS; c++)
		used[c] = pick(2);
	m->rows = 1 + (int)pick(ROWS);
	for (int r = 0; r < m->rows; r++) {
		for (int c = 0; c < COLS; c++) {
			m->cell[r][c].len = -1;
			m->has[r][c] = c == 0 || (used[c] && pick(4));
			if (!m->has[r][c])
				continue;
			m->cell[r][c] = c ? random_value() : number(pick(64));
			if (!has_column(m, c))
				m->col[m->cols++] = c;
		}
	}
}

static void
put_csv(struct hs_buf *b, const struct value *v)
{
	if (v->len < 0)
		return;
	if (pick(4) == 0)
		hs_csv_put_quoted(b, span_of(v));
	else
		hs_csv_put(b, span_of(v));
}

/* The table as somebody may have written it; *row[i] is where row i starts. */
static void
write_table(
    const struct model *m, const char *eol, struct hs_buf *b, size_t *row)
{
	if (pick(4) == 0)
		hs_buf_puts(b, "\xef\xbb\xbf");
	for (int i = 0; i < m->cols; i++) {
		if (i > 0)
			hs_buf_addc(b, ',');
		hs_csv_put(b, hs_span_str(names[m->col[i]]));
	}
	for (int r = 0; r < m->rows; r++) {
		hs_buf_puts(b, eol);
		row[r] = b->len;
		for (int i = 0; i < m->cols; i++) {
			if (i > 0)
				hs_buf_addc(b, ',');
			put_csv(b, &m->cell[r][m->col[i]]);
		}
	}
	row[m->rows] = b->len;
	if (pick(4))
		hs_buf_puts(b, eol);
}

static void
write_stream(const struct model *m, struct hs_buf *b)
{
	for (int r = 0; r < m->rows; r++) {
		char mark = '{';
		for (int c = 0; c < COLS; c++) {
			if (!m->has[r][c])
				continue;
			hs_buf_addc(b, mark);
			hs_json_string(b, hs_span_str(names[c]));
			hs_buf_addc(b, ':');
			if (m->cell[r][c].len < 0)
				hs_buf_puts(b, "null");
			else
				hs_json_string(b, span_of(&m->cell[r][c]));
			mark = ',';
		}
		hs_buf_puts(b, "}\n");
	}
}

static int
find_row(const struct model *m, const struct value *id)
{
	for (int r = 0; r < m->rows; r++)
		if (same(&m->cell[r][0], id))
			return r;
	return -1;
}

/* The stream's row that counts for an id. */
static int
last_row(const struct model *m, const struct value *id)
{
	int r = m->rows - 1;

	while (!same(&m->cell[r][0], id))
		r--;
	return r;
}

/* What the table should become. */
static void
merge_model(struct model *old, const struct model *new)
{
	int before = old->cols;

	for (int i = 0; i < new->cols; i++)
		if (!has_column(old, new->col[i]))
			old->col[old->cols++] = new->col[i];
	for (int r = 0; r < old->rows; r++)
		for (int i = before; i < old->cols; i++)
			old->cell[r][old->col[i]].len = -1;
	for (int n = 0; n < new->rows; n++) {
		int from = last_row(new, &new->cell[n][0]);
		int r = find_row(old, &new->cell[n][0]);
		if (r < 0) {
			r = old->rows++;
			for (int c = 0; c < COLS; c++)
				old->cell[r][c].len = -1;
		}
		for (int i = 0; i < new->cols; i++) {
			int c = new->col[i];
			old->cell[r][c] = new->cell[from][c];
		}
	}
}

/* Whether text is the table: NULL, or what differs. */
static const char *
compare(const struct model *m, struct hs_span text, const char *eol)
{
	static struct hs_buf scratch;
	struct hs_csv_row row;
	struct hs_span body, cell, s;
	int r = -1;

	if (text.len > 3 && memcmp(text.p, "\xef\xbb\xbf", 3) == 0)
		text = hs_span(text.p + 3, text.len - 3);
	for (; text.len > 0; r++) {
		if (hs_csv_find_row(text, true, &row) != 1)
			return row.why;
		if (r >= m->rows || (int)row.cells != m->cols)
			return "too many rows, or cells";
		if (row.len < text.len && row.len - row.body != strlen(eol))
			return "another line end";
		body = hs_span(text.p, row.body);
		for (int i = 0; hs_csv_next_cell(&body, &cell); i++) {
			struct value name = {.len = -1};
			const struct value *want = &name;
			hs_buf_clear(&scratch);
			s = hs_csv_unquote(cell, &scratch);
			if (r >= 0)
				want = &m->cell[r][m->col[i]];
			if (r < 0 ? !hs_span_is(s, names[m->col[i]])
				  : !hs_span_eq(s, span_of(want)) ||
					(want->len < 0) != (cell.len == 0))
				return "a cell differs";
		}
		text = hs_span(text.p + row.len, text.len - row.len);
	}
	return r == m->rows ? NULL : "rows are missing";
}

static int
file_of(const struct hs_buf *b)
{
	int fd = hs_spool_open(&e);

	if (fd < 0 || write(fd, b->data, b->len) != (ssize_t)b->len ||
	    lseek(fd, 0, SEEK_SET) < 0)
		abort();
	return fd;
}

static struct hs_span
content(int fd, struct hs_buf *b)
{
	char block[4096];
	ssize_t n;

	hs_buf_clear(b);
	for (off_t at = 0; (n = pread(fd, block, sizeof block, at)) > 0;
	     at += n)
		hs_buf_add(b, block, (size_t)n);
	return hs_buf_span(b);
}

/* Loads the stream into *out. */
static int
load(struct load *l, const struct hs_buf *json, struct hs_out *out)
{
	struct hs_in in;
	struct hs_page pg;

	hs_out_init(out, hs_spool_open(&e), "spool");
	hs_in_fd(&in, file_of(json), "stream");
	hs_page_init(&pg, &in, true);
	l->out = out;
	int rc = load_stream(l, &pg, &e);
	if (rc == 0)
		rc = hs_out_flush(out, &e);
	hs_in_close(&in);
	return rc;
}

/* Rows that the stream doesn't have must be in the new table as they were. */
static bool
untouched(const struct model *old, const struct model *new,
    const struct hs_buf *table, const size_t *row, struct hs_span now)
{
	for (int r = 0; r < old->rows; r++)
		if (find_row(new, &old->cell[r][0]) < 0 &&
		    !memmem(now.p, now.len, table->data + row[r],
			row[r + 1] - row[r]))
			return false;
	return true;
}

static const char *
merge_once(void)
{
	static struct model old, new, want;
	static struct hs_buf table, json, now;
	const char *eol = pick(2) ? "\n" : "\r\n", *why;
	struct hs_columns key = {0};
	size_t row[ROWS + 1];
	struct load l = {.bare = true};
	struct hs_out spool, out;

	hs_buf_clear(&table);
	hs_buf_clear(&json);
	hs_columns_list(&key, "id", &e);
	random_table(&old);
	random_stream(&new);
	write_table(&old, eol, &table, row);
	write_stream(&new, &json);
	want = old;
	merge_model(&want, &new);

	hs_out_init(&out, hs_spool_open(&e), "new table");
	if (load(&l, &json, &spool) < 0)
		return e.text;
	struct merge m = {.rows = &l.rows,
	    .fd = spool.fd,
	    .old = file_of(&table),
	    .name = "old table",
	    .source = "stream",
	    .key = &key,
	    .max_row = 1 << 20,
	    .out = &out};
	if (merge(&m, &e) < 0 || hs_out_flush(&out, &e) < 0)
		return e.text;
	why = compare(&want, content(out.fd, &now), eol);
	if (!why && want.cols == old.cols &&
	    !untouched(&old, &new, &table, row, hs_buf_span(&now)))
		why = "an old row has not stayed as it was";
	if (!why && (m.added != (unsigned)(want.rows - old.rows) ||
			m.changed + m.unchanged != (unsigned)old.rows))
		why = "the counts are wrong";
	close(m.old);
	hs_columns_free(&key);
	hs_out_close(&spool, NULL);
	hs_out_close(&out, NULL);
	load_free(&l);
	return why;
}

static const char *
replace_once(void)
{
	static struct model new;
	static struct hs_buf json, now;
	struct load l = {.bare = pick(2)};
	struct hs_out spool, out;
	const char *why;

	hs_buf_clear(&json);
	random_stream(&new);
	write_stream(&new, &json);
	hs_out_init(&out, hs_spool_open(&e), "new table");
	if (load(&l, &json, &spool) < 0)
		return e.text;
	if (!l.bare && (why = compare(&new, content(spool.fd, &now), "\n")))
		return why;
	if (load_table(&l, spool.fd, &out, &e) < 0 ||
	    hs_out_flush(&out, &e) < 0)
		return e.text;
	why = compare(&new, content(out.fd, &now), "\n");
	hs_out_close(&spool, NULL);
	hs_out_close(&out, NULL);
	load_free(&l);
	return why;
}

int
main(void)
{
	const char *why = NULL;
	int i;

	for (i = 0; i < 3000 && !why; i++)
		why = merge_once();
	tap_ok(!why, "%d random merges: %s", i, why ? why : "as in the model");
	why = NULL;
	for (i = 0; i < 3000 && !why; i++)
		why = replace_once();
	tap_ok(!why, "%d random tables: %s", i, why ? why : "as in the model");
	return tap_done();
}
