/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_BUF_H
#define HS_BUF_H

#include <stddef.h>

#include "span.h"

/*
 * Bounded growable bytes.  A zeroed struct is an empty buffer without a
 * bound; set max to refuse growth past that many bytes.  The buffer owns
 * data, which moves when it grows: spans into it end there.
 *
 * Functions that grow return 0, or -1 with errno ENOMEM (memory) or EFBIG
 * (max reached) and the buffer as it was.
 */
struct hs_buf {
	char *data;
	size_t len;
	size_t cap;
	size_t max;
};

/* Room for n more bytes behind len. */
int hs_buf_reserve(struct hs_buf *b, size_t n);

int hs_buf_add(struct hs_buf *b, const void *p, size_t n);
int hs_buf_addc(struct hs_buf *b, char c);
int hs_buf_puts(struct hs_buf *b, const char *s);
int hs_buf_printf(struct hs_buf *b, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* The content as a string: a NUL is kept behind it, which len does not count.
 * NULL when memory runs out. */
const char *hs_buf_str(struct hs_buf *b);

/* Forget the content, keep the memory. */
static inline void
hs_buf_clear(struct hs_buf *b)
{
	b->len = 0;
}

static inline struct hs_span
hs_buf_span(const struct hs_buf *b)
{
	return hs_span(b->data, b->len);
}

/* Release the memory; the buffer is empty and usable, max as it was. */
void hs_buf_free(struct hs_buf *b);

#endif
