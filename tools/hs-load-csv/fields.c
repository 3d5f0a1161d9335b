/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* The columns that a Table Schema names. */
#include "fields.h"

#include "buf.h"
#include "file.h"
#include "scan.h"

/* A schema is some lines of text per column, and few ones at that. */
#define SCHEMA_MAX ((size_t)64 << 20)

static int
read_field(struct hs_columns *c, struct hs_scan *s)
{
	struct hs_span key, value, name;
	struct hs_err e;
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
		if (hs_columns_find(c, name, &i, &e) < 0)
			return hs_scan_fail(
			    s, e.kind == HS_SYSTEM
				   ? hs_scan_nomem
				   : "a name that no column can have");
		if (i < n)
			return hs_scan_fail(s, "a field's name stands twice");
	}
	if (got == 0 && !named)
		return hs_scan_fail(s, "a field has no name");
	return got;
}

static int
read_fields(struct hs_columns *c, struct hs_scan *s)
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
			if (read_field(c, s) < 0)
				return -1;
		if (field < 0)
			return -1;
	}
	if (got < 0 || hs_scan_end(s) < 0)
		return -1;
	return found ? 0 : hs_scan_fail(s, "no fields: not a Table Schema");
}

int
fields_read(struct hs_columns *c, const char *path, struct hs_err *e)
{
	struct hs_buf b = {0};
	struct hs_scan s;
	int rc = hs_file_read(path, SCHEMA_MAX, &b, e);

	if (rc == 0) {
		hs_scan_init(&s, hs_buf_span(&b));
		rc = read_fields(c, &s);
		if (rc < 0) {
			hs_scan_place(&s, e);
			hs_err_at(e, "%s", path);
		}
	}
	hs_buf_free(&b);
	return rc;
}
