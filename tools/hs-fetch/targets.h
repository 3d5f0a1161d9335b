/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef FETCH_TARGETS_H
#define FETCH_TARGETS_H

#include "words.h"

/* The answers of the associations' endpoint, in the shape of the list's. */

/* Reads the inline page of an association that was read before. */
int link_entries(struct input *in, struct hs_span value);
/* How many ids a record's associations show under the key. */
int link_shown(struct hs_span associations, struct hs_span key, size_t *shown);
/* Adds the targets of an answer to in->results. */
int link_targets(struct input *in, struct hs_span list);
void link_free_input(struct input *in);
/* An id, written as a string or as a number. */
bool link_id(struct hs_span value, struct hs_span *id);
/* Reads the members of an object; those named go to v, in that order. */
int link_object(struct hs_scan *s, const char *const *names,
    struct hs_span *v);

#endif
