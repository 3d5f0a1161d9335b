/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Names of columns and tables for a database. */
#include "sqlnames.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct hs_span
hs_sqlnames_at(const struct hs_sqlnames *n, size_t i)
{
	return hs_span(n->text.data + n->v[i].at, n->v[i].len);
}

/* BigQuery keeps names with these beginnings for itself. */
static bool
is_bigquery_own(struct hs_span name)
{
	static const char *const own[] = {"_TABLE_", "_FILE_", "_PARTITION",
	    "_ROW_TIMESTAMP", "__ROOT__", "_COLIDENTIFIER", "_CHANGE_"};

	for (size_t i = 0; i < sizeof own / sizeof *own; i++) {
		size_t len = strlen(own[i]);
		if (name.len >= len && strncasecmp(name.p, own[i], len) == 0)
			return true;
	}
	return false;
}

/* Replaces the characters that no identifier can have; a NUL would end the
 * statement. */
static struct hs_span
clean(struct hs_sqlnames *n, struct hs_span name)
{
	static const char barred[] = "!\"$()*,./;?@[\\]^`{}~";
	bool words = n->dialect->words;

	hs_buf_clear(&n->clean);
	if (name.len == 0 || (words && is_bigquery_own(name)))
		hs_buf_addc(&n->clean, 'x');
	for (size_t i = 0; i < name.len; i++) {
		unsigned char c = (unsigned char)name.p[i];
		bool bad =
		    c < 0x20 || c == 0x7f || (words && strchr(barred, c));
		hs_buf_addc(&n->clean, bad ? '_' : name.p[i]);
	}
	return hs_buf_span(&n->clean);
}

/* A name cut to max bytes, between characters; max 0 is no limit. */
static struct hs_span
cut(struct hs_span name, size_t max)
{
	if (max == 0 || name.len <= max)
		return name;
	while (max > 0 && ((unsigned char)name.p[max] & 0xc0) == 0x80)
		max--;
	return hs_span(name.p, max);
}

/* Takes a name: 1; 0 when it is taken already. */
static int
claim(struct hs_sqlnames *n, struct hs_span name, struct hs_err *e)
{
	size_t i;

	hs_buf_clear(&n->folded);
	hs_buf_put(&n->folded, name);
	if (hs_buf_check(&n->folded, e, "column names") < 0)
		return -1;
	for (i = 0; n->dialect->folds && i < name.len; i++)
		if (name.p[i] >= 'A' && name.p[i] <= 'Z')
			n->folded.data[i] |= 0x20;
	struct hs_span folded = hs_buf_span(&n->folded);
	if (hs_columns_has(&n->taken, folded))
		return 0;
	return hs_columns_add(&n->taken, folded, &i, e) < 0 ? -1 : 1;
}

/* Gives column i a name with a suffix: 1; 0 when it is taken already. */
static int
give(struct hs_sqlnames *n, size_t i, struct hs_span name, const char *suffix,
    struct hs_err *e)
{
	size_t at = n->text.len, max = n->dialect->name_max;

	hs_buf_put(&n->text, cut(name, max ? max - strlen(suffix) : 0));
	hs_buf_puts(&n->text, suffix);
	if (hs_buf_check(&n->text, e, "column names") < 0)
		return -1;
	n->v[i] = (struct hs_sqlname_place){at, n->text.len - at, true};
	int r = claim(n, hs_sqlnames_at(n, i), e);
	if (r == 0) {
		n->v[i].found = false;
		n->text.len = at;
	}
	return r;
}

static uint32_t
lasting_hash(struct hs_span name)
{
	uint64_t h = hs_hash_lasting(name);

	return (uint32_t)(h ^ h >> 32);
}

/* Gives column i, which is called `own`, a name that is like it.  No number is
 * tried twice, so that many names with one hash do not cost their square. */
static int
give_another(struct hs_sqlnames *n, size_t i, struct hs_span name,
    struct hs_span own, struct hs_err *e)
{
	char suffix[32];

	snprintf(suffix, sizeof suffix, "_%08" PRIx32, lasting_hash(own));
	int r = give(n, i, name, suffix, e);
	while (r == 0) {
		snprintf(suffix, sizeof suffix, "_%08" PRIx32 "_%u",
		    lasting_hash(own), n->serial++);
		r = give(n, i, name, suffix, e);
	}
	return r;
}

