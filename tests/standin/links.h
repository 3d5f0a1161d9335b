/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef STANDIN_LINKS_H
#define STANDIN_LINKS_H

#include "assoc.h"

/* The i-th link's id, and whether it has a second label. */
uint64_t link_id(const struct links *l, uint64_t i);
bool link_labelled(const struct links *l, uint64_t i);

/* Appends the cursor that goes on from the i-th, percent-encoded. */
void link_cursor(struct bytes *b, const struct links *l, uint64_t i);

/* Appends, with a comma in front, the paging that goes on from the i-th. */
void links_paging(struct bytes *b, const struct links *l, uint64_t i,
    const char *version_path);

#endif
