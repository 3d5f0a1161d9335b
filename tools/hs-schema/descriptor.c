/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* A schema as a Frictionless Table Schema. */
#include "output.h"

#include "json.h"

/*
 * A field takes one line, so that diff and grep see columns.  A field may have
 * members that the specification does not know (specs.frictionlessdata.io/
 * table-schema, "Field Descriptors"); ours begin with "hs:".
 */
static void
put_field(const struct hs_schema *s, size_t i, struct hs_buf *b)
{
	const struct hs_field *f = &s->field[i];
	enum hs_type t = hs_field_type(f);

	hs_buf_puts(b, "{\"name\":");
	hs_json_string(b, s->columns.name[i]);
	hs_buf_printf(b, ",\"type\":\"%s\"", hs_type_name(t));
	/* The default format has neither fractions nor offsets. */
	if (t == HS_TYPE_DATETIME)
		hs_buf_puts(b, ",\"format\":\"any\"");
	hs_buf_printf(b, ",\"hs:missing\":%llu", s->records - f->filled);
	if (f->blank)
		hs_buf_printf(b, ",\"hs:blank\":%llu", f->blank);
	if (hs_field_empty(f))
		hs_buf_puts(b, ",\"hs:allMissing\":true");
	hs_buf_printf(b, ",\"hs:longest\":%zu", f->longest);
	if (t == HS_TYPE_INTEGER)
		hs_buf_printf(
		    b, ",\"hs:int64\":%s", f->facts.big ? "false" : "true");
	if (f->declared != HS_TYPE_NONE)
		hs_buf_printf(
		    b, ",\"hs:declared\":\"%s\"", hs_type_name(f->declared));
	if (f->contradicted)
		hs_buf_printf(b, ",\"hs:contradicted\":%llu", f->contradicted);
	hs_buf_addc(b, '}');
}

static void
put_key(const struct hs_columns *key, struct hs_buf *b)
{
	hs_buf_puts(b, "\"primaryKey\":");
	if (key->n == 1) {
		hs_json_string(b, key->name[0]);
		return;
	}
	for (size_t i = 0; i < key->n; i++) {
		hs_buf_addc(b, i ? ',' : '[');
		hs_json_string(b, key->name[i]);
	}
	hs_buf_addc(b, ']');
}

void
put_descriptor(const struct hs_schema *s, struct hs_buf *b)
{
	hs_buf_puts(b, "{\"fields\":[");
	for (size_t i = 0; i < s->n; i++) {
		hs_buf_puts(b, i ? ",\n" : "\n");
		put_field(s, i, b);
	}
	hs_buf_puts(b, "\n],\n\"missingValues\":[\"\"],\n");
	if (s->key.n > 0) {
		put_key(&s->key, b);
		hs_buf_puts(b, ",\n");
	}
	if (s->object[0]) {
		hs_buf_puts(b, "\"hs:object\":");
		hs_json_string(b, hs_span_str(s->object));
		hs_buf_puts(b, ",\n");
	}
	if (s->paged)
		hs_buf_printf(
		    b, "\"hs:complete\":%s,\n", s->complete ? "true" : "false");
	hs_buf_printf(b, "\"hs:records\":%llu}\n", s->records);
}
