/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* The stream that is loaded into a database. */
#include "sqlload.h"

#include "declared.h"
#include "object.h"

static int
read_types(struct hs_sqlload *l, struct hs_err *e)
{
	if (l->schema && hs_tableschema_read(&l->types, l->schema, e) < 0)
		return -1;
	if (l->declared && hs_declared_read(&l->types, l->declared, e) < 0)
		return -1;
	if (l->types.columns.n > 0)
		l->rows.schema.declared = &l->types;
	return 0;
}

int
hs_sqlload_open(struct hs_sqlload *l, struct hs_err *e)
{
	if (read_types(l, e) < 0 || hs_copyrows_open(&l->rows, e) < 0 ||
	    hs_in_open(&l->in, "-", e) < 0)
		return -1;
	l->in.max_line = l->max_line;
	hs_page_init(&l->page, &l->in, true);
	return 0;
}

/* After the stream's end: whether it may be loaded. */
static int
judge(struct hs_sqlload *l, struct hs_err *e)
{
	bool proven = l->page.is_page || !l->require_pages;

	if (!l->merge && hs_page_replaces(&l->page, e) < 0)
		return -1;
	if (hs_page_complete(&l->page, l->require_pages, e) == 0)
		return 0;
	if (!l->allow_incomplete || l->in.line == 0 || !proven)
		return -1;
	l->warn("%s; it is loaded all the same", e->text);
	return 0;
}

/* The key: as asked; in a merge, else, the object's own; in a replacement
 * that where the records have it. */
static int
set_key(struct hs_sqlload *l, struct hs_err *e)
{
	struct hs_schema *s = &l->rows.schema;
	const char *key = hs_object_kind_of(l->page.last.object)->key;

	if (l->key.n == 0 && !l->merge && !l->keyed) {
		const struct hs_field *f = hs_schema_field(s, hs_span_str(key));
		if (!f || f->filled < s->records)
			return 0;
	}
	if (l->key.n == 0 && hs_columns_list(&l->key, key, e) < 0)
		return -1;
	return hs_schema_set_key(s, &l->key, e);
}

int
hs_sqlload_read(struct hs_sqlload *l, struct hs_err *e)
{
	struct hs_page *pg = &l->page;
	struct hs_schema *s = &l->rows.schema;
	int got;

	while ((got = hs_page_next(pg, e)) > 0) {
		while ((got = hs_page_record(pg, e)) > 0)
			if (hs_copyrows_add(&l->rows, pg, e) < 0)
				return -1;
		if (got < 0)
			return -1;
	}
	if (got < 0 || judge(l, e) < 0 || hs_schema_end(s, pg, e) < 0)
		return -1;
	if (s->records > 0 && s->n == 0)
		return hs_err_set(e, HS_DATA,
		    "%s: its records have no members, so there are no columns",
		    pg->in->name);
	hs_declared_warn(s, l->warn);
	return set_key(l, e);
}

void
hs_sqlload_free(struct hs_sqlload *l)
{
	hs_in_close(&l->in);
	hs_copyrows_free(&l->rows);
	hs_columns_free(&l->key);
	hs_tableschema_free(&l->types);
}
