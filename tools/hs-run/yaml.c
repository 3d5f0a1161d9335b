/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* YAML documents as trees of bounded size. */
#include "yaml.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

#include "grow.h"
#include "utf8.h"

struct anchor {
	char *name;
	struct node *node;
};

struct documents {
	struct hs_span text;
	yaml_parser_t parser;
	struct node *nodes; /* of the document, the newest first */
	struct node *open[DOCUMENT_DEPTH];
	int depth;
	struct node *root;
	struct anchor anchor[DOCUMENT_ANCHORS];
	size_t anchors;
};

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

static int
no_memory(struct hs_err *e)
{
	return hs_err_set(e, HS_SYSTEM, "out of memory for YAML");
}

/* libyaml counts from 0. */
static struct mark
place(yaml_mark_t m)
{
	return (struct mark){m.line + 1, m.column + 1};
}

/* The place of a byte. */
static struct mark
place_of_byte(const struct documents *d, size_t offset)
{
	struct mark at = {1, 1};

	for (size_t i = 0; i < offset && i < d->text.len; i++) {
		unsigned char c = (unsigned char)d->text.p[i];
		if (c == '\n') {
			at.line++;
			at.column = 1;
		} else if ((c & 0xc0) != 0x80) {
			at.column++;
		}
	}
	return at;
}

static int
check_text(const struct documents *d, struct hs_err *e)
{
	if (d->text.len > DOCUMENTS_SIZE)
		return hs_err_set(e, HS_CONFIG,
		    "larger than %zu bytes: this is no pipeline",
		    DOCUMENTS_SIZE);
	size_t valid = hs_utf8_valid(d->text);
	if (valid < d->text.len)
		return fault_at(place_of_byte(d, valid), e, "not UTF-8");
	return 0;
}

