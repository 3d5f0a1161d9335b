/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Reads Table Schemas. */
#include "tableschema.h"

#include <stdlib.h>

#include "file.h"
#include "grow.h"

/* A schema is a few lines of text a column. */
#define FILE_MAX ((size_t)64 << 20)

static const char *const names[HS_TYPES] = {
    [HS_TYPE_NONE] = "string",
    [HS_TYPE_BOOLEAN] = "boolean",
    [HS_TYPE_INTEGER] = "integer",
    [HS_TYPE_NUMBER] = "number",
    [HS_TYPE_DATE] = "date",
    [HS_TYPE_DATETIME] = "datetime",
    [HS_TYPE_STRING] = "string",
    [HS_TYPE_OBJECT] = "object",
    [HS_TYPE_ARRAY] = "array",
    [HS_TYPE_ANY] = "any",
};

const char *
hs_type_name(enum hs_type t)
{
	return names[t];
}

static enum hs_type
type_named(struct hs_span name)
{
	for (unsigned t = HS_TYPE_BOOLEAN; t < HS_TYPES; t++)
		if (hs_scan_is(name, names[t]))
			return (enum hs_type)t;
	return HS_TYPE_STRING;
}

/* Finds or adds the column of a name. */
static int
find(struct hs_columns *c, struct hs_scan *s, struct hs_span name, size_t *i)
{
	struct hs_err e;

	if (hs_columns_find(c, name, i, &e) == 0)
		return 0;
	return hs_scan_fail_at(s, name.p,
	    e.kind == HS_SYSTEM ? hs_scan_nomem
				: "a name that no column can have");
}

struct hs_tablefield *
hs_tableschema_add(struct hs_tableschema *t, struct hs_scan *s,
    struct hs_span name, enum hs_type type)
{
	size_t i, n = t->columns.n;

	if (HS_GROW(t->field, n, t->cap) < 0) {
		hs_scan_fail(s, hs_scan_nomem);
		return NULL;
	}
	if (find(&t->columns, s, name, &i) < 0)
		return NULL;
	if (i < n) {
		hs_scan_fail_at(s, name.p, "the column stands twice");
		return NULL;
	}
	t->field[i] = (struct hs_tablefield){.type = type};
	return &t->field[i];
}

static int
read_field(struct hs_tableschema *t, struct hs_scan *s)
{
	enum { NAME, TYPE, INT64, MISSING, N };
	static const char *const members[N] = {
	    "name", "type", "hs:int64", "hs:allMissing"};
	struct hs_span v[N], name, type;

	if (hs_scan_pick(s, members, N, v) < 0)
		return -1;
	if (!hs_scan_inner(v[NAME], &name))
		return hs_scan_fail_at(
		    s, v[NAME].p, "a field's name is missing or no string");
	if (!v[TYPE].p)
		type = HS_SPAN("string");
	else if (!hs_scan_inner(v[TYPE], &type))
		return hs_scan_fail_at(
		    s, v[TYPE].p, "a field's type is no string");
	struct hs_tablefield *f =
	    hs_tableschema_add(t, s, name, type_named(type));
	if (!f)
		return -1;
	f->big = v[INT64].p && *v[INT64].p == 'f';
	f->empty = v[MISSING].p && *v[MISSING].p == 't';
	return 0;
}

static int
read_fields(struct hs_tableschema *t, struct hs_scan *s)
{
	int r;

	if (hs_scan_enter(s, '[') < 0)
		return -1;
	while ((r = hs_scan_element(s)) > 0)
		if (read_field(t, s) < 0)
			return -1;
	return r;
}

static int
add_key(struct hs_tableschema *t, struct hs_scan *s)
{
	struct hs_span value, name;
	size_t i;

	if (hs_scan_value(s, &value) < 0)
		return -1;
	if (!hs_scan_inner(value, &name))
		return hs_scan_fail_at(
		    s, value.p, "a name in the primary key is no string");
	return find(&t->key, s, name, &i);
}

/* primaryKey: a name or an array of names. */
static int
read_key(struct hs_tableschema *t, struct hs_scan *s)
{
	int r;

	if (hs_scan_peek(s) != '[')
		return add_key(t, s);
	if (hs_scan_enter(s, '[') < 0)
		return -1;
	while ((r = hs_scan_element(s)) > 0)
		if (add_key(t, s) < 0)
			return -1;
	return r;
}

static int
read_schema(struct hs_tableschema *t, struct hs_scan *s)
{
	struct hs_span key;
	bool fields = false;
	int r;

	if (hs_scan_enter(s, '{') < 0)
		return -1;
	while ((r = hs_scan_member(s, &key)) > 0) {
		if (hs_scan_is(key, "fields")) {
			r = fields ? hs_scan_fail(s, "fields stands twice")
				   : read_fields(t, s);
			fields = true;
		} else if (hs_scan_is(key, "primaryKey")) {
			r = read_key(t, s);
		} else {
			r = hs_scan_value(s, NULL);
		}
		if (r < 0)
			return -1;
	}
	if (r < 0 || hs_scan_end(s) < 0)
		return -1;
	if (!fields)
		return hs_scan_fail(s, "no fields: not a Table Schema");
	for (size_t i = 0; i < t->key.n; i++)
		if (!hs_columns_has(&t->columns, t->key.name[i]))
			return hs_scan_fail(s, "the primary key is no field");
	return 0;
}

int
hs_tableschema_parse(
    struct hs_tableschema *t, struct hs_span text, struct hs_err *e)
{
	struct hs_scan s;

	hs_scan_init(&s, text);
	return read_schema(t, &s) < 0 ? hs_scan_place(&s, e) : 0;
}

int
hs_tableschema_read(
    struct hs_tableschema *t, const char *path, struct hs_err *e)
{
	struct hs_buf b = {0};
	int rc = hs_file_read(path, FILE_MAX, &b, e);

	if (rc == 0 && hs_tableschema_parse(t, hs_buf_span(&b), e) < 0)
		rc = hs_err_at(e, "%s", path);
	hs_buf_free(&b);
	return rc;
}

void
hs_tableschema_free(struct hs_tableschema *t)
{
	for (size_t i = 0; i < t->columns.n; i++)
		hs_buf_free(&t->field[i].note);
	hs_columns_free(&t->columns);
	hs_columns_free(&t->key);
	free(t->field);
	*t = (struct hs_tableschema){0};
}
