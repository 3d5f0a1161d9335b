/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* A schema as CREATE TABLE. */
#include "schema.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "dialect.h"
#include "json.h"

/*
 * The columns' names as the engine takes them.  It may cut names, take two
 * for one, or refuse some; no two columns become one by that.
 */
struct names {
	const struct dialect *d;
	struct hs_buf text; /* all names */
	struct place {
		size_t at, len; /* of the i-th column's, in text */
		bool found;
	} * v;
	struct hs_columns taken; /* as the engine compares them */
	struct hs_buf clean, folded;
	unsigned serial;
};

static struct hs_span
name_of(const struct names *n, size_t i)
{
	return hs_span(n->text.data + n->v[i].at, n->v[i].len);
}

/* BigQuery keeps names that begin so for itself. */
static bool
is_bigquery_own(struct hs_span name)
{
	static const char *const own[] = {"_TABLE_", "_FILE_", "_PARTITION",
	    "_ROW_TIMESTAMP", "__ROOT__", "_COLIDENTIFIER", "_CHANGE_"};

	for (size_t i = 0; i < sizeof(own) / sizeof(*own); i++) {
		size_t len = strlen(own[i]);
		if (name.len >= len && strncasecmp(name.p, own[i], len) == 0)
			return true;
	}
	return false;
}

/* A name without what no identifier can hold; a NUL ends a statement. */
static int
clean(const struct dialect *d, struct hs_span name, struct hs_buf *b)
{
	static const char barred[] = "!\"$()*,./;?@[\\]^`{}~";
	int rc = 0;

	hs_buf_clear(b);
	if (name.len == 0 || (d->words && is_bigquery_own(name)))
		rc |= hs_buf_addc(b, 'x');
	for (size_t i = 0; i < name.len; i++) {
		unsigned char c = (unsigned char)name.p[i];
		bool bad =
		    c < 0x20 || c == 0x7f || (d->words && strchr(barred, c));
		rc |= hs_buf_addc(b, bad ? '_' : name.p[i]);
	}
	return rc;
}

/* Cut to max bytes, but not inside a character; 0 is no limit. */
static struct hs_span
cut(struct hs_span name, size_t max)
{
	if (max == 0 || name.len <= max)
		return name;
	while (max > 0 && ((unsigned char)name.p[max] & 0xc0) == 0x80)
		max--;
	return hs_span(name.p, max);
}

/* Claims a name for the engine: 1; 0 when it is taken. */
static int
claim(struct names *n, struct hs_span name, struct hs_err *e)
{
	size_t i;

	hs_buf_clear(&n->folded);
	if (hs_buf_add(&n->folded, name.p, name.len) < 0)
		return hs_err_mem(e, "column names");
	for (i = 0; n->d->folds && i < n->folded.len; i++)
		if (name.p[i] >= 'A' && name.p[i] <= 'Z')
			n->folded.data[i] |= 0x20;
	struct hs_span folded = hs_buf_span(&n->folded);
	if (hs_columns_has(&n->taken, folded))
		return 0;
	return hs_columns_add(&n->taken, folded, &i, e) < 0 ? -1 : 1;
}

/* Gives column i a name: 1; 0 when it is taken. */
static int
give(struct names *n, size_t i, struct hs_span name, const char *suffix,
    struct hs_err *e)
{
	size_t at = n->text.len, len = strlen(suffix), max = n->d->name_max;

	name = cut(name, max ? max - len : 0);
	if (hs_buf_add(&n->text, name.p, name.len) < 0 ||
	    hs_buf_add(&n->text, suffix, len) < 0)
		return hs_err_mem(e, "column names");
	n->v[i] = (struct place){at, name.len + len, true};
	int r = claim(n, name_of(n, i), e);
	if (r == 0) {
		n->v[i].found = false;
		n->text.len = at;
	}
	return r;
}

/* A name that is like the column's.  Numbers are not used twice, so that many
 * names with one beginning do not cost their square. */
static int
give_another(struct names *n, size_t i, struct hs_err *e)
{
	struct hs_span name = hs_buf_span(&n->clean);
	int r = give(n, i, name, "", e);

	while (r == 0) {
		char suffix[16];
		snprintf(suffix, sizeof(suffix), "_%u", n->serial++);
		r = give(n, i, name, suffix, e);
	}
	return r;
}

/* Names that can stay as they are do; then the others find theirs. */
static int
name_columns(struct names *n, const struct hs_columns *c, struct hs_err *e)
{
	n->v = calloc(c->n + 1, sizeof(*n->v));
	if (!n->v)
		return hs_err_mem(e, "column names");
	n->serial = 2;
	for (const char *const *r = n->d->reserved; r && *r; r++)
		if (claim(n, hs_span_str(*r), e) < 0)
			return -1;
	for (int pass = 0; pass < 2; pass++) {
		for (size_t i = 0; i < c->n; i++) {
			if (n->v[i].found)
				continue;
			if (clean(n->d, c->name[i], &n->clean) < 0)
				return hs_err_mem(e, "column names");
			struct hs_span name = hs_buf_span(&n->clean);
			bool fits = cut(name, n->d->name_max).len == name.len;
			int r = 0;
			if (pass == 1)
				r = give_another(n, i, e);
			else if (fits && hs_span_eq(name, c->name[i]))
				r = give(n, i, name, "", e);
			if (r < 0)
				return -1;
		}
	}
	return 0;
}