struct documents *
documents_open(struct hs_span text, struct hs_err *e)
{
	struct documents *d = calloc(1, sizeof *d);

	if (!d || !yaml_parser_initialize(&d->parser)) {
		free(d);
		no_memory(e);
		return NULL;
	}
	d->text = text;
	if (check_text(d, e) < 0) {
		documents_close(d);
		return NULL;
	}
	/* When libyaml is told the encoding, it reads a byte order mark as
	 * text. */
	if (text.len > 2 && memcmp(text.p, "\xef\xbb\xbf", 3) == 0)
		d->text = hs_span(text.p + 3, text.len - 3);
	yaml_parser_set_encoding(&d->parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(
	    &d->parser, (const unsigned char *)d->text.p, d->text.len);
	return d;
}

static void
wipe(void *start, const void *end)
{
	if (start)
		explicit_bzero(
		    start, (size_t)((const char *)end - (const char *)start));
}

/* Wipes what libyaml holds: its buffers, and texts that it has read and not
 * yet given out.  What its own buffers left behind as they grew is out of
 * reach. */
static void
wipe_parser(yaml_parser_t *p)
{
	wipe(p->raw_buffer.start, p->raw_buffer.end);
	wipe(p->buffer.start, p->buffer.end);
	for (yaml_token_t *t = p->tokens.head; t && t < p->tokens.tail; t++)
		if (t->type == YAML_SCALAR_TOKEN)
			wipe(t->data.scalar.value,
			    t->data.scalar.value + t->data.scalar.length);
}

/* The same for an event, which is then released. */
static void
end_event(yaml_event_t *ev)
{
	if (ev->type == YAML_SCALAR_EVENT)
		wipe(ev->data.scalar.value,
		    ev->data.scalar.value + ev->data.scalar.length);
	yaml_event_delete(ev);
}

/* Releases the document that was read. */
static void
forget(struct documents *d)
{
	while (d->nodes) {
		struct node *n = d->nodes;
		d->nodes = n->next;
		if (n->text)
			wipe(n->text, n->text + strlen(n->text));
		free(n->text);
		free(n->item);
		free(n);
	}
	while (d->anchors)
		free(d->anchor[--d->anchors].name);
	d->root = NULL;
	d->depth = 0;
}

void
documents_close(struct documents *d)
{
	if (!d)
		return;
	forget(d);
	wipe_parser(&d->parser);
	yaml_parser_delete(&d->parser);
	free(d);
}

/* Whether a tab is where libyaml stopped.  Its index counts characters. */
static bool
is_at_tab(const struct documents *d, yaml_mark_t m)
{
	const char *p = d->text.p, *end = p + d->text.len;

	if (m.index >= d->text.len)
		return false;
	for (size_t i = m.index; i && p < end; i--)
		p += hs_utf8_len(p, end);
	return p < end && *p == '\t';
}

/* libyaml's own words, except for the most common mistake. */
static int
parser_fault(const struct documents *d, struct hs_err *e)
{
	const yaml_parser_t *p = &d->parser;
	const char *why = p->problem ? p->problem : "not YAML";

	if (p->error == YAML_MEMORY_ERROR)
		return no_memory(e);
	if (p->error == YAML_READER_ERROR)
		return fault_at(
		    place_of_byte(d, p->problem_offset), e, "%s", why);
	if (strstr(why, "cannot start any token") &&
	    is_at_tab(d, p->problem_mark))
		why = "a tab; YAML is indented with spaces";
	return fault_at(place(p->problem_mark), e, "%s", why);
}

static struct node *
new_node(
    struct documents *d, enum node_kind kind, struct mark at, struct hs_err *e)
{
	struct node *n = calloc(1, sizeof *n);

	if (!n) {
		no_memory(e);
		return NULL;
	}
	n->kind = kind;
	n->at = at;
	n->weight = 1;
	n->next = d->nodes;
	d->nodes = n;
	return n;
}

/* Gives n a name for aliases; later anchors hide earlier ones. */
static int
set_anchor(struct documents *d, struct node *n, const unsigned char *name,
    struct hs_err *e)
{
	if (!name)
		return 0;
	if (d->anchors == DOCUMENT_ANCHORS)
		return fault_at(n->at, e, "too many anchors");
	struct anchor *a = &d->anchor[d->anchors];
	a->name = strdup((const char *)name);
	a->node = n;
	if (!a->name)
		return no_memory(e);
	d->anchors++;
	return 0;
}

static struct node *
find_anchor(const struct documents *d, const char *name)
{
	for (size_t i = d->anchors; i-- > 0;)
		if (strcmp(d->anchor[i].name, name) == 0)
			return d->anchor[i].node;
	return NULL;
}

static bool
is_open(const struct documents *d, const struct node *n)
{
	for (int i = 0; i < d->depth; i++)
		if (d->open[i] == n)
			return true;
	return false;
}

/* Adds n, which is whole, to the list or map that is being read. */
static int
attach(struct documents *d, struct node *n, struct mark at, struct hs_err *e)
{
	if (d->depth == 0) {
		d->root = n;
		return 0;
	}
	struct node *up = d->open[d->depth - 1];
	up->weight += n->weight;
	if (up->weight > DOCUMENT_NODES)
		return fault_at(at, e, "too many values, aliases included");
	if (HS_GROW(up->item, up->items, up->cap) < 0)
		return no_memory(e);
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
add_text(struct documents *d, const yaml_event_t *ev, struct hs_err *e)
{
	struct mark at = place(ev->start_mark);
	const char *s = (const char *)ev->data.scalar.value;
	const char *tag = (const char *)ev->data.scalar.tag;
	size_t len = ev->data.scalar.length;

	if (memchr(s, '\0', len))
		return fault_at(at, e, "a NUL in a text");
	if (tag && strcmp(tag, "!") != 0 && strcmp(tag, YAML_STR_TAG) != 0)
		return fault_at(at, e, "a tag; leave it out");
	struct node *n = new_node(d, NODE_TEXT, at, e);
	if (!n)
		return -1;
	n->text = strndup(s, len);
	if (!n->text)
		return no_memory(e);
	n->null = ev->data.scalar.style == YAML_PLAIN_SCALAR_STYLE && !tag &&
		  says_null(n->text);
	if (set_anchor(d, n, ev->data.scalar.anchor, e) < 0)
		return -1;
	return attach(d, n, at, e);
}

static int
add_alias(struct documents *d, const yaml_event_t *ev, struct hs_err *e)
{
	struct mark at = place(ev->start_mark);
	struct node *n = find_anchor(d, (const char *)ev->data.alias.anchor);

	if (!n)
		return fault_at(at, e, "an alias without its anchor");
	if (is_open(d, n))
		return fault_at(at, e, "an alias inside what it stands for");
	return attach(d, n, at, e);
}

/* A list or a map begins. */
static int
enter(struct documents *d, struct node *n, const unsigned char *anchor,
    const unsigned char *tag, struct hs_err *e)
{
	if (!n)
		return -1;
	if (d->depth == DOCUMENT_DEPTH)
		return fault_at(n->at, e, "nested too deeply");
	if (tag)
		return fault_at(n->at, e, "a tag; leave it out");
	if (set_anchor(d, n, anchor, e) < 0)
		return -1;
	d->open[d->depth++] = n;
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

/* A list or a map ends. */
static int
leave(struct documents *d, struct mark at, struct hs_err *e)
{
	struct node *n = d->open[--d->depth];

	if (n->kind == NODE_MAP && check_keys(n, e) < 0)
		return -1;
	return attach(d, n, at, e);
}

/* 1: the document ended.  2: the text ended. */
static int
take(struct documents *d, const yaml_event_t *ev, struct hs_err *e)
{
	struct mark at = place(ev->start_mark);

	switch (ev->type) {
	case YAML_SCALAR_EVENT: return add_text(d, ev, e);
	case YAML_ALIAS_EVENT: return add_alias(d, ev, e);
	case YAML_SEQUENCE_START_EVENT:
		return enter(d, new_node(d, NODE_LIST, at, e),
		    ev->data.sequence_start.anchor, ev->data.sequence_start.tag,
		    e);
	case YAML_MAPPING_START_EVENT:
		return enter(d, new_node(d, NODE_MAP, at, e),
		    ev->data.mapping_start.anchor, ev->data.mapping_start.tag,
		    e);
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT: return leave(d, at, e);
	case YAML_DOCUMENT_END_EVENT: return 1;
	case YAML_STREAM_END_EVENT: return 2;
	default: return 0;
	}
}

int
documents_next(struct documents *d, struct node **root, struct hs_err *e)
{
	int r = 0;

	forget(d);
	while (r == 0) {
		yaml_event_t ev;
		if (!yaml_parser_parse(&d->parser, &ev))
			return parser_fault(d, e);
		r = take(d, &ev, e);
		/* After the end libyaml gives events without a type for
		 * ever. */
		if (ev.type == YAML_NO_EVENT)
			r = 2;
		end_event(&ev);
	}
	*root = d->root;
	return r == 1 ? 1 : r == 2 ? 0 : -1;
}
