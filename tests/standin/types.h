/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef STANDIN_TYPES_H
#define STANDIN_TYPES_H

#include <stddef.h>

struct portal;
struct type;

/* The tables behind portal_init(): which types there are. */
void types_add_standard(struct portal *p);
void types_add_custom(struct portal *p);

/* One more custom type; the strings are copied.  NULL if there's no room. */
struct type *types_add(struct portal *p, const char *name, const char *id,
    const char *label, const char *labels, size_t count);

#endif
