/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef STANDIN_RENDER_H
#define STANDIN_RENDER_H

#include <stdbool.h>

#include "portal.h"
#include "properties.h"

struct answer;
struct links_rules;
struct request;

/* What a request wants to see of each record. */
struct view {
	struct selection props;
	struct selection history;
	bool with_history;
	bool dated;
	const struct links_rules *rules;
	const struct type *to[TYPES_MAX];
	size_t nto;
};

/* The three comma lists may be NULL.  False if an association can't be, or
 * may not be read: then the error is made. */
bool view_make(struct view *v, struct request *r, struct answer *a,
    const struct type *t, const char *props, const char *history,
    const char *associations);
void view_free(struct view *v);

/* Appends the record as a JSON object. */
void render(struct bytes *b, const struct record *r, const struct view *v);

#endif