/* Names column i; in the first pass only if its name can stay. */
static int
name_column(struct hs_sqlnames *n, size_t i, struct hs_span name, bool first,
    struct hs_err *e)
{
	struct hs_span new = clean(n, name);

	if (hs_buf_check(&n->clean, e, "column names") < 0)
		return -1;
	if (!first)
		return give_another(n, i, new, name, e);
	if (!hs_span_eq(new, name) ||
	    cut(new, n->dialect->name_max).len < new.len)
		return 0;
	return give(n, i, new, "", e);
}

struct order {
	struct hs_span name;
	size_t column;
	bool member; /* of every record, beside its properties */
};

static bool
is_member(struct hs_span name)
{
	static const char *const members[] = {
	    "id", "createdAt", "updatedAt", "archived", "archivedAt"};

	for (size_t i = 0; i < sizeof members / sizeof *members; i++)
		if (hs_span_is(name, members[i]))
			return true;
	return false;
}

static int
by_name(const void *a, const void *b)
{
	const struct order *x = a, *y = b;
	struct hs_span s = x->name, t = y->name;

	if (x->member != y->member)
		return x->member ? -1 : 1;
	size_t n = s.len < t.len ? s.len : t.len;
	int r = n > 0 ? memcmp(s.p, t.p, n) : 0;
	return r ? r : (s.len > t.len) - (s.len < t.len);
}

/* Names the columns.  Of those that the database takes for one, a record's
 * member keeps its name, else the first by its bytes, wherever it stands. */
static int
name_columns(
    struct hs_sqlnames *n, const struct hs_columns *c, struct hs_err *e)
{
	struct order *order = calloc(c->n + 1, sizeof *order);
	int rc = 0;

	if (!order)
		return hs_err_mem(e, "column names");
	for (size_t i = 0; i < c->n; i++)
		order[i] = (struct order){c->name[i], i, is_member(c->name[i])};
	if (n->dialect->folds)
		qsort(order, c->n, sizeof *order, by_name);
	for (int pass = 0; rc >= 0 && pass < 2; pass++)
		for (size_t i = 0; rc >= 0 && i < c->n; i++)
			if (!n->v[order[i].column].found)
				rc = name_column(n, order[i].column,
				    order[i].name, pass == 0, e);
	free(order);
	return rc < 0 ? -1 : 0;
}

void
hs_sqlnames_quote(
    const struct hs_dialect *d, struct hs_span name, struct hs_buf *b)
{
	hs_buf_addc(b, d->quote);
	for (size_t i = 0; i < name.len; i++) {
		char c = name.p[i];
		if (d->backslash && (c == d->quote || c == '\\'))
			hs_buf_addc(b, '\\');
		else if (c == d->quote)
			hs_buf_addc(b, c);
		hs_buf_addc(b, c);
	}
	hs_buf_addc(b, d->quote);
}

static int
name_table(struct hs_sqlnames *n, const char *table, struct hs_err *e)
{
	for (;;) {
		size_t len = strcspn(table, ".");
		struct hs_span part = clean(n, hs_span(table, len));
		if (hs_buf_check(&n->clean, e, "the table's name") < 0)
			return -1;
		hs_sqlnames_quote(
		    n->dialect, cut(part, n->dialect->name_max), &n->table);
		if (!table[len])
			return hs_buf_check(&n->table, e, "the table's name");
		hs_buf_addc(&n->table, '.');
		table += len + 1;
	}
}

int
hs_sqlnames_make(struct hs_sqlnames *n, const struct hs_dialect *d,
    const char *table, const struct hs_columns *c, struct hs_err *e)
{
	*n = (struct hs_sqlnames){.dialect = d, .serial = 2};
	n->v = calloc(c->n + 1, sizeof *n->v);
	if (!n->v)
		return hs_err_mem(e, "column names");
	if (name_table(n, table, e) < 0)
		return -1;
	for (const char *const *r = d->reserved; r && *r; r++)
		if (claim(n, hs_span_str(*r), e) < 0)
			return -1;
	return name_columns(n, c, e);
}

void
hs_sqlnames_put(const struct hs_sqlnames *n, size_t i, struct hs_buf *b)
{
	hs_sqlnames_quote(n->dialect, hs_sqlnames_at(n, i), b);
}

void
hs_sqlnames_free(struct hs_sqlnames *n)
{
	free(n->v);
	hs_buf_free(&n->text);
	hs_buf_free(&n->table);
	hs_buf_free(&n->clean);
	hs_buf_free(&n->folded);
	hs_columns_free(&n->taken);
}
