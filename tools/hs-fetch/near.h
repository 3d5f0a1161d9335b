/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef FETCH_NEAR_H
#define FETCH_NEAR_H

#include "lookup.h"

/* Those names that are spelled most nearly like name, for a message: "a, b",
 * at most three, in text.  "" when none is like it, or one is the same. */
void near_names(
    const struct names *names, struct hs_span name, char *text, size_t size);

#endif
