/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/*
 * Text for a database out of any valid JSON value: mended, a nested value is
 * valid JSON without a fault, and a string has no NUL; where nothing is wrong
 * a nested value stays as it is.
 */
#include <stdint.h>
#include <stdlib.h>

#include "copytext.h"
#include "scan.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
require(bool what)
{
	if (!what)
		abort();
}

static void
try_nested(struct hs_span value)
{
	struct hs_buf a = {0}, b = {0};
	struct hs_scan s;
	enum hs_copyfault fault = hs_copytext_nested(value, false, false, &a);

	hs_copytext_nested(value, false, true, &b);
	require(fault || (hs_span_eq(hs_buf_span(&a), value) &&
			     hs_span_eq(hs_buf_span(&b), value)));
	hs_scan_init(&s, hs_buf_span(&b));
	require(hs_scan_value(&s, NULL) == 0 && hs_scan_end(&s) == 0);
	hs_buf_clear(&a);
	require(!hs_copytext_nested(hs_buf_span(&b), false, false, &a));
	hs_buf_free(&a);
	hs_buf_free(&b);
}

static void
try_string(struct hs_span inner)
{
	struct hs_buf a = {0}, b = {0};

	(void)hs_copytext_string(inner, false, false, &a);
	require(!hs_copytext_string(inner, false, true, &a));
	require(!a.len || !memchr(a.data, '\0', a.len));
	require(hs_buf_reserve(&b, 2 * a.len) == 0);
	hs_copytext_put(&b, hs_buf_span(&a));
	require(b.len <= 2 * a.len);
	hs_buf_free(&a);
	hs_buf_free(&b);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct hs_span value, inner;
	struct hs_scan s;

	hs_scan_init(&s, hs_span((const char *)data, size));
	if (hs_scan_value(&s, &value) < 0)
		return 0;
	try_nested(value);
	if (hs_scan_inner(value, &inner))
		try_string(inner);
	return 0;
}
