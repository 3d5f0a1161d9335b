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

/* The label at a place, until the next one is added. */
static inline struct hs_span
labels_text(const struct labels *l, size_t at)
{
	const struct label *v = &l->v[at];

	return hs_span(l->text.data + v->at + v->value, v->len);
}

void labels_free(struct labels *l);

#endif
