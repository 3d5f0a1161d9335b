/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Columns and their types, out of documents: Table Schemas and property
 * definitions. */
#include "schema.h"

#include <string.h>

#include "file.h"

typedef int parse_fn(struct schema *s, struct hs_span text, struct hs_err *e);

/* Reads a string; what it says is in `inner`, escapes as they came. */
static int
read_inner(struct hs_scan *s, struct hs_span *inner)
{
	struct hs_span value;

	if (hs_scan_value(s, &value) < 0)
		return -1;
	return hs_scan_inner(value, inner) ? 0
					   : hs_scan_fail(s, "not a string");
}

/* Reads a boolean, or anything else for false. */
static int
read_true(struct hs_scan *s, bool *is_true)
{
	struct hs_span value;

	if (hs_scan_value(s, &value) < 0)
		return -1;
	*is_true = *value.p == 't';
	return 0;
}

/* What is of use here of a field or a property definition. */
struct entry {
	struct hs_span name, type; /* strings' text; p NULL when absent */
	bool int64, missing;
};

static int
read_entry(struct hs_scan *s, struct entry *n)
{
	struct hs_span key;
	int r;

	*n = (struct entry){.int64 = true};
	if (hs_scan_enter(s, '{') < 0)
		return -1;
	while ((r = hs_scan_member(s, &key)) > 0) {
		if (hs_scan_is(key, "name"))
			r = read_inner(s, &n->name);
		else if (hs_scan_is(key, "type"))
			r = read_inner(s, &n->type);
		else if (hs_scan_is(key, "hs:int64"))
			r = read_true(s, &n->int64);
		else if (hs_scan_is(key, "hs:allMissing"))
			r = read_true(s, &n->missing);
		else
			r = hs_scan_value(s, NULL);
		if (r < 0)
			return -1;
	}
	if (r == 0 && !n->name.p)
		return hs_scan_fail(s, "the column has no name");
	return r;
}

/* Adds a column that must be new; the scanner stands behind it. */
static struct field *
add_field(struct schema *s, struct hs_scan *scan, struct hs_span name)
{
	struct hs_err e;
	size_t i, n = s->columns.n;

	if (hs_columns_find(&s->columns, name, &i, &e) < 0 ||
	    schema_grow(s, &e) < 0) {
		hs_scan_fail(scan, e.kind == HS_SYSTEM
				       ? hs_scan_nomem
				       : "a name that no column can have");
		return NULL;
	}
	if (i < n) {
		hs_scan_fail(scan, "the column stands twice");
		return NULL;
	}
	return &s->field[i];
}

static int
read_field(struct schema *s, struct hs_scan *scan)
{
	struct entry n;

	if (read_entry(scan, &n) < 0)
		return -1;
	struct field *f = add_field(s, scan, n.name);
	if (!f)
		return -1;
	/* The specification's default, and what other types look like here. */
	f->type = HS_TYPE_STRING;
	if (n.type.p && hs_type_named(n.type) != HS_TYPE_NONE)
		f->type = hs_type_named(n.type);
	f->facts.big = !n.int64;
	f->filled = n.missing ? 0 : 1;
	return 0;
}

static int
read_fields(struct schema *s, struct hs_scan *scan)
{
	int r;

	if (hs_scan_enter(scan, '[') < 0)
		return -1;
	while ((r = hs_scan_element(scan)) > 0)
		if (read_field(s, scan) < 0)
			return -1;
	return r;
}

static int
add_key(struct schema *s, struct hs_scan *scan)
{
	struct hs_span name;
	size_t i;

	if (read_inner(scan, &name) < 0)
		return -1;
	return hs_columns_find(&s->key, name, &i, NULL) < 0
		   ? hs_scan_fail(scan, "a name that no column can have")
		   : 0;
}

/* primaryKey: a name or an array of names. */
static int
read_key(struct schema *s, struct hs_scan *scan)
{
	int r;

	if (hs_scan_peek(scan) != '[')
		return add_key(s, scan);
	if (hs_scan_enter(scan, '[') < 0)
		return -1;
	while ((r = hs_scan_element(scan)) > 0)
		if (add_key(s, scan) < 0)
			return -1;
	return r;
}

static int
read_schema(struct schema *s, struct hs_scan *scan)
{
	struct hs_span key;
	bool fields = false;
	int r;

	if (hs_scan_enter(scan, '{') < 0)
		return -1;
	while ((r = hs_scan_member(scan, &key)) > 0) {
		if (hs_scan_is(key, "fields")) {
			r = fields ? hs_scan_fail(scan, "fields stands twice")
				   : read_fields(s, scan);
			fields = true;
		} else if (hs_scan_is(key, "primaryKey")) {
			r = read_key(s, scan);
		} else {
			r = hs_scan_value(scan, NULL);
		}
		if (r < 0)
			return -1;
	}
	if (r < 0 || hs_scan_end(scan) < 0)
		return -1;
	if (!fields)
		return hs_scan_fail(scan, "no fields: no Table Schema");
	for (size_t i = 0; i < s->key.n; i++)
		if (!hs_columns_has(&s->columns, s->key.name[i]))
			return hs_scan_fail(
			    scan, "the primary key is of no field");
	return 0;
}

