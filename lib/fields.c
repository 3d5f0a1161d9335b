/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* The columns that a Table Schema names. */
#include "fields.h"

#include "buf.h"
#include "in.h"
#include "scan.h"

/* A schema is some lines of text per column, and few ones at that. */
#define SCHEMA_MAX ((size_t)64 << 20)

static int
read_field(struct hs_columns *c, struct hs_scan *s, struct hs_err *e)
{
	struct hs_span key, value, name;
	size_t i, n = c->n;
	bool named = false;
	int got;

	if (hs_scan_enter(s, '{') < 0)
		return -1;
	while ((got = hs_scan_member(s, &key)) > 0) {
		bool is_name = hs_scan_is(key, "name");
		if (hs_scan_value(s, &value) < 0)
			return -1;
		if (!is_name)
			continue;
		if (!hs_scan_inner(value, &name) || named)
			return hs_scan_fail(s, "a field's name is no string");
		named = true;
		if (hs_columns_find(c, name, &i, e) < 0)
			return hs_scan_fail(
			    s, "a name that no column can have");
		if (i < n)
			return hs_scan_fail(s, "a field's name stands twice");
	}
	if (got == 0 && !named)
		return hs_scan_fail(s, "a field has no name");
	return got;
}

static int
read_fields(struct hs_columns *c, struct hs_scan *s, struct hs_err *e)
{
	struct hs_span key;
	bool found = false;
	int got, field;

	if (hs_scan_enter(s, '{') < 0)
		return -1;
	while ((got = hs_scan_member(s, &key)) > 0) {
		if (found || !hs_scan_is(key, "fields")) {
			if (hs_scan_value(s, NULL) < 0)
				return -1;
			continue;
		}
		found = true;
		if (hs_scan_enter(s, '[') < 0)
			return -1;
		while ((field = hs_scan_element(s)) > 0)
			if (read_field(c, s, e) < 0)
				return -1;
		if (field < 0)
			return -1;
	}
	if (got < 0 || hs_scan_end(s) < 0)
		return -1;
	return found ? 0 : hs_scan_fail(s, "no fields: not a Table Schema");
}

/* The whole of a file, in b. */
static int
slurp(const char *path, struct hs_buf *b, struct hs_err *e)
{
	struct hs_in in;
	struct hs_span line;
	int got;

	if (hs_in_open(&in, path, e) < 0)
		return -1;
	in.max_line = SCHEMA_MAX;
	b->max = SCHEMA_MAX;
	while ((got = hs_in_line(&in, &line, e)) > 0)
		if (hs_buf_add(b, line.p, line.len) < 0 ||
		    hs_buf_addc(b, '\n') < 0) {
			got = hs_err_mem(e, "the schema");
			break;
		}
	hs_in_close(&in);
	if (got == 0 && !hs_buf_str(b))
		got = hs_err_mem(e, "the schema");
	return got < 0 ? hs_err_at(e, "%s", path) : 0;
}

static int
fault_in_schema(const struct hs_scan *s, const char *path, struct hs_err *e)
{
	unsigned long long line = 1;
	const char *p = s->start, *nl;

	struct hs_scan here = *s;
	for (; (nl = memchr(p, '\n', (size_t)(s->p - p))); line++)
		p = nl + 1;
	here.start = p;
	hs_scan_error(&here, line, e);
	return hs_err_at(e, "%s", path);
}

int
hs_fields_read(struct hs_columns *c, const char *path, struct hs_err *e)
{
	struct hs_buf b = {0};
	struct hs_scan s;
	int rc = slurp(path, &b, e);

	if (rc == 0) {
		hs_scan_init(&s, hs_buf_span(&b));
		if ((rc = read_fields(c, &s, e)) < 0)
			fault_in_schema(&s, path, e);
	}
	hs_buf_free(&b);
	return rc;
}
