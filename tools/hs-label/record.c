/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Flat records with labels. */
#include "record.h"

#include <strings.h>

#define SHOWN ((size_t)100) /* bytes of a value in a message */

/* The place of the label of a string's text in a set, or LABELS_NONE. */
static size_t
find_in(struct record *r, uint64_t set, struct hs_span inner)
{
	struct labels *l = &r->tables->labels;
	struct hs_span said;
	size_t lone = 0;
	bool escaped = false;
	size_t at = labels_find_text(l, set, inner, &escaped);

	if (!escaped)
		return at;
	if (hs_scan_says(inner, &r->said, &said, &lone) < 0)
		r->nomem = true;
	else if (lone == 0)
		return labels_find(l, set, said);
	/* Half a surrogate pair can't be told from another. */
	return LABELS_NONE;
}

/* The pipeline that the record names, or LABELS_NONE. */
static size_t
pipeline_of(struct record *r, const struct action *a)
{
	struct hs_span inner;

	if (a->pipeline == PROPERTIES_NONE ||
	    !hs_scan_inner(r->members.v[a->pipeline].value, &inner))
		return LABELS_NONE;
	return find_in(r, labels_set(LABELS_PIPELINES, 0), inner);
}

/* The place of a value's label, or LABELS_NONE: what owners and pipelines say
 * comes before the options of the definition. */
static size_t
find(struct record *r, const struct action *a, struct hs_span inner)
{
	const struct property *v = &r->tables->properties.v[a->property];
	size_t at = LABELS_NONE, pipeline;

	switch (v->role) {
	case ROLE_NONE: break;
	case ROLE_OWNER:
		at = find_in(r, labels_set(LABELS_OWNERS, 0), inner);
		break;
	case ROLE_PIPELINE:
		at = find_in(r, labels_set(LABELS_PIPELINES, 0), inner);
		break;
	case ROLE_STAGE:
		pipeline = pipeline_of(r, a);
		if (pipeline != LABELS_NONE)
			at = find_in(
			    r, labels_set(LABELS_STAGES_OF, pipeline), inner);
		if (at == LABELS_NONE)
			at = find_in(r, labels_set(LABELS_STAGES, 0), inner);
		break;
	}
	if (at == LABELS_NONE && v->options)
		at = find_in(r, labels_set(LABELS_OPTIONS, a->property), inner);
	return at;
}

/* Counts a value without a label; with --strict fails. */
static int
note_unknown(struct record *r, struct hs_scan *s, const struct action *a,
    struct hs_span value)
{
	struct properties *p = &r->tables->properties;
	struct property *v = &r->tables->properties.v[a->property];

	value.len = value.len > SHOWN ? SHOWN : value.len;
	if (v->unknowns++ == 0)
		properties_keep(p, value, &v->unknown, NULL);
	if (!r->strict)
		return 0;
	struct hs_span name = properties_text(p, v->name);
	hs_buf_clear(&r->why);
	hs_buf_printf(&r->why, "%.*s: the value \"%.*s\" has no label",
	    (int)(name.len > SHOWN ? SHOWN : name.len), name.p, (int)value.len,
	    value.p);
	const char *why = hs_buf_str(&r->why);
	return hs_scan_fail_at(s, value.p, why ? why : hs_scan_nomem);
}

/* The first semicolon of a text, and its length, since an escape may spell it;
 * NULL: there is none. */
static const char *
semicolon(struct hs_span text, size_t *len)
{
	const char *p = text.p, *end = text.p + text.len;
	const char *plain = memchr(p, ';', text.len);

	if (plain)
		end = plain;
	while (p < end && (p = memchr(p, '\\', (size_t)(end - p)))) {
		if (end - p >= 6 && strncasecmp(p, "\\u003b", 6) == 0) {
			*len = 6;
			return p;
		}
		p += p[1] == 'u' ? 6 : 2;
	}
	*len = 1;
	return plain;
}

/* Adds the label of one of several values to r->joined: 1.  0: it has none and
 * stays there as it is. */
static int
join(struct record *r, struct hs_scan *s, const struct action *a,
    struct hs_span part)
{
	size_t at = find(r, a, part);

