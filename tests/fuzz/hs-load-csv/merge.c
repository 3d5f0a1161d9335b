/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/*
 * A stream and a table of any bytes, the two halves of the input, which a
 * byte 0x1e separates: if they can be merged, the outcome is a table, and
 * merging the same stream once more changes nothing in it.
 */
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include "hs-load-csv/load.h"
#include "hs-load-csv/merge.h"
#include "hs-load-csv/spool.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct hs_err e;

static void
must(int truth)
{
	if (!truth)
		abort();
}

static int
file_of(const void *p, size_t n)
{
	int fd = spool_open(&e);

	must(fd >= 0 && write(fd, p, n) == (ssize_t)n &&
	     lseek(fd, 0, SEEK_SET) == 0);
	return fd;
}

/* Merges into an unnamed file: its descriptor, or -1. */
static int
merge_into(struct load *l, int old, struct merge *m)
{
	static const char *const key[] = {"id"};
	struct hs_out out;

	hs_out_init(&out, spool_open(&e), "new");
	*m = (struct merge){.rows = &l->rows,
	    .fd = l->out->fd,
	    .old = old,
	    .name = "old",
	    .source = "stream",
	    .key = key,
	    .keys = 1,
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

/* The file is a table: all rows have the header's number of cells. */
static void
check_table(int fd)
{
	struct csvin in;
	size_t cells = 0;
	int r;

	csvin_init(&in, fd, "new", 1 << 20);
	csvin_bom(&in);
	while ((r = csvin_next(&in, &e)) > 0) {
		must(cells == 0 || in.row.cells == cells);
		cells = in.row.cells;
		csvin_step(&in);
	}
	must(r == 0);
	csvin_free(&in);
}

static void
check_same(int a, int b)
{
	char x[65536], y[65536];
	ssize_t n = pread(a, x, sizeof(x), 0), m = pread(b, y, sizeof(y), 0);

	must(n >= 0 && n == m && memcmp(x, y, (size_t)n) == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint8_t *cut = memchr(data, 0x1e, size);
	struct load l = {.bare = true};
	struct merge m;
	struct hs_page pg;
	struct hs_out spool;
	struct hs_in in;

	if (!cut)
		return 0;
	hs_in_fd(&in, file_of(data, (size_t)(cut - data)), "stream");
	hs_page_init(&pg, &in, true);
	hs_out_init(&spool, spool_open(&e), "spool");
	l.out = &spool;
	if (load_stream(&l, &pg, &e) == 0) {
		must(hs_out_flush(&spool, &e) == 0);
		int old = file_of(cut + 1, size - (size_t)(cut + 1 - data));
		int new = merge_into(&l, old, &m);
		if (new >= 0) {
			check_table(new);
			int again = merge_into(&l, new, &m);
			must(again >= 0 && m.added == 0 && m.changed == 0 &&
			     m.new_columns == 0);
			check_same(new, again);
			close(again);
			close(new);
		}
		close(old);
	}
	hs_in_close(&in);
	hs_buf_free(&spool.buf);
	close(spool.fd);
	load_free(&l);
	return 0;
}
