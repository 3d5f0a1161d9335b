/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* One definition after another, into the tables. */
#include "tables.h"

/* Fails where a value stands, or the object that lacks it. */
static int
want_string(struct hs_scan *s, struct hs_span v, const char *object,
    struct hs_span *inner, const char *why)
{
	if (hs_scan_inner(v, inner))
		return 0;
	return hs_scan_fail_at(s, v.p ? v.p : object, why);
}

/* Whether the value is a string; null and a missing one are none.  Another is
 * an error. */
static int
maybe_string(
    struct hs_scan *s, struct hs_span v, struct hs_span *inner, const char *why)
{
	if (hs_scan_inner(v, inner))
		return 1;
	return !v.p || hs_scan_null(v) ? 0 : hs_scan_fail_at(s, v.p, why);
}

/* A table's error as the scanner's, which knows the place. */
static int
full(struct hs_scan *s, const struct hs_err *e)
{
	return hs_scan_fail(
	    s, e->kind == HS_SYSTEM
		   ? hs_scan_nomem
		   : "there are too many definitions, or they are too long");
}

/* What a value says: 1.  0: half a surrogate pair is in it, so that it can't
 * be told from others. */
static int
says(struct tables *t, struct hs_scan *s, struct hs_span inner,
    struct hs_span *text)
{
	size_t lone = 0;

	if (hs_scan_says(inner, &t->scratch, text, &lone) < 0)
		return hs_scan_fail(s, hs_scan_nomem);
	return lone == 0;
}

/* Goes back into a container that has been read. */
static struct hs_scan
again(const struct hs_scan *s, struct hs_span value)
{
	struct hs_scan inner = *s;

	inner.p = value.p;
	inner.end = value.p + value.len;
	return inner;
}

static int
add_option(struct tables *t, struct hs_scan *s, size_t property)
{
	static const char *const names[] = {"value", "label"};
	struct hs_span v[2] = {{0}}, value = {0}, label = {0};
	struct hs_err e;
	int r;

	if (hs_scan_pick(s, names, 2, v) < 0)
		return -1;
	if ((r = maybe_string(
		 s, v[0], &value, "an option's value is no string")) <= 0 ||
	    (r = maybe_string(
		 s, v[1], &label, "an option's label is no string")) <= 0)
		return r;
	if ((r = says(t, s, value, &value)) <= 0)
		return r;
	if (labels_add(&t->labels, labels_set(LABELS_OPTIONS, property), value,
		v[1], NULL, &e) < 0)
		return full(s, &e);
	t->properties.v[property].options = true;
	return 0;
}

static int
add_options(struct tables *t, struct hs_scan *s, size_t property)
{
	int r;

	if (hs_scan_enter(s, '[') < 0)
		return -1;
	while ((r = hs_scan_element(s)) > 0)
		if (add_option(t, s, property) < 0)
			return -1;
	return r;
}

int
tables_add_property(struct tables *t, struct hs_scan *s)
{
	enum { NAME, LABEL, TYPE, OPTIONS, REFERENCE, N };
	static const char *const names[N] = {
	    "name", "label", "type", "options", "referencedObjectType"};
	struct hs_span v[N] = {{0}}, name = {0}, label = {0}, said, type,
		       reference;
	const char *object = s->p;
	struct hs_err e;
	size_t at;
	int r;

	if (hs_scan_pick(s, names, N, v) < 0 ||
	    want_string(s, v[NAME], object, &name,
		"a property's name is missing or no string") < 0 ||
	    maybe_string(
		s, v[LABEL], &label, "a property's label is no string") < 0)
		return -1;
	if ((r = says(t, s, name, &said)) <= 0)
		return r;
	if ((r = properties_add(&t->properties, name, &at, &e)) < 0)
		return full(s, &e);
	if (r == 0)
		return 0; /* the first counts */
	struct property *p = &t->properties.v[at];
	if (hs_scan_inner(v[LABEL], &label) &&
	    properties_keep(&t->properties, label, &p->label, &e) < 0)
		return full(s, &e);
	if (hs_scan_inner(v[REFERENCE], &reference) &&
	    hs_scan_is(reference, "OWNER"))
		p->role = ROLE_OWNER;
	if (!hs_scan_inner(v[TYPE], &type) ||
	    !hs_scan_is(type, "enumeration") || !v[OPTIONS].p ||
	    hs_scan_null(v[OPTIONS]))
		return 0;
	struct hs_scan options = again(s, v[OPTIONS]);
	if (add_options(t, &options, at) < 0) {
		*s = options;
		return -1;
	}
	return 0;
}

