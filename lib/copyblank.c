/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Where empty texts stand among rows. */
#include "copyblank.h"

#include <string.h>
#include <unistd.h>

#include "spool.h"

/* Places read at once. */
#define BLOCK ((size_t)2048)

int
hs_copyblanks_open(struct hs_copyblanks *b, struct hs_err *e)
{
	int fd = hs_spool_open(e);

	if (fd < 0)
		return -1;
	hs_out_init(&b->out, fd, "temporary file");
	b->open = true;
	return 0;
}

int
hs_copyblanks_add(
    struct hs_copyblanks *b, const struct hs_copyblank *place, struct hs_err *e)
{
	hs_buf_add(&b->out.buf, place, sizeof *place);
	return hs_out_commit(&b->out, e);
}

int
hs_copyblanks_rewind(struct hs_copyblanks *b, struct hs_err *e)
{
	hs_buf_clear(&b->block);
	b->used = 0;
	b->at = 0;
	return hs_out_flush(&b->out, e);
}

int
hs_copyblanks_next(
    struct hs_copyblanks *b, struct hs_copyblank *place, struct hs_err *e)
{
	unsigned long long left = b->out.written - (unsigned long long)b->at;
	size_t n = BLOCK * sizeof *place;

	if (b->used == b->block.len) {
		if (left == 0)
			return 0;
		n = left < n ? (size_t)left : n;
		hs_buf_clear(&b->block);
		if (hs_spool_read(b->out.fd, &b->block, n, b->at, e) < 0)
			return -1;
		b->at += (off_t)b->block.len;
		b->used = 0;
	}
	memcpy(place, b->block.data + b->used, sizeof *place);
	b->used += sizeof *place;
	return 1;
}

int
hs_copyblanks_copy(struct hs_copyblanks *b, const bool *which,
    struct hs_out *out, struct hs_err *e)
{
	struct hs_copyblank place;
	int got;

	if (hs_copyblanks_rewind(b, e) < 0)
		return -1;
	while ((got = hs_copyblanks_next(b, &place, e)) > 0) {
		if (which[place.column])
			hs_buf_printf(&out->buf, "%llu\t%zu\n", place.row,
			    place.column + 1);
		if (hs_out_commit(out, e) < 0)
			return -1;
	}
	return got;
}

void
hs_copyblanks_free(struct hs_copyblanks *b)
{
	hs_buf_free(&b->out.buf);
	hs_buf_free(&b->block);
	if (b->open)
		close(b->out.fd);
	*b = (struct hs_copyblanks){0};
}
