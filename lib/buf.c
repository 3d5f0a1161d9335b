/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Bounded growable bytes. */
#include "buf.h"

#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int
hs_buf_reserve(struct hs_buf *b, size_t n)
{
	if (n <= b->cap - b->len)
		return 0;
	size_t max = b->max ? b->max : SIZE_MAX / 2;
	if (b->len > max || n > max - b->len) {
		errno = EFBIG;
		return -1;
	}
	size_t cap = b->cap ? b->cap : 256;
	while (cap - b->len < n)
		cap += cap / 2;
	if (cap > max)
		cap = max;
	char *data = realloc(b->data, cap);
	if (!data) {
		errno = ENOMEM;
		return -1;
	}
	b->data = data;
	b->cap = cap;
	return 0;
}

int
hs_buf_add(struct hs_buf *b, const void *p, size_t n)
{
	if (hs_buf_reserve(b, n) < 0)
		return -1;
	if (n)
		memcpy(b->data + b->len, p, n);
	b->len += n;
	return 0;
}

int
hs_buf_addc(struct hs_buf *b, char c)
{
	return hs_buf_add(b, &c, 1);
}

int
hs_buf_puts(struct hs_buf *b, const char *s)
{
	return hs_buf_add(b, s, strlen(s));
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
