/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef FETCH_SEEN_H
#define FETCH_SEEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "span.h"

/*
 * The ids that have come, to notice one that comes twice.  While they ascend,
 * which is the rule, an id costs the bytes of its distance to the last one;
 * once they do not, eight to sixteen bytes.  A zeroed struct is empty.
 */
struct seen {
	uint64_t last;
	size_t n;
	struct hs_buf steps; /* distances, seven bits a byte */
	uint64_t *table;     /* open addressing, 0 is free */
	size_t slots, used;
};

/* 1: the id is new.  0: it has come before.  -1: no memory. */
int seen_add(struct seen *s, uint64_t id);

/* The number that text says (1 to 18 digits, no leading zero): true. */
bool seen_number(struct hs_span text, uint64_t *number);

/* For an id that is no number: 64 bits that stand for it in this process. */
uint64_t seen_hash(struct hs_span text);

void seen_free(struct seen *s);

#endif
