/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* The columns of a table. */
#include "columns.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* FNV-1a (Fowler, Noll, Vo): short names, and the bound on their number
 * bounds what a hostile choice of them can cost. */
static size_t
hash(struct hs_span name)
{
	uint64_t h = UINT64_C(0xcbf29ce484222325);

	for (size_t i = 0; i < name.len; i++)
		h = (h ^ (unsigned char)name.p[i]) * UINT64_C(0x100000001b3);
	return (size_t)(h ^ h >> 32);
}

/* The slot that holds name, or the empty one where it belongs. */
static size_t *
slot_of(const struct hs_columns *c, struct hs_span name)
{
	size_t i = hash(name) & (c->slots - 1);

	while (c->slot[i] && !hs_span_eq(c->name[c->slot[i] - 1], name))
		i = (i + 1) & (c->slots - 1);
	return &c->slot[i];
}

/* Room for one more column: the table of slots stays at most half full. */
static int
grow(struct hs_columns *c, struct hs_err *e)
{
	if (c->n == c->cap) {
		size_t cap = c->cap ? c->cap * 2 : 64;
		void *v = reallocarray(c->name, cap, sizeof(*c->name));
		if (!v)
			return hs_err_mem(e, "column names");
		c->name = v;
		c->cap = cap;
	}
	if (c->n * 2 < c->slots)
		return 0;
	size_t slots = c->slots ? c->slots * 2 : 128;
	size_t *slot = calloc(slots, sizeof(*slot));
	if (!slot)
		return hs_err_mem(e, "column names");
	free(c->slot);
	c->slot = slot;
	c->slots = slots;
	for (size_t i = 0; i < c->n; i++)
		*slot_of(c, c->name[i]) = i + 1;
	return 0;
}

static int
insert(
    struct hs_columns *c, struct hs_span name, size_t *index, struct hs_err *e)
{
	if (c->n >= HS_COLUMNS_MAX)
		return hs_err_set(
		    e, HS_DATA, "more than %d columns", HS_COLUMNS_MAX);
	char *copy = malloc(name.len + 1);
	if (!copy)
		return hs_err_mem(e, "column names");
	if (name.len > 0)
		memcpy(copy, name.p, name.len);
	copy[name.len] = '\0';
	c->backslash |= memchr(copy, '\\', name.len) != NULL;
	c->name[c->n] = hs_span(copy, name.len);
	*slot_of(c, name) = c->n + 1;
	*index = c->n++;
	return 0;
}

/* What a key says, its escapes resolved in the scratch buffer. */
static int
spelled_out(struct hs_columns *c, struct hs_span *key, struct hs_err *e)
{
	size_t lone = 0;

	if (!memchr(key->p, '\\', key->len))
		return 0;
	hs_buf_clear(&c->scratch);
	if (hs_buf_reserve(&c->scratch, key->len) < 0)
		return hs_err_mem(e, "a column name");
	size_t n = hs_scan_decode(*key, c->scratch.data, &lone);
	if (lone)
		return hs_err_set(e, HS_DATA,
		    "a column name holds half a surrogate pair, which UTF-8 "
		    "cannot express");
	*key = hs_span(c->scratch.data, n);
	return 0;
}

int
hs_columns_find(
    struct hs_columns *c, struct hs_span key, size_t *index, struct hs_err *e)
{
	if (c->guess < c->n && hs_span_eq(c->name[c->guess], key) &&
	    !(c->backslash && memchr(key.p, '\\', key.len))) {
		*index = c->guess++;
		return 0;
	}
	if (spelled_out(c, &key, e) < 0 || hs_columns_add(c, key, index, e) < 0)
		return -1;
	c->guess = *index + 1;
	return 0;
}

int
hs_columns_add(
    struct hs_columns *c, struct hs_span name, size_t *index, struct hs_err *e)
{
	if (grow(c, e) < 0)
		return -1;
	size_t found = *slot_of(c, name);
	if (!found)
		return insert(c, name, index, e);
	*index = found - 1;
	return 0;
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
	return c->slots > 0 ? *slot_of(c, name) - 1 : HS_COLUMNS_NONE;
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
	free(c->slot);
	hs_buf_free(&c->scratch);
	*c = (struct hs_columns){0};
}
