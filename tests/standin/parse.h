/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef STANDIN_PARSE_H
#define STANDIN_PARSE_H

#include <stddef.h>

/*
 * The JSON bodies of requests, read into a tree.  Strings are decoded and
 * terminated; a number keeps its text.  The tree is independent of the text
 * it was read from and ends with node_free().
 */
enum node_kind {
	NODE_NULL,
	NODE_BOOL,
	NODE_NUMBER,
	NODE_STRING,
	NODE_ARRAY,
	NODE_OBJECT
};

struct node {
	enum node_kind kind;
	char *name;	    /* as a member of an object */
	char *text;	    /* of a string, a number, a literal */
	struct node *first; /* of an array or an object */
	struct node *next;
};

/* NULL if it isn't JSON. */
struct node *node_parse(const char *s, size_t n);

void node_free(struct node *);

/* The member's node, NULL where there is none (or no object). */
struct node *node_get(const struct node *, const char *name);

/* The text of a string or number member, else NULL. */
const char *node_text(const struct node *, const char *name);

/* The strings of the array in that member, with commas between them; NULL
 * without the member.  The caller frees it. */
char *node_join(const struct node *, const char *name);

/* The first child of the array in that member, else NULL. */
struct node *node_list(const struct node *, const char *name);

#endif
