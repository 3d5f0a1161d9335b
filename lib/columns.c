/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* The columns of a table. */
#include "columns.h"

#include <stdlib.h>

#include "grow.h"

/* The place of the column with a name that has the hash h. */
static size_t
look_up(const struct hs_columns *c, struct hs_span name, uint64_t h)
{
	size_t at, step = 0;

	while ((at = hs_index_next(&c->index, h, &step)) != HS_INDEX_NONE)
		if (c->name[at].len == name.len &&
		    hs_span_same(c->name[at].p, name.p, name.len))
			return at;
	return HS_COLUMNS_NONE;
}

static int
insert(struct hs_columns *c, struct hs_span name, uint64_t h, struct hs_err *e)
{
	if (c->n >= HS_COLUMNS_MAX)
		return hs_err_set(
		    e, HS_DATA, "more than %d columns", HS_COLUMNS_MAX);
	char *copy = malloc(name.len + 1);
	if (!copy || HS_GROW(c->name, c->n, c->cap) < 0 ||
	    hs_index_add(&c->index, h, c->n) < 0) {
		free(copy);
		return hs_err_mem(e, "column names");
	}
	if (name.len > 0)
		memcpy(copy, name.p, name.len);
	copy[name.len] = '\0';
	c->backslash |= memchr(copy, '\\', name.len) != NULL;
	c->name[c->n++] = hs_span(copy, name.len);
	return 0;
}

/* Resolves the escapes of a key, in the scratch buffer. */
static int
spelled_out(struct hs_columns *c, struct hs_span *key, struct hs_err *e)
{
	size_t lone = 0;

	if (hs_scan_says(*key, &c->scratch, key, &lone) < 0)
		return hs_err_mem(e, "a column name");
	if (lone && !c->replace_invalid)
		return hs_err_set(e, HS_DATA,
		    "a column name holds half a surrogate pair, which UTF-8 "
		    "cannot express; --replace-invalid writes U+FFFD for it");
	return 0;
}

int
hs_columns_find(
    struct hs_columns *c, struct hs_span key, size_t *index, struct hs_err *e)
{
	if (hs_columns_guess(c, key, index))
		return 0;
	if (spelled_out(c, &key, e) < 0 || hs_columns_add(c, key, index, e) < 0)
		return -1;
	c->guess = *index + 1;
	return 0;
}

int
hs_columns_add(
    struct hs_columns *c, struct hs_span name, size_t *index, struct hs_err *e)
{
	uint64_t h = hs_hash(name);

	*index = look_up(c, name, h);
	if (*index != HS_COLUMNS_NONE)
		return 0;
	*index = c->n;
	return insert(c, name, h, e);
}

int
hs_columns_list(struct hs_columns *c, const char *list, struct hs_err *e)
{
	for (;;) {
		struct hs_span name = hs_span(list, strcspn(list, ","));
		size_t i;
		if (name.len == 0)
			return hs_err_set(
			    e, HS_USAGE, "a column's name is missing");
		if (hs_columns_has(c, name))
			return hs_err_set(e, HS_USAGE,
			    "column %.*s stands twice", (int)name.len, list);
		if (hs_columns_add(c, name, &i, e) < 0)
			return -1;
		list += name.len;
		if (!*list++)
			return 0;
	}
}

size_t
hs_columns_at(const struct hs_columns *c, struct hs_span name)
{
	return look_up(c, name, hs_hash(name));
}

void
hs_columns_rewind(struct hs_columns *c)
{
	c->guess = 0;
}

void
hs_columns_free(struct hs_columns *c)
{
	for (size_t i = 0; i < c->n; i++)
		free((char *)(uintptr_t)c->name[i].p);
	free(c->name);
	hs_index_free(&c->index);
	hs_buf_free(&c->scratch);
	*c = (struct hs_columns){0};
}
