/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Columns and their types, out of records. */
#include "schema.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "object.h"

/* An example is cut to so many bytes of its text. */
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
static int
keep_example(struct hs_buf *b, struct hs_span text, bool quoted)
{
	const char *p = text.p, *end = text.p + text.len, *next;

	for (; p < end; p = next) {
		next = character(p, end);
		if ((size_t)(next - text.p) > EXAMPLE_MAX)
			break;
	}
	text.len = (size_t)(p - text.p);
	hs_buf_clear(b);
	if (hs_buf_reserve(b, text.len) < 0)
		return -1;
	if (quoted)
		b->len = hs_scan_decode(text, b->data, NULL);
	else
		hs_buf_add(b, text.p, text.len);
	return 0;
}

/* Looks at a value that may change the field's type. */
static int
classify(struct field *f, struct hs_span value, struct hs_span text)
{
	enum hs_type t = infer_value(value, &f->facts);

	if (f->declared != HS_TYPE_NONE &&
	    hs_type_join(f->declared, t) != f->declared) {
		if (f->contradicted++ == 0 &&
		    keep_example(&f->contradiction, text, *value.p == '"') < 0)
			return -1;
	}
	if (t != f->type)
		f->type = hs_type_join(f->type, t);
	return 0;
}

/* A column of text stays one, whatever text comes: most values end here. */
static inline bool
is_settled(const struct field *f, char first)
{
	return f->type == HS_TYPE_STRING && first == '"' &&
	       (f->declared == HS_TYPE_NONE || f->declared == HS_TYPE_STRING);
}

static int
add_value(struct field *f, struct hs_span value, unsigned long long record)
{
	bool quoted = *value.p == '"';
	struct hs_span text = value;

	if (*value.p == 'n')
		return 0;
	if (quoted)
		text = hs_span(value.p + 1, value.len - 2);
	if (text.len == 0) {
		f->blank++;
		return 0;
	}
	/* A member that stands twice in a record fills it once. */
	if (f->seen != record) {
		f->seen = record;
		if (f->filled++ == 0 &&
		    keep_example(&f->example, text, quoted) < 0)
			return -1;
	}
	/* Bytes are an upper bound of characters. */
	if (text.len > f->longest) {
		size_t n = count_characters(text, quoted);
		if (n > f->longest)
			f->longest = n;
	}
	return is_settled(f, *value.p) ? 0 : classify(f, value, text);
}

/* What was declared for a column: hs-flatten calls a property whose name a
 * record's own member has properties_NAME. */
static enum hs_type
declared_type(const struct schema *s, struct hs_span name)
{
	static const char *const members[] = {
	    "id", "createdAt", "updatedAt", "archived"};
	struct hs_span prefix = HS_SPAN("properties_");

	for (size_t i = 0; i < sizeof(members) / sizeof(*members); i++)
		if (hs_span_is(name, members[i]))
			return HS_TYPE_NONE;
	struct field *f = schema_field(s->declared, name);
	if (!f && name.len > prefix.len &&
	    memcmp(name.p, prefix.p, prefix.len) == 0)
		f = schema_field(s->declared,
		    hs_span(name.p + prefix.len, name.len - prefix.len));
	return f ? f->declared : HS_TYPE_NONE;
}

/* Makes fields for the columns that have none yet. */
int
schema_grow(struct schema *s, struct hs_err *e)
{
	size_t n = s->columns.n;

	if (n > s->cap) {
		size_t cap = n < 64 ? 64 : n * 2;
		void *v = reallocarray(s->field, cap, sizeof(*s->field));
		if (!v)
			return hs_err_mem(e, "columns");
		s->field = v;
		s->cap = cap;
	}
	for (; s->n < n; s->n++) {
		struct field *f = &s->field[s->n];
		*f = (struct field){.type = HS_TYPE_NONE};
		if (s->declared)
			f->declared = declared_type(s, s->columns.name[s->n]);
		/* Text that is declared as such needs no second look. */
		if (f->declared == HS_TYPE_STRING)
			f->type = HS_TYPE_STRING;
	}
	return 0;
}

static int
add_member(struct schema *s, const struct hs_member *m, struct hs_page *pg,
    struct hs_err *e)
{
	size_t i;

	if (!hs_columns_guess(&s->columns, m->key, &i) &&
	    hs_columns_find(&s->columns, m->key, &i, e) < 0)
		return hs_err_at(e, "%s: line %llu: record %llu", pg->in->name,
		    pg->in->line, pg->records);
	if (i >= s->n && schema_grow(s, e) < 0)
		return -1;
	if (add_value(&s->field[i], m->value, s->records) < 0)
		return hs_err_mem(e, "an example");
	return 0;
}

int
schema_record(struct schema *s, struct hs_page *pg, struct hs_err *e)
{
	struct hs_members *m = &s->members;

	hs_columns_rewind(&s->columns);
	s->records++;
	hs_members_clear(m);
	if (hs_scan_members(&pg->scan, m) < 0)
		return hs_page_fault(pg, e);
	for (size_t i = 0; i < m->n; i++)
		if (add_member(s, &m->v[i], pg, e) < 0)
			return -1;
	return 0;
}

void
schema_end(struct schema *s, const struct hs_page *pg)
{
	snprintf(s->object, sizeof(s->object), "%s", pg->last.object);
	s->proven = pg->pages > 0;
	s->complete = s->proven && !pg->last.more;
}

enum hs_type
field_type(const struct field *f)
{
	if (f->contradicted)
		return hs_type_join(f->type, HS_TYPE_STRING);
	if (f->declared != HS_TYPE_NONE)
		return f->declared;
	return f->type == HS_TYPE_NONE ? HS_TYPE_STRING : f->type;
}

struct field *
schema_field(struct schema *s, struct hs_span name)
{
	size_t i;

	/* It is there, so that nothing is added and nothing can fail. */
	if (!hs_columns_has(&s->columns, name) ||
	    hs_columns_add(&s->columns, name, &i, NULL) < 0)
		return NULL;
	return &s->field[i];
}

static int
add_key(struct schema *s, struct hs_span name, struct hs_err *e)
{
	const struct field *f = schema_field(s, name);
	size_t i;

	if (!f)
		return hs_err_set(e, HS_DATA,
		    "the key's column %.*s is not in the stream", (int)name.len,
		    name.p);
	unsigned long long missing = s->records - f->filled;
	if (missing > 0)
		return hs_err_set(e, HS_DATA,
		    "the key's column %.*s has no value in %llu of %llu "
		    "records",
		    (int)name.len, name.p, missing, s->records);
	return hs_columns_add(&s->key, name, &i, e);
}

int
schema_set_key(struct schema *s, const struct hs_columns *key, struct hs_err *e)
{
	for (size_t i = 0; s->records > 0 && i < key->n; i++)
		if (add_key(s, key->name[i], e) < 0)
			return -1;
	return 0;
}

int
schema_default_key(struct schema *s, struct hs_err *e)
{
	struct hs_span name = hs_span_str(hs_object_kind_of(s->object)->key);
	const struct field *f = schema_field(s, name);

	/* Rows of a link table, for one, have no id. */
	if (!s->object[0] || !f || f->filled < s->records)
		return 0;
	return add_key(s, name, e);
}

void
schema_free(struct schema *s)
{
	for (size_t i = 0; i < s->n; i++) {
		hs_buf_free(&s->field[i].example);
		hs_buf_free(&s->field[i].contradiction);
	}
	free(s->field);
	hs_columns_free(&s->columns);
	hs_columns_free(&s->key);
	hs_members_free(&s->members);
	*s = (struct schema){0};
}
