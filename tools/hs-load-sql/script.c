/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* What the scripts for all databases have in common. */
#include "script.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Finds the columns that --filled leaves out where they are new. */
static int
find_empty(struct script *s, struct hs_err *e)
{
	const struct hs_schema *c = &s->rows->schema;

	s->empty = calloc(c->n + 1, sizeof *s->empty);
	if (!s->empty)
		return hs_err_mem(e, "columns");
	for (size_t i = 0; s->filled && i < c->n; i++)
		s->empty[i] = !c->field[i].filled && !c->field[i].blank;
	for (size_t i = 0; i < c->n; i++)
		s->empties += s->empty[i];
	/* A table has a column. */
	if (s->empties == c->n && c->n > 0) {
		s->empty[0] = false;
		s->empties--;
	}
	return 0;
}

/* Finds the columns of COPY text whose "" is null. */
static int
find_null(struct script *s, struct hs_err *e)
{
	const struct hs_schema *c = &s->rows->schema;
	bool any = false;

	s->null = calloc(c->n + 1, sizeof *s->null);
	if (!s->null)
		return hs_err_mem(e, "columns");
	for (size_t i = 0; i < c->n; i++)
		any |= s->null[i] = script_blank(s, i);
	s->rows->nulls = any ? s->null : NULL;
	return 0;
}

int
script_open(struct script *s, const struct hs_dialect *d, struct hs_err *e)
{
	const struct hs_schema *c = &s->rows->schema;

	s->dialect = *d;
	if (find_empty(s, e) < 0 ||
	    (s->rows->keep_blanks && find_null(s, e) < 0))
		return -1;
	if (hs_sqlnames_make(&s->names, &s->dialect, s->table, &c->columns, e) <
	    0)
		return -1;
	for (size_t i = 0; s->deleted_at && i < c->n; i++)
		if (hs_span_is(hs_sqlnames_at(&s->names, i), s->deleted_at))
			return hs_err_set(e, HS_DATA,
			    "--deleted-at: the stream has a column %s of its "
			    "own",
			    s->deleted_at);
	return 0;
}

bool
script_is_rest(const struct script *s, size_t column)
{
	return s->moved.n > 0 && column == s->rows->schema.n - 1;
}

void
script_put_type(const struct script *s, size_t column, struct hs_buf *b)
{
	if (script_is_rest(s, column))
		hs_buf_puts(b, s->dialect.json);
	else if (s->text)
		hs_buf_puts(b, s->dialect.text);
	else
		hs_dialect_put_type(
		    &s->dialect, &s->rows->schema.field[column], b);
}

bool
script_blank(const struct script *s, size_t column)
{
	const struct hs_field *f = &s->rows->schema.field[column];

	return !s->text && f->blank > 0 && !hs_dialect_is_text(&s->dialect, f);
}

size_t
script_key(const struct script *s, size_t column)
{
	const struct hs_schema *c = &s->rows->schema;
	size_t at = hs_columns_at(&c->key, c->columns.name[column]);

	return at == HS_COLUMNS_NONE ? 0 : at + 1;
}

void
script_put_literal(struct hs_buf *b, struct hs_span text)
{
	hs_buf_addc(b, '\'');
	for (size_t i = 0; i < text.len; i++) {
		if (text.p[i] == '\'')
			hs_buf_addc(b, '\'');
		hs_buf_addc(b, text.p[i]);
	}
	hs_buf_addc(b, '\'');
}

void
script_put_lines(struct hs_buf *b, const char *const *line)
{
	for (; *line; line++)
		hs_buf_puts(b, *line);
}

void
script_put_moved(const struct script *s, const char *const *line,
    void (*put_text)(struct hs_buf *b, struct hs_span text), struct hs_buf *b)
{
	if (s->moved.n == 0)
		return;
	script_put_lines(b, line);
	for (size_t i = 0; i < s->moved.n; i++) {
		hs_buf_puts(b, i ? ",\n  (" : "  (");
		put_text(b, s->moved.name[i]);
		hs_buf_puts(b, ", ");
		put_text(b, s->moved_as.name[i]);
		hs_buf_puts(b, ")");
	}
	hs_buf_puts(b, ";\n");
}

static unsigned
digit(char c)
{
	return (unsigned)(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
}

int
script_learn(struct script *s, const struct hs_dialect *d, const char *said,
    struct hs_err *e)
{
	static const char head[] = "column ";
	struct hs_buf name = {0};
	size_t at;
	int rc = 0;

	while (rc == 0 && (said = strstr(said, head))) {
		hs_buf_clear(&name);
		for (said += sizeof head - 1; said[0] > ' '; said += 2)
			hs_buf_addc(&name,
			    (char)(digit(said[0]) << 4 | digit(said[1])));
		rc = hs_buf_check(&name, e, "a name");
		if (rc == 0)
			rc = hs_columns_add(
			    &s->known, hs_buf_span(&name), &at, e);
	}
	hs_buf_free(&name);
	s->has_rest = rc == 0 && script_knows(s, d, hs_span_str(s->rest));
	return rc;
}

bool
script_same_name(const struct hs_dialect *d, struct hs_span a, struct hs_span b)
{
	return hs_span_eq(a, b) || (d->folds && a.len == b.len &&
				       strncasecmp(a.p, b.p, a.len) == 0);
}

bool
script_knows(
    const struct script *s, const struct hs_dialect *d, struct hs_span name)
{
	for (size_t i = 0; i < s->known.n; i++)
		if (script_same_name(d, s->known.name[i], name))
			return true;
	return false;
}

void
script_free(struct script *s)
{
	hs_columns_free(&s->known);
	hs_columns_free(&s->moved);
	hs_columns_free(&s->moved_as);
	hs_sqlnames_free(&s->names);
	free(s->empty);
	free(s->null);
}
