/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* The label of a value. */
#include "labels.h"

#include <stdlib.h>

#include "grow.h"

static size_t
look_up(
    const struct labels *l, uint64_t set, struct hs_span value, uint64_t hash)
{
	size_t at, step = 0;

	while ((at = hs_index_next(&l->index, hash, &step)) != HS_INDEX_NONE) {
		const struct label *v = &l->v[at];
		if (v->set == set && v->value == value.len &&
		    hs_span_same(l->text.data + v->at, value.p, value.len))
			return at;
	}
	return LABELS_NONE;
}

int
labels_add(struct labels *l, uint64_t set, struct hs_span value,
    struct hs_span label, size_t *at, struct hs_err *e)
{
	uint64_t hash = hs_hash_more(set, value);
	size_t found = look_up(l, set, value, hash);

	if (at)
		*at = found == LABELS_NONE ? l->n : found;
	if (found != LABELS_NONE)
		return 0;
	struct label new = {.set = set,
	    .at = l->text.len,
	    .value = (uint32_t)value.len,
	    .len = (uint32_t)label.len};
	l->text.max = LABELS_MAX;
	hs_buf_put(&l->text, value);
	hs_buf_put(&l->text, label);
	if (hs_buf_check(&l->text, e, "the text of all labels") < 0)
		return -1;
	if (HS_GROW(l->v, l->n, l->cap) < 0 ||
	    hs_index_add(&l->index, hash, l->n) < 0)
		return hs_err_mem(e, "labels");
	l->v[l->n++] = new;
	return 1;
}

int
labels_add_clear(struct labels *l, uint64_t set, struct hs_span value,
    struct hs_span label, struct hs_err *e)
{
	size_t at;
	int r = labels_add(l, set, value, label, &at, e);

	if (r == 0 && !hs_span_eq(labels_text(l, at), label))
		l->v[at].unclear = true;
	return r;
}

size_t
labels_find(const struct labels *l, uint64_t set, struct hs_span value)
{
	size_t at = look_up(l, set, value, hs_hash_more(set, value));

	return at != LABELS_NONE && l->v[at].unclear ? LABELS_NONE : at;
}

void
labels_free(struct labels *l)
{
	free(l->v);
	hs_buf_free(&l->text);
	hs_index_free(&l->index);
	*l = (struct labels){0};
}
