/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_LABEL_LABELS_H
#define HS_LABEL_LABELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "err.h"
#include "hash.h"
#include "span.h"

/*
 * The labels of values.  A value has a label within a set, such as the owners
 * or the options of one property.  Values are kept as what they say, with
 * escapes resolved; labels as the JSON strings that they came as.
 *
 * Zeroed is empty.  The table owns its texts.
 */
#define LABELS_MAX ((size_t)1 << 30) /* bytes of all texts */
#define LABELS_NONE SIZE_MAX
#define LABELS_RECENT 4096 /* a power of two */

enum labels_of {
	LABELS_OWNERS,
	LABELS_PIPELINES,
	LABELS_STAGES,	  /* of all pipelines */
	LABELS_STAGES_OF, /* of the pipeline at a place of the table */
	LABELS_OPTIONS,	  /* of a property */
};

struct label {
	uint64_t set;
	size_t at; /* in text: the value, behind it the label */
	uint32_t value, len;
	bool unclear; /* the value is there with several labels */
};

struct labels {
	struct label *v;
	size_t n, cap;
	struct hs_buf text;

	/* Private. */
	struct hs_index index;
	uint32_t recent[LABELS_RECENT]; /* places + 1 of what was found */
};

static inline uint64_t
labels_set(enum labels_of of, size_t number)
{
	return (uint64_t)number << 3 | of;
}

/* Adds a label, with its quotes, unless the set has the value: 1 or 0.  *at,
 * which may be NULL, is the value's place.  -1: no room. */
int labels_add(struct labels *l, uint64_t set, struct hs_span value,
    struct hs_span label, size_t *at, struct hs_err *e);

/* The same; a value that comes with two labels has none. */
int labels_add_clear(struct labels *l, uint64_t set, struct hs_span value,
    struct hs_span label, struct hs_err *e);

/* The place of a value, or LABELS_NONE when it has no label. */
size_t labels_find(const struct labels *l, uint64_t set, struct hs_span value);

/* The same for the text of a string as it came: *escaped says that it has
 * escapes, and that nothing was looked up.  Values that were found lately are
 * found at once; an enemy who chooses values that share a slot gains nothing
 * but the usual way. */
static inline size_t
labels_find_text(
    struct labels *l, uint64_t set, struct hs_span text, bool *escaped)
{
	uint64_t slot = (set + text.len) * 0x9e3779b97f4a7c15;
	uint32_t end = 0;

	if (text.len >= sizeof end)
		memcpy(&end, text.p + text.len - sizeof end, sizeof end);
	else if (text.len > 0)
		end = (unsigned char)text.p[text.len - 1];
	slot = (slot ^ end * 0xc2b2ae3d27d4eb4f) * 0x9e3779b97f4a7c15;
	uint32_t *recent = &l->recent[slot >> 32 & (LABELS_RECENT - 1)];
	if (*recent > 0) {
		const struct label *v = &l->v[*recent - 1];
		if (v->set == set && v->value == text.len &&
		    hs_span_same(l->text.data + v->at, text.p, text.len))
			return *recent - 1;
	}
	*escaped = text.len > 0 && memchr(text.p, '\\', text.len);
	size_t at = *escaped ? LABELS_NONE : labels_find(l, set, text);
	if (at != LABELS_NONE)
		*recent = (uint32_t)at + 1;
	return at;
}

/* The label at a place, until the next one is added. */
static inline struct hs_span
labels_text(const struct labels *l, size_t at)
{
	const struct label *v = &l->v[at];

	return hs_span(l->text.data + v->at + v->value, v->len);
}

void labels_free(struct labels *l);

#endif
