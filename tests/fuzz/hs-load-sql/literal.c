/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/*
 * A text as a literal, by way of COPY text.  SQLite's shell: no CR and no NUL
 * in it, no quote that ends it early, and read back it is the text.  MariaDB:
 * the same with its escapes.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "copytext.h"
#include "hs-load-sql/mysql.h"
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

/* Adds the literal of a cell, in the room promised. */
static void
put(const struct inserts_form *form, struct hs_span cell, struct hs_buf *b)
{
	require(hs_buf_reserve(b, 2 * cell.len + INSERTS_ROOM) == 0);
	char *room = b->data;
	form->put(b, cell);
	require(b->data == room && b->len <= 2 * cell.len + INSERTS_ROOM);
	require(
	    !memchr(b->data, '\0', b->len) && !memchr(b->data, '\r', b->len));
}

static void
look_at_sqlite(struct hs_span cell, struct hs_span text)
{
	struct hs_buf b = {0}, back = {0};

	put(sqlite_engine.form, cell, &b);

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
}

static void
look_at_mysql(struct hs_span cell, struct hs_span text)
{
	static const char escapes[] = "0nrt\\'", meant[] = "\0\n\r\t\\'";
	struct hs_buf b = {0}, back = {0};

	put(mysql_engine.form, cell, &b);
	const char *p = b.data, *end = b.data + b.len - 1;
	require(*p == '\'' && *end == '\'');
	for (p++; p < end; p++) {
		require(*p != '\'');
		if (*p != '\\') {
			hs_buf_addc(&back, *p);
			continue;
		}
		const char *at = memchr(escapes, *++p, sizeof escapes - 1);
		require(at != NULL && p < end);
		hs_buf_addc(&back, meant[at - escapes]);
	}
	require(hs_span_eq(hs_buf_span(&back), text));
	hs_buf_free(&b);
	hs_buf_free(&back);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct hs_span text = hs_span((const char *)data, size);
	struct hs_buf cell = {0};

	require(hs_buf_reserve(&cell, 2 * size + 1) == 0);
	hs_copytext_put(&cell, text);
	look_at_sqlite(hs_buf_span(&cell), text);
	look_at_mysql(hs_buf_span(&cell), text);
	hs_buf_free(&cell);
	return 0;
}
