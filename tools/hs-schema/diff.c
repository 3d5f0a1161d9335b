/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* What changed since a Table Schema was written. */
#include "output.h"

#include "json.h"

/* What a Table Schema would say of a field. */
static struct hs_tablefield
described(const struct hs_field *f)
{
	return (struct hs_tablefield){.type = hs_field_type(f),
	    .big = f->facts.big,
	    .empty = hs_field_empty(f)};
}

/* A column without any value now says nothing of its type. */
static bool
is_changed(struct hs_tablefield a, struct hs_tablefield b)
{
	if (b.empty)
		return false;
	return a.type != b.type ||
	       (a.type == HS_TYPE_INTEGER && a.big != b.big);
}

static void
put_type(struct hs_tablefield f, struct hs_buf *b)
{
	hs_buf_puts(b, hs_type_name(f.type));
	if (f.empty)
		hs_buf_puts(b, " (no value)");
	else if (f.type == HS_TYPE_INTEGER && f.big)
		hs_buf_puts(b, " (beyond 64 bits)");
}

/* A name as it is where it is plain, else as a JSON string. */
static void
put_name(struct hs_span name, struct hs_buf *b)
{
	bool plain = name.len > 0;

	for (size_t i = 0; i < name.len; i++) {
		unsigned char c = (unsigned char)name.p[i];
		if (c < '0' || c == ':' || c == '\\' || c >= 0x7f)
			plain = false;
	}
	if (plain)
		hs_buf_put(b, name);
	else
		hs_json_string(b, name);
}

static void
put_start(char sign, struct hs_span name, struct hs_buf *b)
{
	hs_buf_addc(b, sign);
	hs_buf_addc(b, ' ');
	put_name(name, b);
	hs_buf_puts(b, ": ");
}

/* The line of a column that is gone or has changed; whether there is one. */
static bool
put_old(const struct hs_tableschema *old, size_t i, const struct hs_schema *s,
    struct hs_buf *b)
{
	const struct hs_field *f = hs_schema_field(s, old->columns.name[i]);

	/* What changed need not carry a column that is still there. */
	if (f ? !is_changed(old->field[i], described(f)) : s->since)
		return false;
	put_start(f ? '~' : '-', old->columns.name[i], b);
	put_type(old->field[i], b);
	if (f) {
		hs_buf_puts(b, " -> ");
		put_type(described(f), b);
	}
	hs_buf_addc(b, '\n');
	return true;
}

static bool
is_same_key(const struct hs_columns *a, const struct hs_columns *b)
{
	bool same = a->n == b->n;

	for (size_t i = 0; same && i < a->n; i++)
		same = hs_span_eq(a->name[i], b->name[i]);
	return same;
}

static void
put_key(const struct hs_columns *key, struct hs_buf *b)
{
	if (key->n == 0)
		hs_buf_puts(b, " none");
	for (size_t i = 0; i < key->n; i++) {
		hs_buf_addc(b, ' ');
		put_name(key->name[i], b);
	}
}

size_t
put_diff(const struct hs_tableschema *old, const struct hs_schema *s,
    struct hs_buf *b)
{
	size_t changes = 0;

	for (size_t i = 0; i < old->columns.n; i++)
		changes += put_old(old, i, s, b);
	for (size_t i = 0; i < s->n; i++) {
		if (hs_columns_has(&old->columns, s->columns.name[i]))
			continue;
		put_start('+', s->columns.name[i], b);
		put_type(described(&s->field[i]), b);
		hs_buf_addc(b, '\n');
		changes++;
	}
	if (!is_same_key(&old->key, &s->key)) {
		hs_buf_puts(b, "~ primaryKey:");
		put_key(&old->key, b);
		hs_buf_puts(b, " ->");
		put_key(&s->key, b);
		hs_buf_addc(b, '\n');
		changes++;
	}
	return changes;
}
