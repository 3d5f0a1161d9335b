/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Texts as literals. */
#include "copytext.h"
#include "hs-load-sql/mysql.h"
#include "hs-load-sql/sqlite.h"

#include "../tap.h"

static void
literal(const struct inserts_form *form, struct hs_span text, const char *want,
    const char *title)
{
	struct hs_buf cell = {0}, b = {0};

	hs_buf_reserve(&cell, 2 * text.len + 1);
	hs_copytext_put(&cell, text);
	hs_buf_reserve(&b, 2 * cell.len + INSERTS_ROOM);
	form->put(&b, hs_buf_span(&cell));
	tap_is_str(hs_buf_str(&b), want, title);
	hs_buf_free(&b);
	hs_buf_free(&cell);
}

static void
lite(struct hs_span text, const char *want, const char *title)
{
	literal(sqlite_engine.form, text, want, title);
}

static void
maria(struct hs_span text, const char *want, const char *title)
{
	literal(mysql_engine.form, text, want, title);
}

static void
plain(struct hs_span text, const char *want, const char *title)
{
	struct hs_buf b = {0};

	script_put_literal(&b, text);
	tap_is_str(hs_buf_str(&b), want, title);
	hs_buf_free(&b);
}

#define REPLACED(text)                                                      \
	"replace(replace(replace('" text "',char(1)||'2',char(13)),char(1)" \
	"||'3',char(0)),char(1)||'1',char(1))"

int
main(void)
{
	lite(HS_SPAN(""), "''", "an empty text");
	lite(HS_SPAN("it's\n"), "'it''s\n'", "a quote, a line end");
	lite(HS_SPAN("a\1"), "'a\1'", "char(1) without CR and NUL");
	lite(HS_SPAN("\r\n'\1"),
	    REPLACED("\1"
		     "2\n''\1"
		     "1"),
	    "a CR");
	lite(hs_span("a\0b", 3),
	    REPLACED("a\1"
		     "3b"),
	    "a NUL");
	lite(HS_SPAN("\t\\"), "'\t\\'", "a backslash, a tab");
	maria(HS_SPAN("it's\r\n\t\\"), "'it\\'s\\r\\n\\t\\\\'",
	    "MariaDB's escapes");
	maria(hs_span("a\0b", 3), "'a\\0b'", "a NUL there");
	plain(HS_SPAN("it's \\ :x"), "'it''s \\ :x'", "a literal of a script");
	plain(HS_SPAN(""), "''", "an empty one");
	return tap_done();
}
