/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_LABEL_HEADINGS_H
#define HS_LABEL_HEADINGS_H

#include "buf.h"
#include "err.h"
#include "properties.h"

/*
 * Headings are the labels of properties, as the names of their members.  No
 * two are the same, and none is the name of a property or of a record's own
 * member: where it would be, the property's name follows in brackets, "Amount
 * (amount)", as often as it takes.  With the suffix " (label)" they name the
 * members that hold labels, for which the same is true.
 */
#define HEADINGS_LABEL " (label)"

/* Gives each property that is chosen its heading.  One whose label is its name,
 * or no text that UTF-8 can express, has none.  `apart` says that labels have
 * members of their own. */
int headings_make(struct properties *p, bool apart, struct hs_err *e);

/* Puts the label of a property with so many brackets and the suffix into b,
 * which it replaces; b remembers a failure. */
void headings_spell(const struct properties *p, const struct property *v,
    unsigned brackets, const char *suffix, struct hs_buf *b);

#endif
