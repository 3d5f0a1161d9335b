/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/*
 * A stream, a table and a key of any bytes, with a byte 0x1e between them:
 * if the two can be merged, the outcome is a table, merging the same stream
 * once more changes nothing in it, and the same table in another dialect of
 * CSV gives the same rows.  Without a third part the key is id.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "hs-load-csv/keys.h"
#include "hs-load-csv/load.h"
#include "hs-load-csv/merge.h"
#include "spool.h"

#define MARK "\xef\xbb\xbf"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct hs_err e;

static void
must(int truth)
{
	if (!truth)
		abort();
}

static int
file_of(struct hs_span text)
{
	int fd = hs_spool_open(&e);

	must(fd >= 0 && write(fd, text.p, text.len) == (ssize_t)text.len &&
	     lseek(fd, 0, SEEK_SET) == 0);
	return fd;
}

/* Merges into an unnamed file: its descriptor, or -1. */
static int
merge_into(
    struct load *l, const struct hs_columns *key, int old, struct merge *m)
{
	struct hs_out out;

	hs_out_init(&out, hs_spool_open(&e), "new");
	*m = (struct merge){.rows = &l->rows,
	    .fd = l->out->fd,
	    .old = old,
	    .name = "old",
	    .source = "stream",
	    .key = key,
	    .max_row = 1 << 20,
	    .out = &out};
	int rc = merge(m, &e);
	if (rc == 0)
		rc = hs_out_flush(&out, &e);
	hs_buf_free(&out.buf);
	if (rc < 0)
		close(out.fd);
	return rc < 0 ? -1 : out.fd;
}

static void
open_rows(struct hs_csvin *in, int fd)
{
	hs_csvin_init(in, fd, "a table", 1 << 20);
	hs_csvin_bom(in);
}

/* The file is a table: all rows have the header's number of cells. */
static void
check_table(int fd)
{
	struct hs_csvin in;
	size_t cells = 0;
	int r;

	open_rows(&in, fd);
	while ((r = hs_csvin_next(&in, &e)) > 0) {
		must(cells == 0 || in.row.cells == cells);
		cells = in.row.cells;
		hs_csvin_step(&in);
	}
	must(r == 0);
	hs_csvin_free(&in);
}

static void
check_same(int a, int b)
{
	char x[65536], y[65536];
	ssize_t n = pread(a, x, sizeof x, 0), m = pread(b, y, sizeof y, 0);

	must(n >= 0 && n == m && memcmp(x, y, (size_t)n) == 0);
}

/* Adds what a row's cells say, a null as it is, all else in quotes. */
static void
quote_row(struct hs_span body, struct hs_buf *b)
{
	struct hs_buf scratch = {0};
	struct hs_span cell;
	const char *comma = "";

	while (hs_csv_next_cell(&body, &cell)) {
		must(hs_buf_puts(b, comma) == 0);
		comma = ",";
		if (cell.len == 0)
			continue;
		hs_buf_clear(&scratch);
		hs_csv_put_quoted(b, hs_csv_unquote(cell, &scratch));
	}
	hs_buf_free(&scratch);
}

/* Adds a whole table with another byte order mark, line end and quotes;
 * whether it is CSV. */
static bool
change_dialect(int fd, struct hs_buf *b)
{
	struct hs_csvin in;
	int r;

	hs_csvin_init(&in, fd, "a table", 1 << 20);
	if (!hs_csvin_bom(&in))
		must(hs_buf_puts(b, MARK) == 0);
	while ((r = hs_csvin_next(&in, &e)) > 0) {
		quote_row(hs_csvin_body(&in), b);
		bool crlf = in.row.len - in.row.body == 2;
		must(hs_buf_puts(b, crlf ? "\n" : "\r\n") == 0);
		hs_csvin_step(&in);
	}
	hs_csvin_free(&in);
	return r == 0;
}

