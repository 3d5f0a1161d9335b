/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Flat records with labels. */
#include "record.h"

/* Copies all up to `end` and puts two texts behind it.  This is done most, so
 * that there is one check for room instead of three. */
static void
insert(struct hs_filter *f, const char **copied, const char *end,
    struct hs_span key, struct hs_span label)
{
	size_t gap = (size_t)(end - *copied), n = gap + key.len + label.len;
	struct hs_buf *b = &f->out.buf;

	if ((n > b->cap - b->len || b->failed) && hs_buf_reserve(b, n) < 0)
		return;
	char *p = b->data + b->len;
	memcpy(p, *copied, gap);
	memcpy(p + gap, key.p, key.len);
	memcpy(p + gap + key.len, label.p, label.len);
	b->len += n;
	*copied = end;
}

static int
apply(struct record *r, struct hs_filter *f, struct hs_scan *s,
    const struct action *a, const char **copied)
{
	const struct hs_member *m = &r->members.v[a->member];
	const char *text = r->plan.text.data;
	struct hs_span label = HS_SPAN(""), pipeline = {0};

	if (a->name.len > 0) {
		insert(f, copied, m->key.p,
		    hs_span(text + a->name.at, a->name.len), label);
		*copied = m->key.p + m->key.len;
	}
	if (a->label == ACTION_NONE)
		return 0;
	if (a->pipeline != PROPERTIES_NONE)
		pipeline = r->members.v[a->pipeline].value;
	int found = values_label(
	    &r->values, s, a->property, pipeline, m->value, &label);
	if (found < 0)
		return -1;
	const char *end = m->value.p + m->value.len;
	if (a->label == ACTION_ADD) {
		struct hs_span key = hs_span(text + a->key.at, a->key.len);
		key.len -= found > 0 ? strlen("null") : 0;
		insert(f, copied, end, key, label);
	} else if (found) {
		insert(f, copied, m->value.p, label, HS_SPAN(""));
		*copied = end;
	}
	return 0;
}

void
record_start(struct record *r, struct tables *t)
{
	r->values.tables = t;
	r->plan.properties = &t->properties;
}

int
record_label(struct record *r, struct hs_filter *f, struct hs_scan *s,
    const char **copied)
{
	const struct plan *plan = &r->plan;

	hs_members_clear(&r->members);
	if (hs_scan_members(s, &r->members) < 0 ||
	    plan_make(&r->plan, &r->members, s) < 0)
		return -1;
	if (plan->nested != PROPERTIES_NONE) {
		struct hs_span v = r->members.v[plan->nested].value;
		if (v.p[0] == '{')
			return hs_scan_fail_at(s, v.p,
			    "the record is not flat: hs-flatten comes before "
			    "hs-label");
	}
	for (size_t i = 0; i < plan->n; i++)
		if (apply(r, f, s, &plan->v[i], copied) < 0)
			return -1;
	return r->values.nomem ? hs_scan_fail(s, hs_scan_nomem) : 0;
}

void
record_free(struct record *r)
{
	plan_free(&r->plan);
	hs_members_free(&r->members);
	values_free(&r->values);
	*r = (struct record){0};
}
