/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_CONFIG_YAML_H
#define HS_CONFIG_YAML_H

#include <stdbool.h>
#include <stddef.h>

#include "err.h"
#include "span.h"

/*
 * YAML documents as trees, every node with its place.  What libyaml lets
 * through and no pipeline needs is refused here (HS_CONFIG, with line and
 * column): duplicate keys, keys that are not text, NUL escapes, tags other
 * than !!str, bytes that are not UTF-8, and whatever passes the bounds
 * below.  An alias is the anchor's own node, not a copy, and counts as often
 * as it is used: a "billion laughs" file takes no memory and is refused.
 */
#define HS_YAML_SIZE ((size_t)1 << 20)	/* bytes of text */
#define HS_YAML_DEPTH 32
#define HS_YAML_NODES 10000	/* in a document, aliases followed */
#define HS_YAML_ANCHORS 100

enum hs_node_kind {
	HS_NODE_TEXT,
	HS_NODE_LIST,
	HS_NODE_MAP,
};

struct hs_node {
	enum hs_node_kind kind;
	size_t line, column;	/* from 1; a column is a character */
	char *text;		/* of a text: without a NUL inside */
	bool null;		/* a text that says null, ~ or nothing */
	struct hs_node **item;	/* of a list; of a map key, value, key, … */
	size_t items;
	size_t weight;		/* private: nodes below it, and itself */
	struct hs_node *next;	/* private: in the order of their making */
};

struct hs_yaml;

/* text stays the caller's, and stays until hs_yaml_close(). NULL: no memory,
 * larger than HS_YAML_SIZE, or not UTF-8. */
struct hs_yaml *hs_yaml_open(struct hs_span text, struct hs_err *e);

/* 1: *root is the next document, good until the next call.  0: there is none.
 * -1: the text is wrong. */
int hs_yaml_next(struct hs_yaml *y, struct hs_node **root, struct hs_err *e);

void hs_yaml_close(struct hs_yaml *y);

/* Fills e (HS_CONFIG) with "line L, column C: …"; returns -1. */
int hs_yaml_fault(struct hs_err *e, size_t line, size_t column,
    const char *fmt, ...) __attribute__((format(printf, 4, 5)));

#endif
