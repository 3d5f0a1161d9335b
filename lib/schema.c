/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Columns and their types, from records. */
#include "schema.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "grow.h"
#include "object.h"

/* Most bytes of text that an example is made of. */
#define EXAMPLE_MAX ((size_t)240)

/* Where the character at p ends, in JSON text with its escapes. */
static const char *
character(const char *p, const char *end)
{
	if (*p == '\\') {
		if (p[1] != 'u')
			return p + 2;
		/* Two halves of a surrogate pair are one character. */
		bool high = (p[2] | 0x20) == 'd' && strchr("89abAB", p[3]);
		bool pair = high && end - p >= 12 && p[6] == '\\' &&
			    p[7] == 'u' && (p[8] | 0x20) == 'd' &&
			    strchr("cdefCDEF", p[9]);
		return p + (pair ? 12 : 6);
	}
	for (p++; p < end && ((unsigned char)*p & 0xc0) == 0x80; p++)
		;
	return p;
}

static size_t
count_characters(struct hs_span text, bool escapes)
{
	const char *p = text.p, *end = text.p + text.len;
	size_t n = 0;

	if (escapes && memchr(p, '\\', text.len)) {
		for (; p < end; p = character(p, end))
			n++;
		return n;
	}
	for (; p < end; p++)
		n += ((unsigned char)*p & 0xc0) != 0x80;
	return n;
}

/* Keeps the start of a value, a string's decoded. */
static void
keep_example(struct hs_buf *b, struct hs_span text, bool quoted)
{
	const char *p = text.p, *end = text.p + text.len, *next;

	for (; p < end; p = next) {
		next = character(p, end);
		if ((size_t)(next - text.p) > EXAMPLE_MAX)
			break;
	}
	text.len = (size_t)(p - text.p);
	if (hs_buf_reserve(b, text.len) < 0)
		return; /* hs_schema_end() asks */
	if (quoted)
		b->len = hs_scan_decode(text, b->data, NULL);
	else
		hs_buf_put(b, text);
}

/* Looks at a value that may change the field's type. */
static void
classify(struct hs_field *f, struct hs_span value, struct hs_span text)
{
	enum hs_type t = hs_infer_as(f->declared, value, &f->facts);

	if (f->declared != HS_TYPE_NONE &&
	    hs_type_join(f->declared, t) != f->declared &&
	    f->contradicted++ == 0)
		keep_example(&f->contradiction, text, *value.p == '"');
	if (t != f->type)
		f->type = hs_type_join(f->type, t);
}

/* A column of text stays one, whatever text comes: most values end here. */
static inline bool
is_settled(const struct hs_field *f, char first)
{
	return f->type == HS_TYPE_STRING && first == '"' &&
	       (f->declared == HS_TYPE_NONE || f->declared == HS_TYPE_STRING);
}

static void
add_value(struct hs_schema *s, struct hs_field *f, struct hs_span value)
{
	bool quoted = *value.p == '"';
	struct hs_span text = value;

	if (*value.p == 'n')
		return;
	if (quoted)
		text = hs_span(value.p + 1, value.len - 2);
	if (text.len == 0) {
		f->blank++;
		return;
	}
	/* A member that stands twice in a record fills it once. */
	if (f->seen != s->records) {
		f->seen = s->records;
		s->filled++;
		if (f->filled++ == 0)
			keep_example(&f->example, text, quoted);
	}
	/* A text has at most as many characters as bytes. */
	if (text.len > f->longest) {
		size_t n = count_characters(text, quoted);
		if (n > f->longest)
			f->longest = n;
	}
	if (!is_settled(f, *value.p))
		classify(f, value, text);
}

/* What is declared of a column, or NULL.  hs-flatten gives a property the
 * prefix properties_ when a member of the record has its name. */
static const struct hs_tablefield *
declaration(const struct hs_tableschema *declared, struct hs_span name)
{
	static const char *const members[] = {
	    "id", "createdAt", "updatedAt", "archived"};
	struct hs_span prefix = HS_SPAN("properties_");

	if (!declared)
		return NULL;
	for (size_t i = 0; i < sizeof members / sizeof *members; i++)
		if (declared->properties && hs_span_is(name, members[i]))
			return NULL;
	size_t at = hs_columns_at(&declared->columns, name);
	if (at == HS_COLUMNS_NONE && name.len > prefix.len &&
	    memcmp(name.p, prefix.p, prefix.len) == 0)
		at = hs_columns_at(&declared->columns,
		    hs_span(name.p + prefix.len, name.len - prefix.len));
	return at == HS_COLUMNS_NONE ? NULL : &declared->field[at];
}

