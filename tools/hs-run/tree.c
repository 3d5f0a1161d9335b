/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Trees of bounded size. */
#include "tree.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "grow.h"

int
fault_at(struct mark at, struct hs_err *e, const char *fmt, ...)
{
	char why[1024];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(why, sizeof why, fmt, ap);
	va_end(ap);
	return hs_err_set(
	    e, HS_CONFIG, "line %zu, column %zu: %s", at.line, at.column, why);
}

static struct node *
new_node(struct tree *t, enum node_kind kind, struct mark at, struct hs_err *e)
{
	struct node *n = calloc(1, sizeof *n);

	if (!n) {
		hs_err_mem(e, "YAML");
		return NULL;
	}
	n->kind = kind;
	n->at = at;
	n->weight = 1;
	n->next = t->nodes;
	t->nodes = n;
	return n;
}

/* Gives n a name for aliases; later anchors hide earlier ones. */
static int
set_anchor(struct tree *t, struct node *n, const char *name, struct hs_err *e)
{
	if (!name)
		return 0;
	if (t->anchors == DOCUMENT_ANCHORS)
		return fault_at(n->at, e, "too many anchors");
	struct anchor *a = &t->anchor[t->anchors];
	a->name = strdup(name);
	a->node = n;
	if (!a->name)
		return hs_err_mem(e, "YAML");
	t->anchors++;
	return 0;
}

static struct node *
find_anchor(const struct tree *t, const char *name)
{
	for (size_t i = t->anchors; i-- > 0;)
		if (strcmp(t->anchor[i].name, name) == 0)
			return t->anchor[i].node;
	return NULL;
}

static bool
is_open(const struct tree *t, const struct node *n)
{
	for (int i = 0; i < t->depth; i++)
		if (t->open[i] == n)
			return true;
	return false;
}

/* Adds n, which is whole, to the list or map that is being read. */
static int
attach(struct tree *t, struct node *n, struct mark at, struct hs_err *e)
{
	if (t->depth == 0) {
		t->root = n;
		return 0;
	}
	struct node *up = t->open[t->depth - 1];
	up->weight += n->weight;
	if (up->weight > DOCUMENT_NODES)
		return fault_at(at, e, "too many values, aliases included");
	if (HS_GROW(up->item, up->items, up->cap) < 0)
		return hs_err_mem(e, "YAML");
	up->item[up->items++] = n;
	return 0;
}

int
tree_text(struct tree *t, struct hs_span text, bool null, const char *anchor,
    struct mark at, struct hs_err *e)
{
	struct node *n = new_node(t, NODE_TEXT, at, e);

	if (!n)
		return -1;
	n->text = strndup(text.p, text.len);
	if (!n->text)
		return hs_err_mem(e, "YAML");
	n->null = null;
	if (set_anchor(t, n, anchor, e) < 0)
		return -1;
	return attach(t, n, at, e);
}

int
tree_alias(struct tree *t, const char *anchor, struct mark at, struct hs_err *e)
{
	struct node *n = find_anchor(t, anchor);

	if (!n)
		return fault_at(at, e, "an alias without its anchor");
	if (is_open(t, n))
		return fault_at(at, e, "an alias inside what it stands for");
	return attach(t, n, at, e);
}

int
tree_enter(struct tree *t, enum node_kind kind, const char *anchor,
    struct mark at, struct hs_err *e)
{
	if (t->depth == DOCUMENT_DEPTH)
		return fault_at(at, e, "nested too deeply");
	struct node *n = new_node(t, kind, at, e);
	if (!n || set_anchor(t, n, anchor, e) < 0)
		return -1;
	t->open[t->depth++] = n;
	return 0;
}

static int
check_keys(const struct node *map, struct hs_err *e)
{
	for (size_t i = 0; i < map->items; i += 2) {
		const struct node *key = map->item[i];
		if (key->kind != NODE_TEXT)
			return fault_at(key->at, e, "a key that is no text");
		for (size_t j = 0; j < i; j += 2)
			if (strcmp(key->text, map->item[j]->text) == 0)
				return fault_at(key->at, e,
				    "key %s appears twice; first in line %zu",
				    key->text, map->item[j]->at.line);
	}
	return 0;
}

int
tree_leave(struct tree *t, struct mark at, struct hs_err *e)
{
	struct node *n = t->open[--t->depth];

	if (n->kind == NODE_MAP && check_keys(n, e) < 0)
		return -1;
	return attach(t, n, at, e);
}

void
tree_forget(struct tree *t)
{
	while (t->nodes) {
		struct node *n = t->nodes;
		t->nodes = n->next;
		if (n->text)
			explicit_bzero(n->text, strlen(n->text));
		free(n->text);
		free(n->item);
		free(n);
	}
	while (t->anchors)
		free(t->anchor[--t->anchors].name);
	t->root = NULL;
	t->depth = 0;
}
