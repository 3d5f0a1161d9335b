/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_LABEL_MEMO_H
#define HS_LABEL_MEMO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "hash.h"
#include "span.h"

/*
 * The labels that were found lately, by the text of the value as it came, with
 * its escapes and all that semicolons join.  Only speed depends on it: each
 * value has one slot, and another value may take it.
 *
 * Zeroed is empty.  Its memory has a bound.
 */
#define MEMO_SLOTS 4096 /* a power of two */
#define MEMO_TEXT ((size_t)1 << 20)
#define MEMO_ONE ((size_t)2000) /* bytes of a value and its label */

struct memo_slot {
	uint64_t key; /* 0: the slot is empty */
	uint32_t at;  /* in text: the value, behind it the label */
	uint16_t value, label;
	unsigned labels; /* that were joined */
};

struct memo {
	struct memo_slot slot[MEMO_SLOTS];
	struct hs_buf text;
};

static inline size_t
memo_place(uint64_t key, struct hs_span value)
{
	return (size_t)hs_hash_more(key, value) & (MEMO_SLOTS - 1);
}

/* The label of a value: how many labels were joined in it; 0: not known.  The
 * key says whose value it is, and is not 0.  *label lasts until something is
 * added. */
static inline unsigned
memo_find(const struct memo *m, uint64_t key, struct hs_span value,
    struct hs_span *label)
{
	const struct memo_slot *s = &m->slot[memo_place(key, value)];

	if (s->key != key || s->value != value.len ||
	    !hs_span_same(m->text.data + s->at, value.p, value.len))
		return 0;
	*label = hs_span(m->text.data + s->at + s->value, s->label);
	return s->labels;
}

/* Keeps a label, which may be too long to be kept. */
void memo_add(struct memo *m, uint64_t key, struct hs_span value,
    struct hs_span label, unsigned labels);

#endif