static int
add_stages(struct tables *t, struct hs_scan *s, size_t pipeline)
{
	static const char *const names[] = {"id", "label"};
	struct hs_span v[2], id = {0}, label;
	struct hs_err e;
	int r;

	if (hs_scan_enter(s, '[') < 0)
		return -1;
	while ((r = hs_scan_element(s)) > 0) {
		const char *object = s->p;
		if (hs_scan_pick(s, names, 2, v) < 0 ||
		    want_string(s, v[0], object, &id,
			"a stage's id is missing or no string") < 0 ||
		    want_string(s, v[1], object, &label,
			"a stage's label is missing or no string") < 0 ||
		    (r = says(t, s, id, &id)) < 0)
			return -1;
		if (r == 0)
			continue;
		if (labels_add(&t->labels,
			labels_set(LABELS_STAGES_OF, pipeline), id, v[1], NULL,
			&e) < 0 ||
		    labels_add_clear(&t->labels, labels_set(LABELS_STAGES, 0),
			id, v[1], &e) < 0)
			return full(s, &e);
	}
	return r;
}

int
tables_add_pipeline(struct tables *t, struct hs_scan *s)
{
	static const char *const names[] = {"id", "label", "stages"};
	struct hs_span v[3], id = {0}, label;
	const char *object = s->p;
	struct hs_err e;
	size_t at;
	int r;

	if (hs_scan_pick(s, names, 3, v) < 0 ||
	    want_string(s, v[0], object, &id,
		"a pipeline's id is missing or no string") < 0 ||
	    want_string(s, v[1], object, &label,
		"a pipeline's label is missing or no string") < 0)
		return -1;
	if ((r = says(t, s, id, &id)) <= 0)
		return r;
	if (labels_add(&t->labels, labels_set(LABELS_PIPELINES, 0), id, v[1],
		&at, &e) < 0)
		return full(s, &e);
	if (!v[2].p)
		return 0;
	struct hs_scan stages = again(s, v[2]);
	if (add_stages(t, &stages, at) < 0) {
		*s = stages;
		return -1;
	}
	return 0;
}

/* Puts an owner's first and last name, else the e-mail address, into
 * t->person as a JSON string: 1, or 0 when there is none of them. */
static int
name_owner(struct tables *t, struct hs_scan *s, const struct hs_span *v)
{
	static const char *const why[] = {"an owner's firstName is no string",
	    "an owner's lastName is no string",
	    "an owner's email is no string"};
	struct hs_buf *b = &t->person;
	struct hs_span part = {0};
	int r;

	hs_buf_clear(b);
	hs_buf_addc(b, '"');
	for (int i = 0; i < 3 && (i < 2 || b->len == 1); i++) {
		if ((r = maybe_string(s, v[i], &part, why[i])) < 0)
			return -1;
		if (r == 0 || part.len == 0)
			continue;
		if (b->len > 1)
			hs_buf_addc(b, ' ');
		hs_buf_put(b, part);
	}
	hs_buf_addc(b, '"');
	if (b->failed)
		return hs_scan_fail(s, hs_scan_nomem);
	return b->len > 2;
}

int
tables_add_owner(struct tables *t, struct hs_scan *s)
{
	enum { FIRST, LAST, EMAIL, ID, N };
	static const char *const names[N] = {
	    "firstName", "lastName", "email", "id"};
	struct hs_span v[N], id = {0};
	const char *object = s->p;
	struct hs_err e;
	int r;

	if (hs_scan_pick(s, names, N, v) < 0 ||
	    want_string(s, v[ID], object, &id,
		"an owner's id is missing or no string") < 0)
		return -1;
	if ((r = name_owner(t, s, v)) <= 0 || (r = says(t, s, id, &id)) <= 0)
		return r;
	if (labels_add(&t->labels, labels_set(LABELS_OWNERS, 0), id,
		hs_buf_span(&t->person), NULL, &e) < 0)
		return full(s, &e);
	return 0;
}

void
tables_free(struct tables *t)
{
	labels_free(&t->labels);
	properties_free(&t->properties);
	hs_buf_free(&t->scratch);
	hs_buf_free(&t->person);
	*t = (struct tables){0};
}