int
schema_parse(struct schema *s, struct hs_span text, struct hs_err *e)
{
	struct hs_scan scan;

	hs_scan_init(&scan, text);
	return read_schema(s, &scan) < 0 ? hs_scan_place(&scan, e) : 0;
}

/*
 * A property's type (its own documentation's list; unknown ones are text).
 * Options, phone numbers and coordinates are text, and so is JSON in a
 * string.
 */
static enum hs_type
property_type(struct hs_span type)
{
	static const struct {
		const char *name;
		enum hs_type type;
	} known[] = {
	    {"number", HS_TYPE_NUMBER},
	    {"bool", HS_TYPE_BOOLEAN},
	    {"date", HS_TYPE_DATE},
	    {"datetime", HS_TYPE_DATETIME},
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (hs_scan_is(type, known[i].name))
			return known[i].type;
	return HS_TYPE_STRING;
}

static int
read_definition(struct schema *s, struct hs_scan *scan)
{
	struct entry n;

	if (read_entry(scan, &n) < 0)
		return -1;
	if (!n.type.p)
		return hs_scan_fail(
		    scan, "the column has no type: no property definition");
	struct field *f = add_field(s, scan, n.name);
	if (!f)
		return -1;
	f->declared = property_type(n.type);
	return 0;
}

static int
read_definitions(struct schema *s, struct hs_scan *scan)
{
	int r;

	if (hs_scan_enter(scan, '[') < 0)
		return -1;
	while ((r = hs_scan_element(scan)) > 0)
		if (read_definition(s, scan) < 0)
			return -1;
	return r;
}

/* paging.next.after, null and absent alike. */
static int
read_paging(struct hs_scan *scan, const char *const *path, bool *more)
{
	struct hs_span key;
	int r;

	if (!*path || hs_scan_peek(scan) != '{') {
		*more |= !*path && hs_scan_peek(scan) != 'n';
		return hs_scan_value(scan, NULL);
	}
	if (hs_scan_enter(scan, '{') < 0)
		return -1;
	while ((r = hs_scan_member(scan, &key)) > 0) {
		r = hs_scan_is(key, *path) ? read_paging(scan, path + 1, more)
					   : hs_scan_value(scan, NULL);
		if (r < 0)
			return -1;
	}
	return r;
}

static bool
is_page(struct hs_scan scan)
{
	struct hs_span key;

	if (hs_scan_enter(&scan, '{') < 0)
		return false;
	while (hs_scan_member(&scan, &key) > 0) {
		if (hs_scan_is(key, "results"))
			return hs_scan_peek(&scan) == '[';
		if (hs_scan_value(&scan, NULL) < 0)
			return false;
	}
	return false;
}

static int
read_page(struct schema *s, struct hs_scan *scan, bool *more)
{
	static const char *const next_after[] = {"next", "after", NULL};
	struct hs_span key;
	int r;

	*more = false;
	if (hs_scan_enter(scan, '{') < 0)
		return -1;
	while ((r = hs_scan_member(scan, &key)) > 0) {
		if (hs_scan_is(key, "results"))
			r = read_definitions(s, scan);
		else if (hs_scan_is(key, "paging"))
			r = read_paging(scan, next_after, more);
		else
			r = hs_scan_value(scan, NULL);
		if (r < 0)
			return -1;
	}
	return r;
}

int
declared_parse(struct schema *s, struct hs_span text, struct hs_err *e)
{
	struct hs_scan scan;
	bool more = false;
	int r = 0;

	hs_scan_init(&scan, text);
	for (char c; r == 0 && (c = hs_scan_peek(&scan));) {
		if (c == '[')
			r = read_definitions(s, &scan);
		else if (is_page(scan))
			r = read_page(s, &scan, &more);
		else
			r = read_definition(s, &scan);
	}
	if (r == 0)
		r = hs_scan_end(&scan);
	if (r < 0)
		return hs_scan_place(&scan, e);
	if (more)
		return hs_err_set(
		    e, HS_DATA, "incomplete: its last page names a next one");
	if (s->columns.n == 0)
		return hs_err_set(e, HS_DATA, "no property definitions");
	return 0;
}

static int
read_file(struct schema *s, const char *path, parse_fn *parse, struct hs_err *e)
{
	struct hs_buf b = {0};
	int rc = hs_file_read(path, FILE_MAX, &b, e);

	if (rc == 0 && parse(s, hs_buf_span(&b), e) < 0)
		rc = hs_err_at(e, "%s", path);
	hs_buf_free(&b);
	return rc;
}

int
schema_read(struct schema *s, const char *path, struct hs_err *e)
{
	return read_file(s, path, schema_parse, e);
}

int
declared_read(struct schema *s, const char *path, struct hs_err *e)
{
	return read_file(s, path, declared_parse, e);
}
