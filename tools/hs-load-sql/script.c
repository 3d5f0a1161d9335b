/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* What the scripts for all databases have in common. */
#include "script.h"

#include <stdlib.h>

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

void
script_put_type(const struct script *s, size_t column, struct hs_buf *b)
{
	if (s->text)
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
script_free(struct script *s)
{
	hs_sqlnames_free(&s->names);
	free(s->empty);
	free(s->null);
}
