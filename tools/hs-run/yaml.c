/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* YAML documents, read with libyaml. */
#include "yaml.h"

#include <stdlib.h>
#include <string.h>
#include <yaml.h>

#include "utf8.h"

struct documents {
	struct hs_span text;
	yaml_parser_t parser;
	struct tree tree; /* of the document */
};

/* libyaml counts from 0. */
static struct mark
place(yaml_mark_t m)
{
	return (struct mark){m.line + 1, m.column + 1};
}

static const char *
name_of(const yaml_char_t *anchor)
{
	return (const char *)anchor;
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
		hs_err_mem(e, "YAML");
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

void
documents_close(struct documents *d)
{
	if (!d)
		return;
	tree_forget(&d->tree);
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
		return hs_err_mem(e, "YAML");
	if (p->error == YAML_READER_ERROR)
		return fault_at(
		    place_of_byte(d, p->problem_offset), e, "%s", why);
	if (strstr(why, "cannot start any token") &&
	    is_at_tab(d, p->problem_mark))
		why = "a tab; YAML is indented with spaces";
	return fault_at(place(p->problem_mark), e, "%s", why);
}

static bool
says_null(const char *s)
{
	return *s == '\0' || strcmp(s, "~") == 0 || strcmp(s, "null") == 0 ||
	       strcmp(s, "Null") == 0 || strcmp(s, "NULL") == 0;
}

static int
add_text(struct tree *t, const yaml_event_t *ev, struct hs_err *e)
{
	struct mark at = place(ev->start_mark);
	const char *s = (const char *)ev->data.scalar.value;
	const char *tag = (const char *)ev->data.scalar.tag;
	bool plain = ev->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
	size_t len = ev->data.scalar.length;

	if (memchr(s, '\0', len))
		return fault_at(at, e, "a NUL in a text");
	if (tag && strcmp(tag, "!") != 0 && strcmp(tag, YAML_STR_TAG) != 0)
		return fault_at(at, e, "a tag; leave it out");
	return tree_text(t, hs_span(s, len), plain && !tag && says_null(s),
	    name_of(ev->data.scalar.anchor), at, e);
}

/* A list or a map begins. */
static int
enter(struct tree *t, enum node_kind kind, const yaml_event_t *ev,
    const yaml_char_t *anchor, const yaml_char_t *tag, struct hs_err *e)
{
	struct mark at = place(ev->start_mark);

	if (tag)
		return fault_at(at, e, "a tag; leave it out");
	return tree_enter(t, kind, name_of(anchor), at, e);
}

/* 1: the document ended.  2: the text ended. */
static int
take(struct tree *t, const yaml_event_t *ev, struct hs_err *e)
{
	struct mark at = place(ev->start_mark);

	switch (ev->type) {
	case YAML_SCALAR_EVENT: return add_text(t, ev, e);
	case YAML_ALIAS_EVENT:
		return tree_alias(t, name_of(ev->data.alias.anchor), at, e);
	case YAML_SEQUENCE_START_EVENT:
		return enter(t, NODE_LIST, ev, ev->data.sequence_start.anchor,
		    ev->data.sequence_start.tag, e);
	case YAML_MAPPING_START_EVENT:
		return enter(t, NODE_MAP, ev, ev->data.mapping_start.anchor,
		    ev->data.mapping_start.tag, e);
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT: return tree_leave(t, at, e);
	case YAML_DOCUMENT_END_EVENT: return 1;
	case YAML_STREAM_END_EVENT: return 2;
	default: return 0;
	}
}

int
documents_next(struct documents *d, struct node **root, struct hs_err *e)
{
	int r = 0;

	tree_forget(&d->tree);
	while (r == 0) {
		yaml_event_t ev;
		if (!yaml_parser_parse(&d->parser, &ev))
			return parser_fault(d, e);
		r = take(&d->tree, &ev, e);
		/* After the end libyaml gives events without a type for
		 * ever. */
		if (ev.type == YAML_NO_EVENT)
			r = 2;
		end_event(&ev);
	}
	*root = d->tree.root;
	return r == 1 ? 1 : r == 2 ? 0 : -1;
}
