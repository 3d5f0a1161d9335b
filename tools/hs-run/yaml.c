/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* YAML documents as trees of bounded size. */
#include "yaml.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

#include "utf8.h"

struct anchor {
	char *name;
	struct hs_node *node;
};

struct hs_yaml {
	struct hs_span text;
	yaml_parser_t parser;
	struct hs_node *nodes; /* of the document, the newest first */
	struct hs_node *open[HS_YAML_DEPTH];
	int depth;
	struct hs_node *root;
	struct anchor anchor[HS_YAML_ANCHORS];
	size_t anchors;
};

int
hs_yaml_fault(
    struct hs_err *e, size_t line, size_t column, const char *fmt, ...)
{
	char why[1024];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(why, sizeof(why), fmt, ap);
	va_end(ap);
	return hs_err_set(
	    e, HS_CONFIG, "line %zu, column %zu: %s", line, column, why);
}

static int
fault_at(struct hs_err *e, yaml_mark_t mark, const char *why)
{
	return hs_yaml_fault(e, mark.line + 1, mark.column + 1, "%s", why);
}

/* For what is wrong with a byte rather than with the YAML it is part of. */
static int
fault_byte(struct hs_yaml *y, size_t offset, const char *why, struct hs_err *e)
{
	yaml_mark_t mark = {0};

	for (size_t i = 0; i < offset && i < y->text.len; i++) {
		unsigned char c = (unsigned char)y->text.p[i];
		if (c == '\n') {
			mark.line++;
			mark.column = 0;
		} else if ((c & 0xc0) != 0x80) {
			mark.column++;
		}
	}
	return fault_at(e, mark, why);
}