/* Adds the field of a column that is new. */
static int
add_field(struct hs_schema *s, struct hs_err *e)
{
	if (HS_GROW(s->field, s->n, s->cap) < 0)
		return hs_err_mem(e, "columns");
	struct hs_field *f = &s->field[s->n];
	const struct hs_tablefield *declared =
	    declaration(s->declared, s->columns.name[s->n]);
	*f = (struct hs_field){0};
	if (declared) {
		f->declared = declared->type;
		f->facts.big = declared->big;
		f->note = hs_buf_span(&declared->note);
	}
	/* Text that is declared as such needs no second look. */
	if (f->declared == HS_TYPE_STRING)
		f->type = HS_TYPE_STRING;
	s->n++;
	return 0;
}

static int
find_column(struct hs_schema *s, const struct hs_page *pg, struct hs_span key,
    size_t *column, struct hs_err *e)
{
	if (!hs_columns_guess(&s->columns, key, column) &&
	    hs_columns_find(&s->columns, key, column, e) < 0)
		return hs_err_at(e, "%s: line %llu: record %llu", pg->in->name,
		    pg->in->line, pg->records);
	return *column == s->n ? add_field(s, e) : 0;
}

static int
grow_column(struct hs_schema *s, struct hs_err *e)
{
	void *p = reallocarray(s->column, s->members.cap, sizeof *s->column);

	if (!p)
		return hs_err_mem(e, "columns");
	s->column = p;
	s->column_cap = s->members.cap;
	return 0;
}

/* Finds the column of each member, unless the record's keys are those of the
 * one before. */
static int
find_columns(struct hs_schema *s, const struct hs_page *pg, struct hs_err *e)
{
	const struct hs_members *m = &s->members;

	if (s->lasts && m->expected && m->known.changes == s->changes &&
	    m->n <= s->placed)
		return 0;
	if (m->n > s->column_cap && grow_column(s, e) < 0)
		return -1;
	hs_columns_rewind(&s->columns);
	for (size_t i = 0; i < m->n; i++)
		if (find_column(s, pg, m->v[i].key, &s->column[i], e) < 0)
			return -1;
	s->lasts = m->expected;
	s->changes = m->known.changes;
	s->placed = m->n;
	return 0;
}

int
hs_schema_record(struct hs_schema *s, struct hs_page *pg, struct hs_err *e)
{
	struct hs_members *m = &s->members;

	s->records++;
	hs_members_clear(m);
	if (hs_scan_members(&pg->scan, m) < 0)
		return hs_page_fault(pg, e);
	if (find_columns(s, pg, e) < 0)
		return -1;
	s->filled = 0;
	for (size_t i = 0; i < m->n; i++)
		add_value(s, &s->field[s->column[i]], m->v[i].value);
	if (s->filled > s->fullest)
		s->fullest = s->filled;
	return 0;
}

int
hs_schema_end(struct hs_schema *s, const struct hs_page *pg, struct hs_err *e)
{
	snprintf(s->object, sizeof s->object, "%s", pg->last.object);
	s->paged = pg->pages > 0;
	s->complete = s->paged && !pg->last.more;
	s->since = pg->since;
	for (size_t i = 0; i < s->n; i++)
		if (hs_buf_check(&s->field[i].example, e, "an example") < 0 ||
		    hs_buf_check(&s->field[i].contradiction, e, "an example") <
			0)
			return -1;
	return 0;
}

static void
free_field(struct hs_field *f)
{
	hs_buf_free(&f->example);
	hs_buf_free(&f->contradiction);
}

