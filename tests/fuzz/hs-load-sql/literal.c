/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/*
 * A text as a literal of SQLite's shell: no CR and no NUL in it, no quote that
 * ends it early, and read back it is the text.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "hs-load-sql/sqlite.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
require(bool what)
{
	if (!what)
		abort();
}

static char
mark(char digit)
{
	require(digit >= '1' && digit <= '3');
	return "\1\r"[digit - '1'];
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct hs_span text = hs_span((const char *)data, size);
	struct hs_buf b = {0}, back = {0};

	require(hs_buf_reserve(&b, 2 * size + HS_COPYROWS_ROOM) == 0);
	char *room = b.data;
	sqlite_engine.form->put(&b, text);
	require(b.data == room && b.len <= 2 * size + HS_COPYROWS_ROOM);
	require(!memchr(b.data, '\0', b.len) && !memchr(b.data, '\r', b.len));

	const char *p = memchr(b.data, '\'', b.len), *end = b.data + b.len;
	bool odd = p > b.data;
	for (p++; p[0] != '\'' || (p + 1 < end && p[1] == '\''); p++) {
		if (p[0] == '\'')
			p++;
		if (odd && p[0] == '\1')
			hs_buf_addc(&back, mark(*++p));
		else
			hs_buf_addc(&back, *p);
	}
	require(odd ? p[1] == ',' : p + 1 == end);
	require(hs_span_eq(hs_buf_span(&back), text));
	hs_buf_free(&b);
	hs_buf_free(&back);
	return 0;
}