struct hs_yaml *
hs_yaml_open(struct hs_span text, struct hs_err *e)
{
	struct hs_yaml *y = calloc(1, sizeof(*y));

	if (!y || !yaml_parser_initialize(&y->parser)) {
		free(y);
		hs_err_set(e, HS_SYSTEM, "out of memory for YAML");
		return NULL;
	}
	y->text = text;
	size_t valid = hs_utf8_valid(text);
	if (text.len > HS_YAML_SIZE)
		hs_err_set(e, HS_CONFIG,
		    "larger than %zu bytes: this is no pipeline", HS_YAML_SIZE);
	else if (valid < text.len)
		fault_byte(y, valid, "not UTF-8", e);
	if (text.len > HS_YAML_SIZE || valid < text.len) {
		hs_yaml_close(y);
		return NULL;
	}
	/* Told the encoding, libyaml takes a byte order mark for text. */
	if (text.len > 2 && memcmp(text.p, "\xef\xbb\xbf", 3) == 0) {
		text = hs_span(text.p + 3, text.len - 3);
		y->text = text;
	}
	yaml_parser_set_encoding(&y->parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(
	    &y->parser, (const unsigned char *)text.p, text.len);
	return y;
}

static void
forget(struct hs_yaml *y)
{
	while (y->nodes) {
		struct hs_node *n = y->nodes;
		y->nodes = n->next;
		free(n->text);
		free(n->item);
		free(n);
	}
	while (y->anchors)
		free(y->anchor[--y->anchors].name);
	y->root = NULL;
	y->depth = 0;
}

void
hs_yaml_close(struct hs_yaml *y)
{
	if (!y)
		return;
	forget(y);
	yaml_parser_delete(&y->parser);
	free(y);
}

/* libyaml's words, with a help for the mistake that is made most. */
static int
fault_parser(struct hs_yaml *y, struct hs_err *e)
{
	const yaml_parser_t *p = &y->parser;
	const char *why = p->problem ? p->problem : "not YAML";

	if (p->error == YAML_MEMORY_ERROR)
		return hs_err_set(e, HS_SYSTEM, "out of memory for YAML");
	if (p->error == YAML_READER_ERROR)
		return fault_byte(y, p->problem_offset, why, e);
	if (p->problem_mark.index < y->text.len &&
	    strstr(why, "cannot start any token")) {
		/* The mark's index counts characters: look at the byte. */
		const char *at = y->text.p;
		const char *end = at + y->text.len;
		for (size_t i = p->problem_mark.index; i && at < end; i--)
			at += hs_utf8_len(at, end);
		if (at < end && *at == '\t')
			why = "a tab; YAML is indented with spaces";
	}
	return fault_at(e, p->problem_mark, why);
}

static struct hs_node *
new_node(struct hs_yaml *y, enum hs_node_kind kind, yaml_mark_t mark,
    struct hs_err *e)
{
	struct hs_node *n = calloc(1, sizeof(*n));

	if (!n) {
		hs_err_set(e, HS_SYSTEM, "out of memory for YAML");
		return NULL;
	}
	n->kind = kind;
	n->line = mark.line + 1;
	n->column = mark.column + 1;
	n->weight = 1;
	n->next = y->nodes;
	y->nodes = n;
	return n;
}

/* Makes n known as the anchor's name; later ones hide earlier ones. */
static int
set_anchor(struct hs_yaml *y, struct hs_node *n, const unsigned char *name,
    yaml_mark_t mark, struct hs_err *e)
{
	if (!name)
		return 0;
	if (y->anchors == HS_YAML_ANCHORS)
		return fault_at(e, mark, "more anchors than a pipeline needs");
	struct anchor *a = &y->anchor[y->anchors];
	a->name = strdup((const char *)name);
	a->node = n;
	if (!a->name)
		return hs_err_set(e, HS_SYSTEM, "out of memory for YAML");
	y->anchors++;
	return 0;
}

static struct hs_node *
find_anchor(const struct hs_yaml *y, const char *name)
{
	for (size_t i = y->anchors; i-- > 0;)
		if (strcmp(y->anchor[i].name, name) == 0)
			return y->anchor[i].node;
	return NULL;
}

static bool
is_open(const struct hs_yaml *y, const struct hs_node *n)
{
	for (int i = 0; i < y->depth; i++)
		if (y->open[i] == n)
			return true;
	return false;
}

/* Hangs n, which is whole, below the node that is open. */
static int
attach(struct hs_yaml *y, struct hs_node *n, yaml_mark_t mark, struct hs_err *e)
{
	if (y->depth == 0) {
		y->root = n;
		return 0;
	}
	struct hs_node *up = y->open[y->depth - 1];
	up->weight += n->weight;
	if (up->weight > HS_YAML_NODES)
		return fault_at(e, mark,
		    "more values than a pipeline has, aliases followed");
	/* Powers of two: grow when the number of items is one. */
	if ((up->items & (up->items - 1)) == 0) {
		size_t cap = up->items ? up->items * 2 : 1;
		void *item = realloc(up->item, cap * sizeof(struct hs_node *));
		if (!item)
			return hs_err_set(
			    e, HS_SYSTEM, "out of memory for YAML");
		up->item = item;
	}
	up->item[up->items++] = n;
	return 0;
}

static bool
says_null(const char *s)
{
	return *s == '\0' || strcmp(s, "~") == 0 || strcmp(s, "null") == 0 ||
	       strcmp(s, "Null") == 0 || strcmp(s, "NULL") == 0;
}

static int
add_text(struct hs_yaml *y, const yaml_event_t *ev, struct hs_err *e)
{
	const char *s = (const char *)ev->data.scalar.value;
	const char *tag = (const char *)ev->data.scalar.tag;
	size_t len = ev->data.scalar.length;

	if (memchr(s, '\0', len))
		return fault_at(e, ev->start_mark, "a NUL in a text");
	if (tag && strcmp(tag, "!") != 0 && strcmp(tag, YAML_STR_TAG) != 0)
		return fault_at(e, ev->start_mark, "a tag; leave it out");
	struct hs_node *n = new_node(y, HS_NODE_TEXT, ev->start_mark, e);
	if (!n)
		return -1;
	n->text = strndup(s, len);
	if (!n->text)
		return hs_err_set(e, HS_SYSTEM, "out of memory for YAML");
	n->null = ev->data.scalar.style == YAML_PLAIN_SCALAR_STYLE && !tag &&
		  says_null(n->text);
	if (set_anchor(y, n, ev->data.scalar.anchor, ev->start_mark, e) < 0)
		return -1;
	return attach(y, n, ev->start_mark, e);
}

static int
add_alias(struct hs_yaml *y, const yaml_event_t *ev, struct hs_err *e)
{
	struct hs_node *n = find_anchor(y, (const char *)ev->data.alias.anchor);

	if (!n)
		return fault_at(
		    e, ev->start_mark, "an alias without its anchor");
	if (is_open(y, n))
		return fault_at(
		    e, ev->start_mark, "an alias of what it is part of");
	return attach(y, n, ev->start_mark, e);
}

static int
enter(struct hs_yaml *y, enum hs_node_kind kind, const unsigned char *anchor,
    const unsigned char *tag, yaml_mark_t mark, struct hs_err *e)
{
	if (y->depth == HS_YAML_DEPTH)
		return fault_at(e, mark, "nested deeper than a pipeline is");
	if (tag)
		return fault_at(e, mark, "a tag; leave it out");
	struct hs_node *n = new_node(y, kind, mark, e);
	if (!n || set_anchor(y, n, anchor, mark, e) < 0)
		return -1;
	y->open[y->depth++] = n;
	return 0;
}

static int
check_keys(const struct hs_node *map, struct hs_err *e)
{
	for (size_t i = 0; i < map->items; i += 2) {
		const struct hs_node *key = map->item[i];
		if (key->kind != HS_NODE_TEXT)
			return hs_yaml_fault(
			    e, key->line, key->column, "a key that is no text");
		for (size_t j = 0; j < i; j += 2)
			if (strcmp(key->text, map->item[j]->text) == 0)
				return hs_yaml_fault(e, key->line, key->column,
				    "key %s is there twice; first in line %zu",
				    key->text, map->item[j]->line);
	}
	return 0;
}

static int
leave(struct hs_yaml *y, yaml_mark_t mark, struct hs_err *e)
{
	struct hs_node *n = y->open[--y->depth];

	if (n->kind == HS_NODE_MAP && check_keys(n, e) < 0)
		return -1;
	return attach(y, n, mark, e);
}

/* 1: the document ended.  2: the text ended. */
static int
take(struct hs_yaml *y, const yaml_event_t *ev, struct hs_err *e)
{
	switch (ev->type) {
	case YAML_SCALAR_EVENT: return add_text(y, ev, e);
	case YAML_ALIAS_EVENT: return add_alias(y, ev, e);
	case YAML_SEQUENCE_START_EVENT:
		return enter(y, HS_NODE_LIST, ev->data.sequence_start.anchor,
		    ev->data.sequence_start.tag, ev->start_mark, e);
	case YAML_MAPPING_START_EVENT:
		return enter(y, HS_NODE_MAP, ev->data.mapping_start.anchor,
		    ev->data.mapping_start.tag, ev->start_mark, e);
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT: return leave(y, ev->start_mark, e);
	case YAML_DOCUMENT_END_EVENT: return 1;
	case YAML_STREAM_END_EVENT: return 2;
	default: return 0;
	}
}

int
hs_yaml_next(struct hs_yaml *y, struct hs_node **root, struct hs_err *e)
{
	int r = 0;

	forget(y);
	while (r == 0) {
		yaml_event_t ev;
		if (!yaml_parser_parse(&y->parser, &ev))
			return fault_parser(y, e);
		r = take(y, &ev, e);
		/* Past its end libyaml gives events of no type for ever. */
		if (ev.type == YAML_NO_EVENT)
			r = 2;
		yaml_event_delete(&ev);
	}
	*root = y->root;
	return r == 1 ? 1 : r == 2 ? 0 : -1;
}
