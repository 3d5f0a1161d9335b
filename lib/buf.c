/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Bounded growable bytes. */
#include "buf.h"

#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/* Notes the first failure; -1. */
static int
fail(struct hs_buf *b, int why)
{
	if (!b->failed)
		b->failed = why;
	errno = b->failed;
	return -1;
}

int
hs_buf_reserve(struct hs_buf *b, size_t n)
{
	size_t max = b->max ? b->max : SIZE_MAX / 2;

	if (b->failed)
		return fail(b, b->failed);
	if (n <= b->cap - b->len)
		return 0;
	if (b->len > max || n > max - b->len)
		return fail(b, EFBIG);
	size_t cap = b->cap ? b->cap : 256;
	while (cap - b->len < n)
		cap += cap / 2;
	if (cap > max)
		cap = max;
	char *data = realloc(b->data, cap);
	if (!data)
		return fail(b, ENOMEM);
	b->data = data;
	b->cap = cap;
	return 0;
}

int
hs_buf_check(const struct hs_buf *b, struct hs_err *e, const char *what)
{
	if (!b->failed)
		return 0;
	errno = b->failed;
	return hs_err_mem(e, what);
}

int
hs_buf_printf(struct hs_buf *b, const char *fmt, ...)
{
	va_list ap, again;

	va_start(ap, fmt);
	va_copy(again, ap);
	int n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	int rc = -1;
	/* vsnprintf ends with a NUL, so it needs a byte that len leaves out. */
	if (n >= 0 && hs_buf_reserve(b, (size_t)n + 1) == 0) {
		vsnprintf(b->data + b->len, (size_t)n + 1, fmt, again);
		b->len += (size_t)n;
		rc = 0;
	}
	va_end(again);
	return rc;
}

const char *
hs_buf_str(struct hs_buf *b)
{
	if (hs_buf_reserve(b, 1) < 0)
		return NULL;
	b->data[b->len] = '\0';
	return b->data;
}

void
hs_buf_free(struct hs_buf *b)
{
	free(b->data);
	*b = (struct hs_buf){.max = b->max};
}
