/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_BUF_H
#define HS_BUF_H

#include <stddef.h>

#include "err.h"
#include "span.h"

/*
 * Bounded growable bytes.  A zeroed struct is an empty buffer without a
 * bound; set max to refuse growth past that many bytes.  The buffer owns
 * data, which moves when it grows: spans into it end there.
 *
 * A buffer remembers its failure.  Once memory has run out (ENOMEM) or max
 * has been reached (EFBIG), it stays as it was before that call, and every
 * later call that appends does nothing.  So a caller may append without
 * looking and ask hs_buf_check() once at the end.  Each call also returns 0,
 * or -1 with errno set, for the caller that can stop early.
 */
struct hs_buf {
	char *data;
	size_t len;
	size_t cap;
	size_t max;
	int failed; /* errno of the first failure, or 0 */
};

/* Makes room for n more bytes behind len. */
int hs_buf_reserve(struct hs_buf *b, size_t n);

static inline int
hs_buf_add(struct hs_buf *b, const void *p, size_t n)
{
	if ((n > b->cap - b->len || b->failed) && hs_buf_reserve(b, n) < 0)
		return -1;
	if (n > 0)
		memcpy(b->data + b->len, p, n);
	b->len += n;
	return 0;
}

static inline int
hs_buf_addc(struct hs_buf *b, char c)
{
	return hs_buf_add(b, &c, 1);
}

static inline int
hs_buf_puts(struct hs_buf *b, const char *s)
{
	return hs_buf_add(b, s, strlen(s));
}

static inline int
hs_buf_put(struct hs_buf *b, struct hs_span text)
{
	return hs_buf_add(b, text.p, text.len);
}

int hs_buf_printf(struct hs_buf *b, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* 0 when every append since the start or the last clear succeeded.  Else -1
 * with e filled as hs_err_mem() does; `what` names what the buffer holds. */
int hs_buf_check(const struct hs_buf *b, struct hs_err *e, const char *what);

/* The content as a string: a NUL is kept behind it, which len does not count.
 * NULL when the buffer has failed. */
const char *hs_buf_str(struct hs_buf *b);

/* Forgets the content; keeps the memory, and remembers a failure. */
static inline void
hs_buf_clear(struct hs_buf *b)
{
	b->len = 0;
}

/* The same, and forgets a failure, too. */
static inline void
hs_buf_reset(struct hs_buf *b)
{
	b->len = 0;
	b->failed = 0;
}

static inline struct hs_span
hs_buf_span(const struct hs_buf *b)
{
	return hs_span(b->data, b->len);
}

/* Releases the memory; the buffer is empty and usable, max as it was. */
void hs_buf_free(struct hs_buf *b);

#endif
