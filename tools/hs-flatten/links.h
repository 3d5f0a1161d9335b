/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_LINK_H
#define HS_LINK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "scan.h"
#include "span.h"

/*
 * The associations of one record under one key, in order, exact duplicates
 * left out.  They are read in two shapes: inline in a list (an object with
 * results of {"id","type"}) and as the associations batch read gives them
 * ({"toObjectId","associationTypes":[…]}), one link for each type.
 *
 * Zeroed is empty; the texts live in `text` until the next hs_links_read().
 */
struct hs_links {
	struct hs_link {
		size_t id, id_len;	/* JSON string, in text */
		size_t type, type_len;	/* JSON string or null, in text */
	} *v;
	size_t n, cap;
	bool partial;		/* they go on on another page */
	struct hs_buf text;
	struct hs_members item, type;	/* private, as is slot */
	size_t *slot, slots;
};

/* Reads the value of one association key, which s has passed, replacing what
 * l held: 1.  0: it has neither shape, and is to be passed on as it is.  -1:
 * no memory, and s failed. */
int hs_links_read(struct hs_links *l, struct hs_scan *s, struct hs_span value);

static inline struct hs_span
hs_link_id(const struct hs_links *l, size_t i)
{
	return hs_span(l->text.data + l->v[i].id, l->v[i].id_len);
}

static inline struct hs_span
hs_link_type(const struct hs_links *l, size_t i)
{
	return hs_span(l->text.data + l->v[i].type, l->v[i].type_len);
}

void hs_links_free(struct hs_links *l);

#endif
