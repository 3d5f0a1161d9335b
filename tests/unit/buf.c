/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Buffers with their bounds, and errors as values. */
#include "buf.h"

#include <errno.h>
#include <stdint.h>

#include "err.h"
#include "tap.h"

static void
buffers(void)
{
	struct hs_buf b = {0};
	size_t n = 0;

	tap_ok(
	    hs_buf_add(&b, NULL, 0) == 0 && !b.data, "nothing costs nothing");
	tap_is_str(hs_buf_str(&b), "", "an empty buffer is an empty string");
	tap_ok(b.len == 0, "whose end does not count");
	for (int i = 0; i < 100000; i++)
		n += hs_buf_addc(&b, (char)('a' + i % 26)) == 0;
	bool good = n == 100000 && b.len == n;
	for (size_t i = 0; good && i < n; i++)
		good = b.data[i] == (char)('a' + i % 26);
	tap_ok(good, "bytes stay as it grows");
	hs_buf_clear(&b);
	hs_buf_puts(&b, "a\n");
	hs_buf_printf(&b, "%s-%d", "x", 7);
	hs_buf_add(&b, "\0z", 2);
	tap_ok(hs_span_eq(hs_buf_span(&b), hs_span("a\nx-7\0z", 7)),
	    "text, format and bytes one behind another");
	errno = 0;
	tap_ok(hs_buf_reserve(&b, SIZE_MAX) < 0 && errno == EFBIG,
	    "a length that overflows is refused");
#ifdef __SANITIZE_ADDRESS__
	tap_skip("so is one that no memory holds", "the sanitizer ends there");
#else
	b.failed = errno = 0;
	tap_ok(
	    hs_buf_reserve(&b, SIZE_MAX / 2 - b.len - 1) < 0 && errno == ENOMEM,
	    "so is one that no memory holds");
#endif
	tap_ok(b.len == 7, "the content is as it was");
	hs_buf_free(&b);
	tap_ok(!b.data && b.len == 0 && b.cap == 0, "freed, it is empty");
}

static void
bounds(void)
{
	struct hs_buf b = {.max = 10};

	tap_ok(hs_buf_puts(&b, "0123456789") == 0, "up to its bound");
	errno = 0;
	tap_ok(hs_buf_addc(&b, 'x') < 0 && errno == EFBIG && b.len == 10,
	    "and not a byte beyond");
	tap_ok(!hs_buf_str(&b), "the end of a string is a byte, too");
	tap_ok(
	    hs_buf_printf(&b, "%d", 1) < 0 && b.len == 10, "nor by a format");
	hs_buf_reset(&b);
	b.max = 300;
	for (int i = 0; i < 100; i++)
		hs_buf_puts(&b, "abc");
	tap_ok(b.len == 300 && b.cap == 300, "a bound is met exactly");
	hs_buf_free(&b);
	tap_ok(b.max == 300, "freed, it keeps its bound");
}

/* One that has failed goes on failing, in the same way. */
static void
memory_of_failure(void)
{
	struct hs_buf b = {.max = 4};
	struct hs_err e;

	hs_buf_puts(&b, "abc");
	tap_ok(hs_buf_check(&b, &e, "a text") == 0, "it has not failed");
	hs_buf_puts(&b, "de");
	errno = 0;
	tap_ok(hs_buf_addc(&b, 'd') < 0 && errno == EFBIG && b.len == 3,
	    "behind a failed append nothing is added, though it would fit");
	tap_ok(hs_buf_printf(&b, "%d", 1) < 0 && !hs_buf_str(&b) &&
		   hs_buf_reserve(&b, 0) < 0,
	    "by no other call either");
	errno = 0;
	tap_ok(hs_buf_check(&b, &e, "a text") < 0 && e.kind == HS_DATA,
	    "which one question at the end tells");
	tap_is_str(e.text, "a text is larger than allowed", "with the reason");
	hs_buf_reset(&b);
	tap_ok(hs_buf_puts(&b, "abcd") == 0 && b.len == 4,
	    "reset, it is a new buffer");
	hs_buf_addc(&b, 'e');
	hs_buf_free(&b);
	tap_ok(hs_buf_addc(&b, 'a') == 0, "so it is when freed");
	hs_buf_free(&b);
}

static void
errors(void)
{
	struct hs_err e;
	static char longer[5000];

	tap_ok(hs_err_set(&e, HS_DATA, "%s %d", "page", 3) == -1 &&
		   e.kind == HS_DATA,
	    "an error is set");
	tap_ok(hs_err_at(&e, "line %d", 7) == -1, "and told its place");
	tap_is_str(e.text, "line 7: page 3", "which stands in front");
	tap_ok(hs_err_set(NULL, HS_IO, "x") == -1 && hs_err_at(NULL, "y") == -1,
	    "nobody need listen");
	memset(longer, 'x', sizeof longer - 1);
	hs_err_set(&e, HS_IO, "%s", longer);
	tap_ok(strlen(e.text) == sizeof e.text - 1, "a long text is cut");
	hs_err_at(&e, "%s", longer);
	tap_ok(strlen(e.text) == sizeof e.text - 1 &&
		   strstr(e.text, "x: x") != NULL,
	    "a long place leaves room for it");
	errno = EFBIG;
	hs_err_mem(&e, "a line");
	tap_is_str(e.text, "a line is larger than allowed", "a bound");
	tap_ok(e.kind == HS_DATA, "is the data's fault");
	errno = ENOMEM;
	hs_err_mem(&e, "a line");
	tap_is_str(e.text, "out of memory for a line", "memory");
	tap_ok(e.kind == HS_SYSTEM, "is the system's");
}

int
main(void)
{
	buffers();
	bounds();
	memory_of_failure();
	errors();
	return tap_done();
}
