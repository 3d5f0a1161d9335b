/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/*
 * A cursor of any bytes.  What is read as a number has at most 18 digits, and
 * written in the same form it is read as the same number again.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hs-fetch/cursor.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *
fault(struct hs_span text)
{
	struct cursor_form form, again;
	uint64_t n, m;
	const char *why = NULL;

	if (!cursor_read(text, &form, &n))
		return NULL;
	if (n >= UINT64_C(1000000000000000000))
		return "too large a number is read";
	char *written = cursor_write(form, n);
	if (!written)
		abort();
	if (!cursor_read(hs_span_str(written), &again, &m) || m != n)
		why = "what was written is another number";
	else if (again.base64 != form.base64 || again.line_end != form.line_end)
		why = "what was written has another form";
	else if (!form.base64 && !hs_span_is(text, written))
		why = "a plain number is written differently";
	free(written);
	return why;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	/* Of its own length, so that a step outside is noticed. */
	char *text = malloc(size ? size : 1);

	if (!text)
		abort();
	memcpy(text, data, size);
	const char *why = fault(hs_span(text, size));
	free(text);
	if (why) {
		fprintf(stderr, "%s\n", why);
		abort();
	}
	return 0;
}
