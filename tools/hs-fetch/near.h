/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef FETCH_NEAR_H
#define FETCH_NEAR_H

#include "lookup.h"

/* Those names that are spelled much like name, for a message: "a, b", the
 * nearest first and at most three, in text; "" when there are none. */
void near_names(
    const struct names *names, struct hs_span name, char *text, size_t size);

#endif
