/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* A schema as a Frictionless Table Schema, and what changed between two. */
#include "schema.h"

#include "json.h"

/*
 * One field on one line, so that diff and grep see columns.  Descriptors may
 * carry members of one's own (specs.frictionlessdata.io/table-schema, "Field
 * Descriptors"); ours begin with "hs:".
 */
static int
put_field(const struct schema *s, size_t i, struct hs_buf *b)
{
	const struct field *f = &s->field[i];
	enum hs_type t = field_type(f);
	int rc = 0;

	rc |= hs_buf_puts(b, "{\"name\":");
	rc |= hs_json_string(b, s->columns.name[i]);
	rc |= hs_buf_printf(b, ",\"type\":\"%s\"", hs_type_name(t));
	/* The default format knows neither fractions nor offsets. */
	if (t == HS_TYPE_DATETIME)
		rc |= hs_buf_puts(b, ",\"format\":\"any\"");
	rc |= hs_buf_printf(b, ",\"hs:missing\":%llu", s->records - f->filled);
	if (f->blank)
		rc |= hs_buf_printf(b, ",\"hs:blank\":%llu", f->blank);
	if (field_empty(f))
		rc |= hs_buf_puts(b, ",\"hs:allMissing\":true");
	rc |= hs_buf_printf(b, ",\"hs:longest\":%zu", f->longest);
	if (t == HS_TYPE_INTEGER)
		rc |= hs_buf_printf(
		    b, ",\"hs:int64\":%s", f->facts.big ? "false" : "true");
	if (f->declared != HS_TYPE_NONE)
		rc |= hs_buf_printf(
		    b, ",\"hs:declared\":\"%s\"", hs_type_name(f->declared));
	if (f->contradicted)
		rc |= hs_buf_printf(
		    b, ",\"hs:contradicted\":%llu", f->contradicted);
	rc |= hs_buf_addc(b, '}');
	return rc;
}

static int
put_key(const struct hs_columns *key, struct hs_buf *b)
{
	int rc = hs_buf_puts(b, "\"primaryKey\":");

	if (key->n == 1)
		return rc | hs_json_string(b, key->name[0]);
	for (size_t i = 0; i < key->n; i++) {
		rc |= hs_buf_addc(b, i ? ',' : '[');
		rc |= hs_json_string(b, key->name[i]);
	}
	return rc | hs_buf_addc(b, ']');
}

int
schema_put_json(const struct schema *s, struct hs_buf *b)
{
	int rc = hs_buf_puts(b, "{\"fields\":[");

	for (size_t i = 0; i < s->n; i++) {
		rc |= hs_buf_puts(b, i ? ",\n" : "\n");
		rc |= put_field(s, i, b);
	}
	rc |= hs_buf_puts(b, "\n],\n\"missingValues\":[\"\"],\n");
	if (s->key.n > 0) {
		rc |= put_key(&s->key, b);
		rc |= hs_buf_puts(b, ",\n");
	}
	if (s->object[0]) {
		rc |= hs_buf_puts(b, "\"hs:object\":");
		rc |= hs_json_string(b, hs_span_str(s->object));
		rc |= hs_buf_puts(b, ",\n");
	}
	if (s->proven)
		rc |= hs_buf_printf(
		    b, "\"hs:complete\":%s,\n", s->complete ? "true" : "false");
	return rc | hs_buf_printf(b, "\"hs:records\":%llu}\n", s->records);
}

/* A type as the comparison sees it. */
static int
put_type(const struct field *f, struct hs_buf *b)
{
	enum hs_type t = field_type(f);
	int rc = hs_buf_puts(b, hs_type_name(t));

	if (field_empty(f))
		rc |= hs_buf_puts(b, " (no value)");
	else if (t == HS_TYPE_INTEGER && f->facts.big)
		rc |= hs_buf_puts(b, " (beyond 64 bits)");
	return rc;
}

static bool
is_changed(const struct field *a, const struct field *b)
{
	enum hs_type t = field_type(a);

	return t != field_type(b) ||
	       (t == HS_TYPE_INTEGER && a->facts.big != b->facts.big);
}

/* Names that are plain stay so; others are quoted as JSON. */
static int
put_name(struct hs_span name, struct hs_buf *b)
{
	for (size_t i = 0; i < name.len; i++) {
		unsigned char c = (unsigned char)name.p[i];
		if (c < '0' || c == ':' || c == '\\' || c >= 0x7f)
			return hs_json_string(b, name);
	}
	return name.len ? hs_buf_add(b, name.p, name.len)
			: hs_buf_puts(b, "\"\"");
}

static int
put_line(char sign, struct hs_span name, const struct field *from,
    const struct field *to, struct hs_buf *b)
{
	int rc = hs_buf_printf(b, "%c ", sign);

	rc |= put_name(name, b);
	rc |= hs_buf_puts(b, ": ");
	if (from)
		rc |= put_type(from, b);
	if (from && to)
		rc |= hs_buf_puts(b, " -> ");
	if (to)
		rc |= put_type(to, b);
	return rc | hs_buf_addc(b, '\n');
}

static bool
is_same_key(const struct hs_columns *a, const struct hs_columns *b)
{
	bool same = a->n == b->n;

	for (size_t i = 0; same && i < a->n; i++)
		same = hs_span_eq(a->name[i], b->name[i]);
	return same;
}

static int
put_key_change(const struct hs_columns *old, const struct hs_columns *new,
    struct hs_buf *b)
{
	int rc = hs_buf_puts(b, "~ primaryKey:");

	for (int side = 0; side < 2; side++) {
		const struct hs_columns *key = side ? new : old;
		if (side)
			rc |= hs_buf_puts(b, " ->");
		if (key->n == 0)
			rc |= hs_buf_puts(b, " none");
		for (size_t i = 0; i < key->n; i++) {
			rc |= hs_buf_addc(b, ' ');
			rc |= put_name(key->name[i], b);
		}
	}
	return rc | hs_buf_addc(b, '\n');
}

int
schema_diff(
    struct schema *old, struct schema *s, struct hs_buf *b, size_t *drift)
{
	int rc = 0;

	*drift = 0;
	for (size_t i = 0; i < old->n; i++) {
		struct hs_span name = old->columns.name[i];
		const struct field *from = &old->field[i];
		const struct field *to = schema_field(s, name);
		if (to && !is_changed(from, to))
			continue;
		rc |= put_line(to ? '~' : '-', name, from, to, b);
		++*drift;
	}
	for (size_t i = 0; i < s->n; i++) {
		struct hs_span name = s->columns.name[i];
		if (schema_field(old, name))
			continue;
		rc |= put_line('+', name, NULL, &s->field[i], b);
		++*drift;
	}
	if (!is_same_key(&old->key, &s->key)) {
		rc |= put_key_change(&old->key, &s->key, b);
		++*drift;
	}
	return rc;
}
