/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef STANDIN_POOLS_H
#define STANDIN_POOLS_H

/*
 * What values are picked from.  Every text stands as inside a JSON string,
 * with its escapes, so that it is copied and never looked at.  The lengths
 * come from the compiler: TEXT("...").
 */
struct literal {
	const char *text;
	unsigned len;
};

#define TEXT(s)                  \
	{                        \
		s, sizeof(s) - 1 \
	}

static const struct literal pool_words[] = {TEXT("Blue"), TEXT("Nordic"),
    TEXT("Café"), TEXT("Grüne"), TEXT("Smith & Sons"), TEXT("Æther"),
    TEXT("O'Neill"), TEXT("東京"), TEXT("Ünïted"), TEXT("Acme"),
    TEXT("The \\\"Real\\\""), TEXT("Zürich"), TEXT("Delta"), TEXT("Kraków"),
    TEXT("Sun, Moon"), TEXT("Vega")};

static const struct literal pool_firms[] = {TEXT("GmbH"), TEXT("Inc."),
    TEXT("Ltd"), TEXT("S.p.A."), TEXT("Bakery"), TEXT("株式会社"),
    TEXT("Logistics"), TEXT("\\u0026 Co"), TEXT("A\\/S"), TEXT("Labs"),
    TEXT("Holding"), TEXT("Oy")};

static const struct literal pool_firsts[] = {TEXT("Ada"), TEXT("Björn"),
    TEXT("Chloé"), TEXT("Dmitri"), TEXT("Eun-ji"), TEXT("Fatima"),
    TEXT("Giulia"), TEXT("Håkon"), TEXT("Ines"), TEXT("Jo\\u00e3o"),
    TEXT("Karin"), TEXT("Łukasz"), TEXT("Mary Ann"), TEXT("Ñusta"), TEXT("Ola"),
    TEXT("Χρήστος")};

static const struct literal pool_lasts[] = {TEXT("Lovelace"), TEXT("Østergård"),
    TEXT("d'Arc"), TEXT("Müller"), TEXT("van der Berg"), TEXT("Sørensen"),
    TEXT("Kowalski"), TEXT("Nguyễn"), TEXT("Smith, Jr."), TEXT("李"),
    TEXT("García-Márquez"), TEXT("Null"), TEXT("True"), TEXT("Ivanov"),
    TEXT("\\u00d6zt\\u00fcrk"), TEXT("Brown")};

static const struct literal pool_users[] = {TEXT("ada"), TEXT("info"),
    TEXT("sales+eu"), TEXT("j.doe"), TEXT("o'neill"), TEXT("first_last"),
    TEXT("x"), TEXT("no-reply")};

static const struct literal pool_hosts[] = {TEXT("example.com"),
    TEXT("blue.example"), TEXT("nordic.example.org"),
    TEXT("xn--caf-dma.example"), TEXT("smith-sons.example.co.uk"),
    TEXT("vega.example.net"), TEXT("acme.test"), TEXT("a.b.c.example")};

static const struct literal pool_cities[] = {TEXT("Berlin"), TEXT("São Paulo"),
    TEXT("Cambridge, MA"), TEXT("Köln"), TEXT("København"), TEXT("東京"),
    TEXT("St. John's"), TEXT("Łódź"), TEXT("Winston-Salem"), TEXT("Paris")};

static const struct literal pool_countries[] = {TEXT("Germany"),
    TEXT("United States"), TEXT("Brasil"), TEXT("Danmark"), TEXT("日本"),
    TEXT("Polska"), TEXT("NO"), TEXT("Côte d'Ivoire")};

static const struct literal pool_jsons[] = {TEXT("{\\\"a\\\":1}"),
    TEXT("[1,2,{\\\"b\\\":null}]"), TEXT("{\\\"t\\\":\\\"x\\\\n\\\"}"),
    TEXT("[]")};

static const struct literal pool_htmls[] = {TEXT("<p>Hello, <b>world</b></p>"),
    TEXT("<div class=\\\"note\\\">\\n\\t<p>Call back on Monday &amp; ask for "
	 "the offer</p>\\n</div>"),
    TEXT("<p style=\\\"margin:0;\\\">&nbsp;</p>"),
    TEXT("<ul><li>one</li><li>two, three</li></ul>\\r\\n"),
    TEXT("<p>\\u003cscript\\u003ealert(1)\\u003c\\/script\\u003e</p>"),
    TEXT("Dear \\u201cAda\\u201d,<br/><br/>the invoice of 1.234,56 € is "
	 "overdue.<br/>Best regards")};

/* What breaks a careless writer of CSV, a terminal or a spreadsheet; the
 * last two only where odd texts were asked for. */
#define POOL_ODD_TEXTS 2
static const struct literal pool_texts[] = {TEXT("plain words"),
    TEXT("two\\nlines"), TEXT("three\\r\\nlines\\r\\nhere"),
    TEXT("a \\\"quoted\\\" word"), TEXT("a,b;c|d\\te"), TEXT(""),
    TEXT(" spaces around "), TEXT("back\\\\slash C:\\\\temp\\\\new"),
    TEXT("\\u00fcber \\u20ac 5"), TEXT("emoji 🎉 raw"),
    TEXT("emoji \\ud83c\\udf89 escaped"), TEXT("=1+1"), TEXT("@SUM(A1:A9)"),
    TEXT("-"), TEXT("\\\\."), TEXT("\\\\N"), TEXT("NULL"), TEXT("'"),
    TEXT("'; DROP TABLE companies;--"), TEXT("\\u001b[31mred"),
    TEXT("right \\u202eto left"), TEXT("combining e\\u0301 and é"),
    TEXT("line\\u2028separator"), TEXT("slash \\/ slash"),
    TEXT("Ein längerer Satz mit Umlauten äöüß, der in eine Zelle passt."),
    TEXT("The quick brown fox jumps over the lazy dog. The quick brown fox "
	 "jumps over the lazy dog. The quick brown fox jumps over the dog."),
    TEXT("\\b\\f controls \\u0001"), TEXT("{\\\"not\\\":\\\"nested\\\"}"),
    TEXT("日本語のテキスト"), TEXT("نص عربي"), TEXT("#hash"),
    TEXT("NUL \\u0000 inside"), TEXT("lone \\ud800 surrogate")};
#define POOL_TEXTS (sizeof(pool_texts) / sizeof(pool_texts[0]))

#endif
