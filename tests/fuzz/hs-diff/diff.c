/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/*
 * Two sides of any bytes, with a byte 0x1e between them: if they can be
 * compared, each is the same as itself, and there are as many insertions one
 * way as deletions the other.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "hs-diff/changes.h"
#include "hs-diff/format.h"
#include "spool.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct hs_err e;

static void
must(int truth)
{
	if (!truth)
		abort();
}

/* A side's text in a file; its path. */
static int
file_of(struct hs_span text, char path[64])
{
	int fd = hs_spool_open(&e);

	must(fd >= 0 && write(fd, text.p, text.len) == (ssize_t)text.len);
	snprintf(path, 64, "/proc/self/fd/%d", fd);
	return fd;
}

/* Writes all changes in each form, and forgets them. */
static void
write_all(struct changes *c, struct shape *sh)
{
	struct hs_out out = {.fd = -1, .name = "out"};
	struct format f = {.object = "", .shape = sh, .out = &out};
	struct change ch;

	while (changes_next(c, &ch, &e) > 0)
		for (f.form = FORM_BARE; f.form <= FORM_COUNTS; f.form++) {
			(void)format_change(&f, &ch, &e);
			hs_buf_clear(&out.buf);
			out.committed = 0;
		}
	hs_buf_free(&out.buf);
	format_free(&f);
}

/* Compares; false when that can't be done. */
static bool
compare(const char *old, const char *new, unsigned long long op[3])
{
	struct side side[2] = {{.path = old}, {.path = new}};
	struct shape sh = {.all = true};
	struct changes c = {.side = side, .shape = &sh};
	bool good = hs_columns_list(&sh.key, "id", &e) == 0;

	shape_init(&sh);
	for (int i = OLD; i <= NEW; i++) {
		side[i].which = i;
		side[i].shape = &sh;
		side[i].max_line = 1 << 20;
		side_init(&side[i]);
	}
	good = good && side_open(&side[OLD], &e) == 0 &&
	       side_open(&side[NEW], &e) == 0 && changes_read(&c, &e) == 0;
	if (good)
		write_all(&c, &sh);
	memcpy(op, c.op, sizeof c.op);
	if (sh.partial)
		op[OP_DELETE] = 0;
	changes_free(&c);
	side_free(&side[OLD]);
	side_free(&side[NEW]);
	shape_free(&sh);
	return good;
}

static void
check_same(const char *path)
{
	unsigned long long op[3];

	if (compare(path, path, op))
		must(op[OP_INSERT] + op[OP_UPDATE] + op[OP_DELETE] == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct hs_span old = hs_span((const char *)data, size), new = old;
	const char *mark = size ? memchr(data, 0x1e, size) : NULL;
	unsigned long long op[3], back[3];
	char a[64], b[64];

	if (mark) {
		old.len = (size_t)(mark - old.p);
		new = hs_span(mark + 1, size - old.len - 1);
	}
	int x = file_of(old, a), y = file_of(new, b);
	check_same(a);
	check_same(b);
	if (compare(a, b, op) && compare(b, a, back))
		must(op[OP_INSERT] == back[OP_DELETE] &&
		     op[OP_UPDATE] == back[OP_UPDATE]);
	close(x);
	close(y);
	return 0;
}
