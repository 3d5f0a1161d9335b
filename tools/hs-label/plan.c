/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Plans for records. */
#include "plan.h"

#include <stdlib.h>

#include "grow.h"
#include "headings.h"

#define BRACKETS_MAX 100

/* Keeps a text between two others, which may be empty. */
static int
keep(struct plan *plan, const char *before, const char *after, struct text *t,
    struct hs_scan *s)
{
	struct hs_buf *b = &plan->text;

	t->at = b->len;
	hs_buf_puts(b, before);
	hs_buf_put(b, hs_buf_span(&plan->spelled));
	hs_buf_puts(b, after);
	t->len = b->len - t->at;
	if (b->failed || plan->spelled.failed)
		return hs_scan_fail(s, hs_scan_nomem);
	return 0;
}

/* Notes which properties and labels the record has, and where. */
static void
find_members(struct plan *plan, const struct hs_members *m)
{
	struct property *v = plan->properties->v;

	for (size_t i = 0; i < m->n; i++) {
		const struct name *n =
		    properties_name(plan->properties, m->v[i].key);
		if (hs_scan_is(m->v[i].key, "properties"))
			plan->nested = i;
		if (!n)
			continue;
		if (n->property != PROPERTIES_NONE) {
			v[n->property].plan = plan->number;
			v[n->property].at = i;
		}
		if (n->label_of != PROPERTIES_NONE)
			v[n->label_of].label_plan = plan->number;
		if (n->heading_of != PROPERTIES_NONE)
			v[n->heading_of].taken_plan = plan->number;
	}
}

/* Fills the set of the record's names. */
static int
index_members(struct plan *plan, const struct hs_members *m)
{
	struct hs_span said;

	for (size_t i = 0; i < m->n; i++)
		if (hs_scan_says(m->v[i].key, &plan->key, &said, NULL) < 0 ||
		    hs_index_add(&plan->taken, hs_hash(said), i) < 0)
			return -1;
	return 0;
}

/* Whether the record has a member of the name that is spelled: 1 or 0. */
static int
has_member(struct plan *plan, const struct hs_members *m)
{
	struct hs_span name, said;
	size_t at, step = 0;

	if ((plan->taken.n == 0 && index_members(plan, m) < 0) ||
	    hs_scan_says(
		hs_buf_span(&plan->spelled), &plan->said, &name, NULL) < 0)
		return -1;
	uint64_t hash = hs_hash(name);
	while (
	    (at = hs_index_next(&plan->taken, hash, &step)) != HS_INDEX_NONE) {
		if (hs_scan_says(m->v[at].key, &plan->key, &said, NULL) < 0)
			return -1;
		if (hs_span_eq(name, said))
			return 1;
	}
	return 0;
}

/* Spells the heading of a property, with the suffix.  If the record has
 * another member of that name, as it may have an association, the heading gets
 * more brackets there. */
static int
spell_heading(struct plan *plan, const struct hs_members *m, struct hs_scan *s,
    const struct property *v, const char *suffix)
{
	struct properties *p = plan->properties;
	unsigned brackets = v->brackets;
	int taken = v->taken_plan == plan->number;

	headings_spell(p, v, brackets, suffix, &plan->spelled);
	while (taken > 0) {
		if (++brackets == BRACKETS_MAX)
			return hs_scan_fail(
			    s, "a record has every name for a heading");
		headings_spell(p, v, brackets, suffix, &plan->spelled);
		const struct name *n =
		    properties_name(p, hs_buf_span(&plan->spelled));
		taken = n && name_is_taken(n) ? 1 : has_member(plan, m);
	}
	return taken < 0 ? hs_scan_fail(s, hs_scan_nomem) : 0;
}

/* Plans the member that a property's label gets, unless its name is that of
 * another property. */
static int
plan_label(struct plan *plan, const struct hs_members *m, struct hs_scan *s,
    struct action *a)
{
	const struct property *v = &plan->properties->v[a->property];
	struct hs_buf *b = &plan->spelled;

	if (plan->headings && v->heading.len > 0) {
		if (spell_heading(plan, m, s, v, HEADINGS_LABEL) < 0)
			return -1;
	} else if (v->label_taken) {
		return 0;
	} else {
		hs_buf_clear(b);
		hs_buf_put(b, m->v[a->member].key);
		hs_buf_puts(b, "_label");
	}
	a->label = ACTION_ADD;
	return keep(plan, ",\"", "\":null", &a->key, s);
}

/* Plans for a member that is a property. */
static int
plan_property(struct plan *plan, const struct hs_members *m, struct hs_scan *s,
    struct action *a)
{
	const struct property *all = plan->properties->v;
	const struct property *v = &all[a->property];

	if (v->labelled && plan->replace)
		a->label = ACTION_REPLACE;
	else if (v->labelled && v->label_plan != plan->number &&
		 plan_label(plan, m, s, a) < 0)
		return -1;
	if (v->pipeline != PROPERTIES_NONE &&
	    all[v->pipeline].plan == plan->number)
		a->pipeline = all[v->pipeline].at;
	return 0;
}

/* Plans what becomes of the member at i. */
static int
plan_member(
    struct plan *plan, const struct hs_members *m, struct hs_scan *s, size_t i)
{
	struct action a = {.member = i, .pipeline = PROPERTIES_NONE};
	const struct name *n = properties_name(plan->properties, m->v[i].key);

	if (!n)
		return 0;
	bool is_label = n->property == PROPERTIES_NONE;
	a.property = is_label ? n->label_of : n->property;
	if (a.property == PROPERTIES_NONE)
		return 0;
	const struct property *v = &plan->properties->v[a.property];
	if (!v->chosen)
		return 0;
	if (plan->headings && v->heading.len > 0 &&
	    !(is_label && plan->replace) &&
	    (spell_heading(plan, m, s, v, is_label ? HEADINGS_LABEL : "") < 0 ||
		keep(plan, "", "", &a.name, s) < 0))
		return -1;
	if (!is_label && plan_property(plan, m, s, &a) < 0)
		return -1;
	if (a.label == ACTION_NONE && a.name.len == 0)
		return 0;
	if (HS_GROW(plan->v, plan->n, plan->cap) < 0)
		return hs_scan_fail(s, hs_scan_nomem);
	plan->v[plan->n++] = a;
	return 0;
}

static bool
serves(const struct plan *plan, const struct hs_members *m)
{
	return plan->lasts && m->expected && m->n == plan->members &&
	       m->known.changes == plan->changes;
}

int
plan_make(struct plan *plan, const struct hs_members *m, struct hs_scan *s)
{
	if (serves(plan, m))
		return 0;
	plan->number++;
	plan->lasts = false;
	plan->n = 0;
	plan->nested = PROPERTIES_NONE;
	hs_buf_clear(&plan->text);
	hs_index_clear(&plan->taken);
	find_members(plan, m);
	for (size_t i = 0; i < m->n; i++)
		if (plan_member(plan, m, s, i) < 0)
			return -1;
	if (plan->properties->nomem)
		return hs_scan_fail(s, hs_scan_nomem);
	/* Only if the keys were those known is a later record that has all
	 * that are known sure to have the same. */
	plan->lasts = m->expected;
	plan->members = m->n;
	plan->changes = m->known.changes;
	return 0;
}

void
plan_free(struct plan *plan)
{
	free(plan->v);
	hs_buf_free(&plan->text);
	hs_buf_free(&plan->spelled);
	hs_buf_free(&plan->said);
	hs_buf_free(&plan->key);
	hs_index_free(&plan->taken);
	*plan = (struct plan){0};
}
