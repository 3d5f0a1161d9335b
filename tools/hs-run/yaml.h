/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_RUN_YAML_H
#define HS_RUN_YAML_H

#include <stdbool.h>
#include <stddef.h>

#include "err.h"
#include "span.h"

/*
 * YAML documents as trees whose nodes know their place in the text.  libyaml
 * accepts much that no pipeline needs.  Refused here (HS_CONFIG, with line
 * and column) are duplicate keys, keys that are not text, NUL escapes, tags
 * other than !!str, bytes that are not UTF-8, and whatever exceeds the bounds
 * below.  An alias is the node of its anchor, not a copy, and it counts each
 * time it is used: a "billion laughs" file takes no memory and is refused.
 *
 * A text may hold a token, so texts are wiped when they are released, and so
 * are libyaml's copies of them.
 */
#define DOCUMENTS_SIZE ((size_t)1 << 20) /* bytes of text */
#define DOCUMENT_DEPTH 32
#define DOCUMENT_NODES 10000 /* in a document, aliases followed */
#define DOCUMENT_ANCHORS 100

/* A place in the text, from 1; a column is a character. */
struct mark {
	size_t line, column;
};

enum node_kind {
	NODE_TEXT,
	NODE_LIST,
	NODE_MAP,
};

struct node {
	enum node_kind kind;
	struct mark at;
	char *text;	    /* of a text; has no NUL inside */
	bool null;	    /* a text that is null, ~ or empty */
	struct node **item; /* of a list; a map has key, value, key, … */
	size_t items, cap;
	size_t weight;	   /* private: this node and those below it */
	struct node *next; /* private: all nodes of the document */
};

struct documents;

/* text stays the caller's and must last until documents_close().  NULL: no
 * memory, larger than DOCUMENTS_SIZE, or not UTF-8. */
struct documents *documents_open(struct hs_span text, struct hs_err *e);

/* 1: *root is the next document, valid until the next call.  0: no more
 * documents.  -1: the text is wrong. */
int documents_next(struct documents *d, struct node **root, struct hs_err *e);

void documents_close(struct documents *d);

/* Fills e (HS_CONFIG) with "line L, column C: …"; returns -1. */
int fault_at(struct mark at, struct hs_err *e, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

#endif
