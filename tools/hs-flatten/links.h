/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_FLATTEN_LINKS_H
#define HS_FLATTEN_LINKS_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "hash.h"
#include "scan.h"
#include "span.h"

/*
 * The associations of one record under one key, in order, without exact
 * duplicates.  The API gives them in two shapes: inline in a list, an object
 * with results of {"id","type"}; and in the associations batch read, an array
 * of {"toObjectId","associationTypes":[…]}, which is a link for each type.
 * hs-fetch --labels adds label, category and typeId to those inline.
 *
 * Zeroed is empty.  The texts live in `text` until the next links_read().
 */
#define LINKS_MAX 1000000 /* more under one key are refused */

struct link {
	/* In text: the id, a JSON string; the type, a JSON string or null; the
	 * label, category and typeId as members behind commas, or nothing. */
	size_t at;
	size_t id, type, len; /* lengths, of the id, the type, and all */
};

struct links {
	struct link *v;
	size_t n, cap;
	bool partial; /* their own paging names a next page */
	struct hs_buf text;

	/* Private. */
	struct hs_index index; /* of v, once it is longer than a few */
	struct hs_buf name;
};

/* Reads the value of one association key, replacing what l held: 1.  0: it
 * has neither shape and is to be passed on as it is.  -1: there are more than
 * LINKS_MAX, or no memory; s, which has read the value, fails. */
int links_read(struct links *l, struct hs_scan *s, struct hs_span value);

static inline struct hs_span
link_id(const struct links *l, size_t i)
{
	return hs_span(l->text.data + l->v[i].at, l->v[i].id);
}

static inline struct hs_span
link_type(const struct links *l, size_t i)
{
	const struct link *v = &l->v[i];

	return hs_span(l->text.data + v->at + v->id, v->type);
}

static inline struct hs_span
link_label(const struct links *l, size_t i)
{
	const struct link *v = &l->v[i];
	size_t before = v->id + v->type;

	return hs_span(l->text.data + v->at + before, v->len - before);
}

void links_free(struct links *l);

#endif