/* Both tables say the same in each cell. */
static void
check_equal(int a, int b)
{
	struct hs_buf x = {0}, y = {0};
	struct hs_csvin in, other;

	open_rows(&in, a);
	open_rows(&other, b);
	while (hs_csvin_next(&in, &e) > 0) {
		must(hs_csvin_next(&other, &e) > 0);
		hs_buf_clear(&x);
		hs_buf_clear(&y);
		quote_row(hs_csvin_body(&in), &x);
		quote_row(hs_csvin_body(&other), &y);
		must(hs_span_eq(hs_buf_span(&x), hs_buf_span(&y)));
		hs_csvin_step(&in);
		hs_csvin_step(&other);
	}
	must(hs_csvin_next(&other, &e) == 0);
	hs_csvin_free(&in);
	hs_csvin_free(&other);
	hs_buf_free(&x);
	hs_buf_free(&y);
}

/* Merges with the table at old in another dialect; new is what the merge with
 * the table itself gave, or -1. */
static void
try_dialect(struct load *l, const struct hs_columns *key, int old, int new,
    const struct merge *m)
{
	struct hs_buf b = {0};
	struct merge n;

	if (change_dialect(old, &b)) {
		int fd = file_of(hs_buf_span(&b));
		int got = merge_into(l, key, fd, &n);
		must((got < 0) == (new < 0));
		if (got >= 0) {
			must(m->added == n.added && m->changed == n.changed &&
			     m->unchanged == n.unchanged);
			check_equal(new, got);
			close(got);
		}
		close(fd);
	}
	hs_buf_free(&b);
}

/* A zero among a table's first bytes can make it read as UTF-16, and
 * what is merged into it, or a byte order mark or quote, moves it. */
static bool
looks_wide(int fd)
{
	char first[8];
	ssize_t n = pread(fd, first, sizeof first, 0);

	return n > 0 && memchr(first, 0, (size_t)n);
}

static void
try_merge(struct load *l, const struct hs_columns *key, struct hs_span table)
{
	int old = file_of(table);
	struct merge m, n;
	int new = merge_into(l, key, old, &m);

	if (!looks_wide(old))
		try_dialect(l, key, old, new, &m);
	if (new >= 0 && !looks_wide(new)) {
		check_table(new);
		int again = merge_into(l, key, new, &n);
		must(again >= 0 && n.added == 0 && n.changed == 0 &&
		     n.new_columns == 0);
		check_same(new, again);
		close(again);
	}
	if (new >= 0)
		close(new);
	close(old);
}

/* Takes what stands before the next 0x1e off the text. */
static struct hs_span
take_part(struct hs_span *text)
{
	const char *end = text->len ? memchr(text->p, 0x1e, text->len) : NULL;
	size_t n = end ? (size_t)(end - text->p) : text->len;
	struct hs_span part = hs_span(text->p, n);

	n += end != NULL;
	*text = hs_span(text->p + n, text->len - n);
	return part;
}

/* The columns of a key, as -k takes them. */
static bool
read_key(struct hs_span text, struct hs_columns *key)
{
	struct hs_buf b = {0};

	must(hs_buf_add(&b, text.p, text.len) == 0);
	if (text.len == 0)
		must(hs_buf_puts(&b, "id") == 0);
	bool read = hs_columns_list(key, hs_buf_str(&b), &e) == 0;
	hs_buf_free(&b);
	return read && key->n <= KEY_MAX;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct hs_span text = hs_span((const char *)data, size);
	struct hs_span stream = take_part(&text), table = take_part(&text);
	struct load l = {.bare = true};
	struct hs_columns key = {0};
	struct hs_out spool;
	struct hs_page pg;
	struct hs_in in;

	hs_in_fd(&in, file_of(stream), "stream");
	hs_page_init(&pg, &in, true);
	hs_out_init(&spool, hs_spool_open(&e), "spool");
	l.out = &spool;
	if (read_key(text, &key) && load_stream(&l, &pg, &e) == 0) {
		must(hs_out_flush(&spool, &e) == 0);
		try_merge(&l, &key, table);
	}
	hs_in_close(&in);
	hs_buf_free(&spool.buf);
	close(spool.fd);
	load_free(&l);
	hs_columns_free(&key);
	return 0;
}
