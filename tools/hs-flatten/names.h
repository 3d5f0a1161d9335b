/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_FLATTEN_NAME_H
#define HS_FLATTEN_NAME_H

#include <stdbool.h>

#include "buf.h"
#include "scan.h"
#include "span.h"

/*
 * How flatten.c keeps the names of a flat record apart (flatten.h has the
 * rule).  A record has been read into f.  Nearly always one look tells that no
 * name is there twice; only otherwise are they looked up.
 *
 * Failure is -1, with the reason in f->why.
 */
struct hs_flatten;

/* Whether it can be told at a glance that no name is there twice. */
bool hs_flatten_differ(const struct hs_flatten *f);

/* Builds the sets of names that are taken by members and by properties. */
int hs_flatten_names(struct hs_flatten *f);

/* Appends as many prefixes as make the member's name a new one. */
int hs_flatten_prefix(struct hs_flatten *f, struct hs_buf *b,
    const struct hs_member *m, struct hs_span prefix, bool is_property);

#endif