/* Removes columns. */
static int
drop(struct hs_schema *s, const bool *dropped, struct hs_err *e)
{
	struct hs_columns kept = {0};
	size_t n = 0;

	for (size_t at, i = 0; i < s->n; i++)
		if (!dropped[i] &&
		    hs_columns_add(&kept, s->columns.name[i], &at, e) < 0) {
			hs_columns_free(&kept);
			return -1;
		}
	for (size_t i = 0; i < s->n; i++) {
		if (dropped[i])
			free_field(&s->field[i]);
		else
			s->field[n++] = s->field[i];
	}
	s->n = n;
	hs_columns_free(&s->columns);
	s->columns = kept;
	return 0;
}

int
hs_schema_drop_empty(struct hs_schema *s, struct hs_err *e)
{
	bool *empty = calloc(s->n + 1, sizeof *empty);

	if (!empty)
		return hs_err_mem(e, "columns");
	for (size_t i = 0; s->records > 0 && i < s->n; i++)
		empty[i] = hs_field_empty(&s->field[i]);
	int rc = drop(s, empty, e);
	free(empty);
	return rc;
}

static int
sparsest_first(const void *a, const void *b)
{
	const struct hs_sparse *x = a, *y = b;

	if (x->filled != y->filled)
		return x->filled < y->filled ? -1 : 1;
	return (x->column < y->column) - (x->column > y->column);
}

size_t
hs_schema_sparsest(const struct hs_schema *s, struct hs_sparse *v)
{
	size_t n = 0;

	for (size_t i = 0; i < s->n; i++)
		if (!hs_columns_has(&s->key, s->columns.name[i]))
			v[n++] = (struct hs_sparse){s->field[i].filled, i};
	qsort(v, n, sizeof *v, sparsest_first);
	return n;
}

int
hs_schema_gather(struct hs_schema *s, const bool *moved, struct hs_span name,
    struct hs_err *e)
{
	size_t at;

	if (drop(s, moved, e) < 0 ||
	    hs_columns_add(&s->columns, name, &at, e) < 0)
		return -1;
	if (HS_GROW(s->field, s->n, s->cap) < 0)
		return hs_err_mem(e, "columns");
	s->field[s->n++] =
	    (struct hs_field){.type = HS_TYPE_OBJECT, .filled = s->records};
	return 0;
}

enum hs_type
hs_field_type(const struct hs_field *f)
{
	if (f->contradicted)
		return hs_type_join(f->type, HS_TYPE_STRING);
	if (f->declared != HS_TYPE_NONE)
		return f->declared;
	return f->type == HS_TYPE_NONE ? HS_TYPE_STRING : f->type;
}

const struct hs_field *
hs_schema_field(const struct hs_schema *s, struct hs_span name)
{
	size_t i = hs_columns_at(&s->columns, name);

	return i == HS_COLUMNS_NONE ? NULL : &s->field[i];
}

static int
add_key(struct hs_schema *s, struct hs_span name, struct hs_err *e)
{
	const struct hs_field *f = hs_schema_field(s, name);
	size_t i;

	if (!f)
		return hs_err_set(e, HS_DATA,
		    "the key's column %s is not in the stream", name.p);
	if (f->filled < s->records)
		return hs_err_set(e, HS_DATA,
		    "the key's column %s has no value in %llu of %llu records",
		    name.p, s->records - f->filled, s->records);
	return hs_columns_add(&s->key, name, &i, e);
}

int
hs_schema_set_key(
    struct hs_schema *s, const struct hs_columns *key, struct hs_err *e)
{
	for (size_t i = 0; s->records > 0 && i < key->n; i++)
		if (add_key(s, key->name[i], e) < 0)
			return -1;
	return 0;
}

int
hs_schema_default_key(struct hs_schema *s, struct hs_err *e)
{
	struct hs_span name = hs_span_str(hs_object_kind_of(s->object)->key);
	const struct hs_field *f = hs_schema_field(s, name);

	/* The rows of a link table, for one, have no id. */
	if (!s->object[0] || !f || f->filled < s->records)
		return 0;
	return add_key(s, name, e);
}

void
hs_schema_free(struct hs_schema *s)
{
	for (size_t i = 0; i < s->n; i++)
		free_field(&s->field[i]);
	free(s->field);
	free(s->column);
	hs_columns_free(&s->columns);
	hs_columns_free(&s->key);
	hs_members_free(&s->members);
	*s = (struct hs_schema){0};
}
