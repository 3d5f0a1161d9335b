/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Types from property definitions, and values that contradict types. */
#include "declared.h"

#include "buf.h"
#include "file.h"
#include "scan.h"

#define FILE_MAX ((size_t)64 << 20)

/* After so many warnings of one kind the rest are only counted. */
#define WARNINGS 20

/*
 * The type that a property has in HubSpot, as a column's.  Options, phone
 * numbers and coordinates are text; so are JSON in a string, and types that
 * are not known here.
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

	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (hs_scan_is(type, known[i].name))
			return known[i].type;
	return HS_TYPE_STRING;
}

/* The members of a definition that count, and those of a page. */
enum { NAME, TYPE, LABEL, ABOUT, RESULTS, PAGING, MEMBERS };
static const char *const members[MEMBERS] = {
    "name", "type", "label", "description", "results", "paging"};

/* Adds a text, if there is one, behind what the note says already. */
static int
add_note(struct hs_buf *note, struct hs_span value)
{
	struct hs_span inner;

	if (!hs_scan_inner(value, &inner) || inner.len == 0)
		return 0;
	hs_buf_puts(note, note->len ? ": " : "");
	if (hs_buf_reserve(note, inner.len) < 0)
		return -1;
	note->len += hs_scan_decode(inner, note->data + note->len, NULL);
	return 0;
}

/* Adds a definition by its members. */
static int
add_definition(
    struct hs_tableschema *d, struct hs_scan *s, const struct hs_span *v)
{
	struct hs_span n, t;

	if (!hs_scan_inner(v[NAME], &n))
		return hs_scan_fail_at(s, v[NAME].p,
		    "a definition's name is missing or no string");
	if (!hs_scan_inner(v[TYPE], &t))
		return hs_scan_fail_at(s, v[TYPE].p,
		    "a definition's type is missing or no string");
	struct hs_tablefield *f = hs_tableschema_add(d, s, n, property_type(t));
	if (!f)
		return -1;
	if (add_note(&f->note, v[LABEL]) < 0 ||
	    add_note(&f->note, v[ABOUT]) < 0)
		return hs_scan_fail(s, hs_scan_nomem);
	return 0;
}

static int
read_definition(struct hs_tableschema *t, struct hs_scan *s)
{
	struct hs_span v[MEMBERS];

	if (hs_scan_pick(s, members, MEMBERS, v) < 0)
		return -1;
	return add_definition(t, s, v);
}

static int
read_array(struct hs_tableschema *t, struct hs_scan *s)
{
	int r;

	if (hs_scan_enter(s, '[') < 0)
		return -1;
	while ((r = hs_scan_element(s)) > 0)
		if (read_definition(t, s) < 0)
			return -1;
	return r;
}

/* Reads a page or a definition; *more says whether a page names a next one. */
static int
read_object(struct hs_tableschema *t, struct hs_scan *s, bool *more)
{
	struct hs_span v[MEMBERS], next;

	if (hs_scan_pick(s, members, MEMBERS, v) < 0)
		return -1;
	if (!v[RESULTS].p || *v[RESULTS].p != '[')
		return add_definition(t, s, v);
	*more = v[PAGING].p && hs_scan_path(v[PAGING], "next", &next) > 0;
	/* Back to the array; what follows it has been read. */
	struct hs_scan behind = *s;
	s->p = v[RESULTS].p;
	if (read_array(t, s) < 0)
		return -1;
	*s = behind;
	return 0;
}

int
hs_declared_parse(
    struct hs_tableschema *t, struct hs_span text, struct hs_err *e)
{
	struct hs_scan s;
	bool more = false;
	int r = 0;

	t->properties = true;
	hs_scan_init(&s, text);
	for (char c; r == 0 && (c = hs_scan_peek(&s));)
		r = c == '[' ? read_array(t, &s) : read_object(t, &s, &more);
	if (r < 0 || hs_scan_end(&s) < 0)
		return hs_scan_place(&s, e);
	if (more)
		return hs_err_set(
		    e, HS_DATA, "incomplete: its last page names a next one");
	if (t->columns.n == 0)
		return hs_err_set(e, HS_DATA, "no property definitions");
	return 0;
}

int
hs_declared_read(struct hs_tableschema *t, const char *path, struct hs_err *e)
{
	struct hs_buf b = {0};
	int rc = hs_file_read(path, FILE_MAX, &b, e);

	if (rc == 0 && hs_declared_parse(t, hs_buf_span(&b), e) < 0)
		rc = hs_err_at(e, "%s", path);
	hs_buf_free(&b);
	return rc;
}

void
hs_declared_warn(const struct hs_schema *s, hs_declared_warning *warn)
{
	size_t n = 0;

	for (size_t i = 0; i < s->n; i++) {
		const struct hs_field *f = &s->field[i];
		if (!f->contradicted || ++n > WARNINGS)
			continue;
		warn("%s: declared %s, but %llu of %llu values are "
		     "not, the first %.*s; kept as text",
		    s->columns.name[i].p, hs_type_name(f->declared),
		    f->contradicted, f->filled, (int)f->contradiction.len,
		    f->contradiction.data);
	}
	if (n > WARNINGS)
		warn("%zu more columns contradict their declaration",
		    n - WARNINGS);
}
