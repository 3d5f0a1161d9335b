/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_RUN_YAML_H
#define HS_RUN_YAML_H

#include <stddef.h>

#include "err.h"
#include "span.h"
#include "tree.h"

/*
 * YAML documents as trees whose nodes know their place in the text.  libyaml
 * accepts much that no pipeline needs.  Refused here (HS_CONFIG, with line
 * and column) are duplicate keys, keys that are not text, NUL escapes, tags
 * other than !!str, bytes that are not UTF-8, and whatever exceeds the bounds
 * here and in tree.h.  An alias is the node of its anchor, not a copy, and it
 * counts each time it is used: a "billion laughs" file takes no memory and is
 * refused.
 *
 * A text may hold a token, so texts are wiped when they are released, and so
 * are libyaml's copies of them.
 */
#define DOCUMENTS_SIZE ((size_t)1 << 20) /* bytes of text */

struct documents;

/* text stays the caller's and must last until documents_close().  NULL: no
 * memory, larger than DOCUMENTS_SIZE, or not UTF-8. */
struct documents *documents_open(struct hs_span text, struct hs_err *e);

/* 1: *root is the next document, valid until the next call.  0: no more
 * documents.  -1: the text is wrong. */
int documents_next(struct documents *d, struct node **root, struct hs_err *e);

void documents_close(struct documents *d);

#endif
