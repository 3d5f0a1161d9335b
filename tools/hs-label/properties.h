/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_LABEL_PROPERTIES_H
#define HS_LABEL_PROPERTIES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "err.h"
#include "hash.h"
#include "scan.h"
#include "span.h"

/*
 * The properties that are defined, and what a member's name means: a property,
 * the label of one, or what one is called with --headings.  Two names are the
 * same when they say the same, however their escapes spell it.
 *
 * A property with the name of a record's own member is known by the name that
 * hs-flatten gives it then, properties_NAME.
 *
 * Zeroed is empty.  Texts are kept as they came, without quotes, and last as
 * long as the table; spans of them end with the next text that is added.
 */
#define PROPERTIES_NONE SIZE_MAX
#define PROPERTIES_TEXT_MAX ((size_t)1 << 30)

struct text {
	size_t at, len; /* in properties.text */
};

enum property_role { ROLE_NONE, ROLE_OWNER, ROLE_PIPELINE, ROLE_STAGE };

struct property {
	struct text name;    /* of the member */
	struct text label;   /* empty: none is known */
	struct text heading; /* empty: the member keeps its name */
	enum property_role role;
	bool options;	     /* it has options with labels */
	bool labelled;	     /* its values get labels */
	bool label_taken;    /* another property is called NAME_label */
	bool chosen;	     /* by -p, or since there is no -p */
	unsigned brackets;   /* in the heading */
	size_t pipeline;     /* of a stage: the property that names it */
	struct text unknown; /* the first value without a label */
	unsigned long long unknowns;

	/* The last plan (plan.h) of a record in which it is, and where; of
	 * one with its label; of one where another member has its heading's
	 * name. */
	uint64_t plan, label_plan, taken_plan;
	size_t at;
};

/* What a name means; each is a property's number, or PROPERTIES_NONE. */
struct name {
	struct text said;
	size_t property, label_of, heading_of;
	size_t labels; /* properties whose label says this */
};

struct properties {
	struct property *v;
	size_t n, cap;
	struct hs_buf text;
	bool nomem; /* a name could not be looked up */

	/* Private. */
	struct name *name;
	size_t names, names_cap;
	struct hs_index index;
	struct hs_buf scratch;
};

static inline bool
name_is_taken(const struct name *n)
{
	return n->property != PROPERTIES_NONE ||
	       n->label_of != PROPERTIES_NONE ||
	       n->heading_of != PROPERTIES_NONE;
}

static inline struct hs_span
properties_text(const struct properties *p, struct text t)
{
	return t.len ? hs_span(p->text.data + t.at, t.len) : HS_SPAN("");
}

int properties_keep(struct properties *p, struct hs_span text,
    struct text *kept, struct hs_err *e);

/* The number of the property of that name, which is added when there is none:
 * 1 if it was, else 0; -1. */
int properties_add(struct properties *p, struct hs_span name, size_t *number,
    struct hs_err *e);

/* What a name (as in the text, with its escapes) means: NULL for nothing, or
 * for lack of memory, which the table remembers. */
const struct name *properties_name(struct properties *p, struct hs_span name);

/* The same, to be changed; one is made when there is none.  NULL: e says
 * why. */
struct name *properties_name_add(
    struct properties *p, struct hs_span name, struct hs_err *e);

/* Whether every record may have a member of its own with that name. */
bool properties_reserved(struct hs_span said);

void properties_free(struct properties *p);

#endif
