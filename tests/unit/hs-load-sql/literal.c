/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Texts as literals. */
#include "hs-load-sql/sqlite.h"

#include "../tap.h"

static void
lite(struct hs_span text, const char *want, const char *title)
{
	struct hs_buf b = {0};

	hs_buf_reserve(&b, 2 * text.len + HS_COPYROWS_ROOM);
	sqlite_engine.form->put(&b, text);
	tap_is_str(hs_buf_str(&b), want, title);
	hs_buf_free(&b);
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
	plain(HS_SPAN("it's \\ :x"), "'it''s \\ :x'", "a literal of a script");
	plain(HS_SPAN(""), "''", "an empty one");
	return tap_done();
}
