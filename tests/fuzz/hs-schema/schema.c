/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/*
 * Any bytes as a Table Schema, as property definitions, and as records: what
 * is accepted can be written in every form, and those are harmless.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "declared.h"
#include "hs-schema/output.h"
#include "scan.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must(int holds, const char *what)
{
	if (holds)
		return;
	fprintf(stderr, "schema: %s\n", what);
	abort();
}

/* No control characters but line ends and, in SQL, tabs. */
static void
check_harmless(const struct hs_buf *b, bool tabs)
{
	for (size_t i = 0; i < b->len; i++) {
		unsigned char c = (unsigned char)b->data[i];
		must(c == '\n' || (tabs && c == '\t') ||
			 (c >= 0x20 && c != 0x7f),
		    "no control character is written");
	}
}

static void
check_json(struct hs_schema *s, struct hs_buf *b)
{
	struct hs_tableschema again = {0};
	struct hs_err e;

	hs_buf_clear(b);
	put_descriptor(s, b);
	check_harmless(b, false);
	must(hs_tableschema_parse(&again, hs_buf_span(b), &e) == 0,
	    "what is written can be read");
	hs_buf_clear(b);
	must(put_diff(&again, s, b) == 0, "and is the same");
	hs_tableschema_free(&again);
}

static void
check_sql(struct hs_schema *s, struct hs_buf *b)
{
	static const char *const names[] = {"postgres", "duckdb", "sqlite",
	    "clickhouse", "bigquery", "snowflake"};
	struct hs_err e = {0};

	for (size_t i = 0; i < 6; i++) {
		struct hs_sqlnames n = {0};
		int rc =
		    name_columns(&n, s, hs_dialect_named(names[i]), "a.b", &e);
		must(rc == 0 || e.kind == HS_DATA, "a statement or a reason");
		hs_buf_clear(b);
		if (rc == 0)
			put_sql(s, &n, b);
		check_harmless(b, true);
		hs_buf_clear(b);
		if (rc == 0 && n.dialect->words)
			put_bigquery(s, &n, b);
		check_harmless(b, false);
		hs_sqlnames_free(&n);
	}
}

static void
check_forms(struct hs_schema *s)
{
	struct hs_buf b = {0};

	check_json(s, &b);
	check_sql(s, &b);
	for (size_t width = 10; width < 200; width += 53) {
		hs_buf_clear(&b);
		put_table(s, width, width % 2, &b);
		check_harmless(&b, false);
	}
	hs_buf_free(&b);
}

static void
check_diff(const struct hs_tableschema *old, const struct hs_schema *s)
{
	struct hs_buf b = {0};

	put_diff(old, s, &b);
	check_harmless(&b, false);
	hs_buf_free(&b);
}

static void
read_records(struct hs_schema *s, const char *p, const char *end)
{
	struct hs_in in = {.name = "fuzz"};
	struct hs_page pg;
	struct hs_err e;

	hs_page_init(&pg, &in, false);
	while (p < end) {
		const char *nl = memchr(p, '\n', (size_t)(end - p));
		nl = nl ? nl : end;
		hs_scan_init(&pg.scan, hs_span(p, (size_t)(nl - p)));
		if (hs_schema_record(s, &pg, &e) < 0)
			return;
		p = nl + 1;
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct hs_span text = hs_span((const char *)data, size);
	struct hs_tableschema old = {0}, declared = {0};
	struct hs_schema s = {0};
	struct hs_err e = {0};

	must(hs_tableschema_parse(&old, text, &e) == 0 || e.kind == HS_DATA,
	    "read, or refused with a reason");
	if (hs_declared_parse(&declared, text, &e) == 0)
		s.declared = &declared;
	else
		must(e.kind == HS_DATA, "refused with a reason");
	read_records(&s, text.p, text.p + text.len);
	check_forms(&s);
	check_diff(&old, &s);
	hs_schema_free(&s);
	hs_tableschema_free(&declared);
	hs_tableschema_free(&old);
	return 0;
}