static int
put_identifier(const struct dialect *d, struct hs_span name, struct hs_buf *b)
{
	int rc = hs_buf_addc(b, d->quote);

	for (size_t i = 0; i < name.len; i++) {
		char c = name.p[i];
		if (d->backslash && (c == d->quote || c == '\\'))
			rc |= hs_buf_addc(b, '\\');
		else if (c == d->quote)
			rc |= hs_buf_addc(b, c);
		rc |= hs_buf_addc(b, c);
	}
	return rc | hs_buf_addc(b, d->quote);
}

/* A table's name; what stands between points is quoted part by part. */
static int
put_table(struct names *n, const char *table, struct hs_buf *b)
{
	int rc = 0;

	for (;;) {
		size_t len = strcspn(table, ".");
		rc |= clean(n->d, hs_span(table, len), &n->clean);
		rc |= put_identifier(
		    n->d, cut(hs_buf_span(&n->clean), n->d->name_max), b);
		if (!table[len])
			return rc;
		rc |= hs_buf_addc(b, '.');
		table += len + 1;
	}
}

static bool
is_key(const struct schema *s, size_t i)
{
	return hs_columns_has(&s->key, s->columns.name[i]);
}

static int
put_column(
    const struct schema *s, const struct names *n, size_t i, struct hs_buf *b)
{
	const struct dialect *d = n->d;
	struct hs_span original = s->columns.name[i], name = name_of(n, i);
	bool nullable = d->nullable && !is_key(s, i);
	bool more = i + 1 < s->n || (s->key.n > 0 && !d->outside);
	int rc = hs_buf_puts(b, "\n\t");

	rc |= put_identifier(d, name, b);
	rc |= hs_buf_puts(b, nullable ? " Nullable(" : " ");
	rc |= dialect_type(d, &s->field[i], b);
	rc |= hs_buf_puts(b, nullable ? ")" : "");
	rc |= hs_buf_puts(b, more ? "," : "");
	if (!hs_span_eq(name, original)) {
		/* As JSON it has no line end, which would end the comment. */
		rc |= hs_buf_puts(b, " -- ");
		rc |= hs_json_string(b, original);
	}
	return rc;
}

/* The key's columns in its own order. */
static int
put_key(struct schema *s, const struct names *n, struct hs_buf *b)
{
	int rc = hs_buf_puts(b, n->d->key);

	for (size_t i = 0; i < s->key.n; i++) {
		struct field *f = schema_field(s, s->key.name[i]);
		rc |= hs_buf_puts(b, i ? ", " : "");
		rc |=
		    put_identifier(n->d, name_of(n, (size_t)(f - s->field)), b);
	}
	return rc | hs_buf_puts(b, n->d->end);
}

/* Whether a CSV of the column may hold "" where the type has no such value. */
static bool
is_blank(const struct schema *s, size_t i)
{
	return s->field[i].blank > 0 &&
	       field_type(&s->field[i]) != HS_TYPE_STRING;
}

/* How to load it: COPY takes "" for a value unless told otherwise. */
static int
put_copy(const struct schema *s, struct names *n, const char *table,
    struct hs_buf *b)
{
	const char *before = ", FORCE_NULL (", *end = ")\n";
	int rc = hs_buf_puts(b, "-- \\copy ");

	rc |= put_table(n, table, b);
	rc |= hs_buf_puts(b, " FROM 'FILE.csv' WITH (FORMAT csv, HEADER");
	for (size_t i = 0; i < s->n; i++) {
		if (!is_blank(s, i))
			continue;
		rc |= hs_buf_puts(b, before);
		rc |= put_identifier(n->d, name_of(n, i), b);
		before = ", ";
		end = "))\n";
	}
	return rc | hs_buf_puts(b, end);
}

static int
put_statement(
    struct schema *s, struct names *n, const char *table, struct hs_buf *b)
{
	int rc = n->d->copy ? put_copy(s, n, table, b) : 0;

	rc |= hs_buf_puts(b, "CREATE TABLE ");
	rc |= put_table(n, table, b);
	rc |= hs_buf_puts(b, " (");
	for (size_t i = 0; i < s->n; i++)
		rc |= put_column(s, n, i, b);
	if (s->key.n > 0)
		return rc | put_key(s, n, b);
	return rc | hs_buf_puts(b, n->d->no_key);
}

int
schema_put_sql(struct schema *s, const struct dialect *d, const char *table,
    struct hs_buf *b, struct hs_err *e)
{
	struct names n = {.d = d};
	int rc;

	if (s->n == 0)
		return hs_err_set(e, HS_DATA,
		    "no records, thus no columns to make a table of");
	if (d->columns_max && s->n > d->columns_max)
		return hs_err_set(e, HS_DATA,
		    "%zu columns: a table of %s has at most %zu", s->n, d->name,
		    d->columns_max);
	rc = name_columns(&n, &s->columns, e);
	if (rc == 0 && put_statement(s, &n, table, b) < 0)
		rc = hs_err_mem(e, "the statement");
	free(n.v);
	hs_buf_free(&n.text);
	hs_buf_free(&n.clean);
	hs_buf_free(&n.folded);
	hs_columns_free(&n.taken);
	return rc;
}