	if (at == LABELS_NONE) {
		hs_buf_put(&r->joined, part);
		return note_unknown(r, s, a, part);
	}
	struct hs_span text = labels_text(&r->tables->labels, at);
	hs_buf_add(&r->joined, text.p + 1, text.len - 2);
	r->labels++;
	return 1;
}

/* Joins the labels of several values: 1.  0: none of them has one. */
static int
join_labels(struct record *r, struct hs_scan *s, const struct action *a,
    struct hs_span rest, struct hs_span *label)
{
	struct hs_buf *b = &r->joined;
	bool any = false, empty = true;
	const char *p;
	size_t len;

	hs_buf_clear(b);
	hs_buf_addc(b, '"');
	do {
		p = semicolon(rest, &len);
		size_t n = p ? (size_t)(p - rest.p) : rest.len;
		if (n > 0) {
			int r1 = join(r, s, a, hs_span(rest.p, n));
			if (r1 < 0)
				return -1;
			any |= r1 > 0;
			empty = false;
		}
		if (p) {
			hs_buf_addc(b, ';');
			rest = hs_span(p + len, rest.len - n - len);
		}
	} while (p && rest.len > 0);
	hs_buf_addc(b, '"');
	if (b->failed)
		return hs_scan_fail(s, hs_scan_nomem);
	*label = hs_buf_span(b);
	return any || empty;
}

/* Finds the label of a value: 1.  0: there is none. */
static int
find_label(struct record *r, struct hs_scan *s, const struct action *a,
    struct hs_span value, struct hs_span *label)
{
	struct hs_span inner = value;
	size_t len;

	if (hs_scan_null(value))
		return 0;
	/* A number, as jq may have made it, has the label of its text. */
	bool string = hs_scan_inner(value, &inner);
	if (string && inner.len == 0) {
		*label = value;
		return 1;
	}
	size_t at = find(r, a, inner);
	if (at != LABELS_NONE) {
		*label = labels_text(&r->tables->labels, at);
		r->labels++;
		return 1;
	}
	if (string && semicolon(inner, &len))
		return join_labels(r, s, a, inner, label);
	return note_unknown(r, s, a, inner);
}

/* Copies all up to a member's end and puts another behind it.  This is done
 * most, so that there is one check for room instead of three. */
static void
add_member(struct hs_filter *f, const char **copied, const struct hs_member *m,
    struct hs_span key, struct hs_span label)
{
	const char *end = m->value.p + m->value.len;
	size_t gap = (size_t)(end - *copied), n = gap + key.len + label.len;
	struct hs_buf *b = &f->out.buf;

	if ((n > b->cap - b->len || b->failed) && hs_buf_reserve(b, n) < 0)
		return;
	char *p = b->data + b->len;
	memcpy(p, *copied, gap);
	memcpy(p + gap, key.p, key.len);
	if (label.len > 0)
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
	struct hs_buf *b = &f->out.buf;
	struct hs_span label = {0};

	if (a->name.len > 0) {
		hs_filter_copy(f, copied, m->key.p);
		hs_buf_add(b, text + a->name.at, a->name.len);
		*copied = m->key.p + m->key.len;
	}
	if (a->label == ACTION_NONE)
		return 0;
	int found = find_label(r, s, a, m->value, &label);
	if (found < 0)
		return -1;
	if (a->label == ACTION_ADD) {
		struct hs_span key = hs_span(text + a->key.at, a->key.len);
		add_member(f, copied, m, key, found ? label : HS_SPAN("null"));
	} else if (found) {
		hs_filter_copy(f, copied, m->value.p);
		hs_buf_put(b, label);
		*copied = m->value.p + m->value.len;
	}
	return 0;
}

void
record_start(struct record *r, struct tables *t)
{
	r->tables = t;
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
	return r->nomem ? hs_scan_fail(s, hs_scan_nomem) : 0;
}

void
record_free(struct record *r)
{
	plan_free(&r->plan);
	hs_members_free(&r->members);
	hs_buf_free(&r->joined);
	hs_buf_free(&r->said);
	hs_buf_free(&r->why);
	*r = (struct record){0};
}
