/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_RUN_TREE_H
#define HS_RUN_TREE_H

#include <stdbool.h>
#include <stddef.h>

#include "err.h"
#include "span.h"

/*
 * The tree of a document, built from its start to its end.  It owns its nodes,
 * and wipes their texts when it releases them.  Failure is HS_CONFIG with line
 * and column, for what exceeds the bounds or is not allowed, or HS_SYSTEM.
 */
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

/* Zeroed is empty. */
struct tree {
	struct node *root; /* once it is whole */

	/* Private. */
	struct node *nodes; /* the newest first */
	struct node *open[DOCUMENT_DEPTH];
	int depth;
	struct anchor {
		char *name;
		struct node *node;
	} anchor[DOCUMENT_ANCHORS];
	size_t anchors;
};

/* Adds a text.  The anchor, here and below, is NULL for none. */
int tree_text(struct tree *t, struct hs_span text, bool null,
    const char *anchor, struct mark at, struct hs_err *e);

/* Adds the node of an anchor, once more. */
int tree_alias(
    struct tree *t, const char *anchor, struct mark at, struct hs_err *e);

/* A list or a map begins. */
int tree_enter(struct tree *t, enum node_kind kind, const char *anchor,
    struct mark at, struct hs_err *e);

/* It ends.  The keys of a map are texts, and differ. */
int tree_leave(struct tree *t, struct mark at, struct hs_err *e);

/* Makes it empty. */
void tree_forget(struct tree *t);

/* Fills e (HS_CONFIG) with "line L, column C: …"; returns -1. */
int fault_at(struct mark at, struct hs_err *e, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

#endif
