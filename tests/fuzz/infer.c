/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/*
 * Text of any bytes has one type, however JSON spells it, and that type is
 * right by the C library's own reading of numbers and days.
 */
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "infer.h"
#include "json.h"
#include "utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must(int holds, const char *what)
{
	if (holds)
		return;
	fprintf(stderr, "infer: %s\n", what);
	abort();
}

/* The value as JSON, every ASCII byte of which is an escape. */
static void
put_escaped(struct hs_buf *b, struct hs_span text)
{
	hs_buf_addc(b, '"');
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.p[i];
		if (c < 0x80)
			hs_buf_printf(b, "\\u%04x", c);
		else
			hs_buf_addc(b, text.p[i]);
	}
	hs_buf_addc(b, '"');
}

static void
check_integer(const char *s, const struct hs_facts *f)
{
	char again[32];

	must(strspn(s, "-0123456789") == strlen(s), "an integer of digits");
	errno = 0;
	long long n = strtoll(s, NULL, 10);
	must((errno == ERANGE) == f->big, "big is what strtoll cannot read");
	if (f->big)
		return;
	snprintf(again, sizeof again, "%lld", n);
	must(strcmp(again, s) == 0 || strcmp(s, "-0") == 0,
	    "an integer reads back as it was");
}

static void
check_number(const char *s)
{
	char *end;

	must(strspn(s, "-.0123456789") == strlen(s), "a number of digits");
	strtod(s, &end);
	must(*end == '\0', "strtod reads it all");
}

static void
check_day(const char *s, const struct hs_facts *f)
{
	struct tm tm = {0};
	char day[32], again[32];

	snprintf(day, sizeof day, "%.10s", s);
	must(strptime(day, "%Y-%m-%d", &tm) != NULL, "strptime reads a day");
	must(tm.tm_year + 1900 == f->year_min, "its year is known");
	timegm(&tm);
	snprintf(again, sizeof again, "%04d-%02d-%02d", tm.tm_year + 1900,
	    tm.tm_mon + 1, tm.tm_mday);
	must(strcmp(day, again) == 0, "there was such a day");
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct hs_span text = hs_span((const char *)data, size);
	struct hs_facts facts = {0}, again = {0}, escaped = {0};
	struct hs_buf b = {0}, copy = {0};

	if (size > 100000 || hs_utf8_valid(text) != size)
		return 0;
	enum hs_type t = hs_infer_text(text, &facts);
	must((t == HS_TYPE_NONE) == (size == 0), "only nothing is nothing");
	must(t <= HS_TYPE_STRING, "text is never nested");

	hs_json_string(&b, text);
	must(hs_infer_value(hs_buf_span(&b), &again) == t, "quoted, the same");
	hs_buf_clear(&b);
	put_escaped(&b, text);
	must(hs_infer_value(hs_buf_span(&b), &escaped) == t,
	    "spelled in escapes, the same");
	if (t != HS_TYPE_STRING)
		must(facts.whole == escaped.whole &&
			 facts.fraction == escaped.fraction &&
			 facts.big == escaped.big &&
			 facts.year_max == again.year_max,
		    "and so are its facts");

	hs_buf_add(&copy, text.p, text.len);
	const char *s = hs_buf_str(&copy);
	if (t == HS_TYPE_INTEGER)
		check_integer(s, &facts);
	if (t == HS_TYPE_NUMBER)
		check_number(s);
	if (t == HS_TYPE_DATE || t == HS_TYPE_DATETIME)
		check_day(s, &facts);
	hs_buf_free(&b);
	hs_buf_free(&copy);
	return 0;
}
