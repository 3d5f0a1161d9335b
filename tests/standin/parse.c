/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* A small JSON reader for the bodies of batch reads and searches. */
#include "parse.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "bytes.h"

#define DEPTH_MAX 64

struct text {
	const char *at;
	const char *end;
};

static struct node *parse_value(struct text *t, int depth);

static void
skip_space(struct text *t)
{
	while (t->at < t->end && *t->at && strchr(" \t\r\n", *t->at))
		t->at++;
}

static bool
take(struct text *t, char c)
{
	skip_space(t);
	if (t->at == t->end || *t->at != c)
		return false;
	t->at++;
	return true;
}

static void
add_utf8(struct bytes *b, unsigned c)
{
	if (c < 0x80) {
		bytes_char(b, (char)c);
	} else if (c < 0x800) {
		bytes_char(b, (char)(0xc0 | c >> 6));
		bytes_char(b, (char)(0x80 | (c & 63)));
	} else {
		bytes_char(b, (char)(0xe0 | c >> 12));
		bytes_char(b, (char)(0x80 | (c >> 6 & 63)));
		bytes_char(b, (char)(0x80 | (c & 63)));
	}
}

/* Surrogates stay apart: no name or id that matters here has any. */
static bool
add_escape(struct bytes *b, struct text *t)
{
	static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
	char c = *t->at++;
	const char *at = c ? strchr(from, c) : NULL;

	if (at != NULL) {
		bytes_char(b, to[at - from]);
		return true;
	}
	if (c != 'u' || t->end - t->at < 4)
		return false;
	char digits[5] = {t->at[0], t->at[1], t->at[2], t->at[3], 0};
	char *end;
	unsigned long code = strtoul(digits, &end, 16);
	if (end != digits + 4)
		return false;
	t->at += 4;
	add_utf8(b, (unsigned)code);
	return true;
}

static char *
parse_string(struct text *t)
{
	struct bytes b = {0};

	if (!take(t, '"'))
		return NULL;
	while (t->at < t->end && *t->at != '"') {
		char c = *t->at++;
		if (c != '\\') {
			bytes_char(&b, c);
		} else if (t->at == t->end || !add_escape(&b, t)) {
			bytes_free(&b);
			return NULL;
		}
	}
	if (t->at == t->end) {
		bytes_free(&b);
		return NULL;
	}
	t->at++;
	bytes_end(&b);
	return b.at;
}

static struct node *
parse_list(struct text *t, struct node *list, char close, int depth)
{
	struct node **last = &list->first;

	if (take(t, close))
		return list;
	do {
		char *name = NULL;
		if (close == '}') {
			name = parse_string(t);
			if (name == NULL || !take(t, ':')) {
				free(name);
				goto bad;
			}
		}
		*last = parse_value(t, depth + 1);
		if (*last == NULL) {
			free(name);
			goto bad;
		}
		(*last)->name = name;
		last = &(*last)->next;
	} while (take(t, ','));
	if (take(t, close))
		return list;
bad:
	node_free(list);
	return NULL;
}

static struct node *
parse_word(struct text *t, struct node *node)
{
	const char *start = t->at;

	while (t->at < t->end && *t->at && !strchr(",]} \t\r\n", *t->at))
		t->at++;
	node->text = strndup(start, (size_t)(t->at - start));
	if (strcmp(node->text, "null") == 0) {
		node->kind = NODE_NULL;
	} else if (strcmp(node->text, "true") == 0 ||
		   strcmp(node->text, "false") == 0) {
		node->kind = NODE_BOOL;
	} else if (*node->text && strchr("-0123456789", *node->text)) {
		node->kind = NODE_NUMBER;
	} else {
		node_free(node);
		return NULL;
	}
	return node;
}

static struct node *
parse_value(struct text *t, int depth)
{
	skip_space(t);
	if (t->at == t->end || depth > DEPTH_MAX)
		return NULL;
	struct node *node = calloc(1, sizeof(*node));
	if (node == NULL)
		abort();
	if (*t->at == '"') {
		node->kind = NODE_STRING;
		node->text = parse_string(t);
		if (node->text != NULL)
			return node;
		node_free(node);
		return NULL;
	}
	if (*t->at != '{' && *t->at != '[')
		return parse_word(t, node);
	node->kind = *t->at == '{' ? NODE_OBJECT : NODE_ARRAY;
	t->at++;
	return parse_list(
	    t, node, node->kind == NODE_OBJECT ? '}' : ']', depth);
}

struct node *
node_parse(const char *s, size_t n)
{
	struct text t = {s, s + n};
	struct node *node = parse_value(&t, 0);

	skip_space(&t);
	if (node != NULL && t.at != t.end) {
		node_free(node);
		return NULL;
	}
	return node;
}

void
node_free(struct node *node)
{
	while (node != NULL) {
		struct node *next = node->next;
		node_free(node->first);
		free(node->name);
		free(node->text);
		free(node);
		node = next;
	}
}

struct node *
node_get(const struct node *node, const char *name)
{
	if (node == NULL || node->kind != NODE_OBJECT)
		return NULL;
	for (struct node *n = node->first; n != NULL; n = n->next)
		if (strcmp(n->name, name) == 0)
			return n;
	return NULL;
}

const char *
node_text(const struct node *node, const char *name)
{
	const struct node *n = node_get(node, name);

	if (n == NULL || (n->kind != NODE_STRING && n->kind != NODE_NUMBER))
		return NULL;
	return n->text;
}

char *
node_join(const struct node *node, const char *name)
{
	struct bytes b = {0};

	if (node_get(node, name) == NULL)
		return NULL;
	for (struct node *n = node_list(node, name); n; n = n->next) {
		if (n->kind != NODE_STRING)
			continue;
		bytes_str(&b, b.len ? "," : "");
		bytes_str(&b, n->text);
	}
	bytes_end(&b);
	return b.at;
}

struct node *
node_list(const struct node *node, const char *name)
{
	const struct node *n = node_get(node, name);

	return n != NULL && n->kind == NODE_ARRAY ? n->first : NULL;
}
