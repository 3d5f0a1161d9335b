/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Definitions from files. */
#include "definitions.h"

#include <stdio.h>
#include <string.h>

#include "in.h"
#include "object.h"
#include "page.h"

/* The kinds of definitions, by the start of hs.object. */
static const struct kind {
	const char *name;
	int (*add)(struct tables *t, struct hs_scan *s);
} kinds[] = {
    {"properties:", tables_add_property},
    {"pipelines:", tables_add_pipeline},
    {"owners", tables_add_owner},
};

static const struct kind *
find_kind(const char *object)
{
	const char *name = hs_object_kind_of(object)->name;

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (strcmp(kinds[i].name, name) == 0)
			return &kinds[i];
	return NULL;
}

/* The id of a type where that is known: "0-3" for "deals". */
static const char *
type_id(const char *type)
{
	const char *id = hs_object_standard(type);

	if (id)
		return id;
	return strspn(type, "0123456789-") == strlen(type) ? type : NULL;
}

/* Whether two names of types are known to mean different ones. */
static bool
types_differ(const char *a, const char *b)
{
	const char *x = type_id(a), *y = type_id(b);

	return x && y && strcmp(x, y) != 0;
}

/* All definitions are to be of one type. */
static int
check_type(struct definitions *d, const char *path, const char *object,
    struct hs_err *e)
{
	const char *colon = strchr(object, ':');

	if (!colon)
		return 0;
	if (!d->type_file) {
		snprintf(d->type, sizeof d->type, "%s", colon + 1);
		d->type_file = path;
	}
	if (types_differ(d->type, colon + 1))
		return hs_err_set(e, HS_DATA,
		    "%s: is of %s, but %s is of %s: give definitions of one "
		    "type",
		    path, colon + 1, d->type_file, d->type);
	return 0;
}

/* Reads the definitions of a page.  What kind they are has been read at its
 * end. */
static int
read_page(struct definitions *d, struct hs_page *pg, struct hs_err *e)
{
	const char *path = pg->in->name, *object = pg->last.object;
	const struct kind *k = find_kind(object);
	struct hs_scan *s = &pg->scan;
	int r;

	if (!object[0])
		return hs_err_set(e, HS_DATA,
		    "%s: does not say what it is of (hs.object); definitions "
		    "are what hs-fetch writes",
		    path);
	if (!k)
		return hs_err_set(e, HS_DATA,
		    "%s: holds %s; definitions are properties:TYPE, "
		    "pipelines:TYPE or owners",
		    path, object);
	if (check_type(d, path, object, e) < 0)
		return -1;
	d->owners |= k->add == tables_add_owner;
	d->pipelines |= k->add == tables_add_pipeline;
	hs_scan_init(s, pg->line);
	s->p = pg->results.p - 1;
	r = hs_scan_enter(s, '[');
	while (r >= 0 && (r = hs_scan_element(s)) > 0) {
		hs_scan_peek(s);
		r = k->add(&d->tables, s);
	}
	return r < 0 ? hs_page_fault(pg, e) : 0;
}

int
definitions_take(struct definitions *d, struct hs_in *in, struct hs_err *e)
{
	struct hs_page pg;
	int r;

	hs_page_init(&pg, in, true);
	while ((r = hs_page_next(&pg, e)) > 0) {
		while ((r = hs_page_record(&pg, e)) > 0)
			if (hs_scan_value(&pg.scan, NULL) < 0)
				return hs_page_fault(&pg, e);
		if (r < 0)
			return -1;
		if (pg.is_page && read_page(d, &pg, e) < 0)
			return -1;
	}
	if (r < 0 || hs_page_complete(&pg, true, e) < 0)
		return -1;
	if (pg.since)
		return hs_err_set(e, HS_DATA,
		    "%s: carries only what changed (hs.since); definitions "
		    "have to be whole",
		    in->name);
	return 0;
}

int
definitions_read(struct definitions *d, const char *path, struct hs_err *e)
{
	struct hs_in in;

	if (hs_in_open(&in, path, e) < 0)
		return -1;
	int r = definitions_take(d, &in, e);
	hs_in_close(&in);
	return r;
}

/* The property of that name has a role, whether it is defined or not. */
static int
give_role(struct definitions *d, const char *name, enum property_role role,
    size_t *number, struct hs_err *e)
{
	if (properties_add(
		&d->tables.properties, hs_span_str(name), number, e) < 0)
		return -1;
	d->tables.properties.v[*number].role = role;
	return 0;
}

static int
give_roles(struct definitions *d, struct hs_err *e)
{
	bool deals = !types_differ(d->type, "deals") && type_id(d->type);
	size_t owner, pipeline, stage;

	if (d->owners &&
	    give_role(d, "hubspot_owner_id", ROLE_OWNER, &owner, e) < 0)
		return -1;
	if (!d->pipelines)
		return 0;
	if (give_role(d, deals ? "pipeline" : "hs_pipeline", ROLE_PIPELINE,
		&pipeline, e) < 0 ||
	    give_role(d, deals ? "dealstage" : "hs_pipeline_stage", ROLE_STAGE,
		&stage, e) < 0)
		return -1;
	d->tables.properties.v[stage].pipeline = pipeline;
	return 0;
}

static int
choose(struct definitions *d, const struct hs_columns *only, struct hs_err *e)
{
	struct properties *p = &d->tables.properties;

	for (size_t i = 0; i < p->n; i++)
		p->v[i].chosen = only->n == 0;
	for (size_t i = 0; i < only->n; i++) {
		/* A name that has no backslash says itself. */
		const struct name *n =
		    memchr(only->name[i].p, '\\', only->name[i].len)
			? NULL
			: properties_name(p, only->name[i]);
		if (!n || n->property == PROPERTIES_NONE)
			return hs_err_set(e, HS_USAGE,
			    "-p: the definitions have no property %.*s",
			    (int)only->name[i].len, only->name[i].p);
		p->v[n->property].chosen = true;
	}
	return 0;
}

/* Makes the name of the member with a property's labels known. */
static int
name_label(struct definitions *d, size_t number, struct hs_err *e)
{
	struct properties *p = &d->tables.properties;

	hs_buf_clear(&d->name);
	hs_buf_put(&d->name, properties_text(p, p->v[number].name));
	hs_buf_puts(&d->name, "_label");
	if (hs_buf_check(&d->name, e, "a name") < 0)
		return -1;
	struct name *n = properties_name_add(p, hs_buf_span(&d->name), e);
	if (!n)
		return -1;
	n->label_of = number;
	p->v[number].label_taken = n->property != PROPERTIES_NONE;
	return 0;
}

int
definitions_finish(
    struct definitions *d, const struct hs_columns *only, struct hs_err *e)
{
	struct properties *p = &d->tables.properties;

	if (give_roles(d, e) < 0 || choose(d, only, e) < 0)
		return -1;
	for (size_t i = 0; i < p->n; i++) {
		struct property *v = &p->v[i];
		if (v->role == ROLE_OWNER && !d->owners)
			v->role = ROLE_NONE;
		v->labelled = v->chosen && (v->options || v->role != ROLE_NONE);
		if (v->labelled && name_label(d, i, e) < 0)
			return -1;
	}
	return 0;
}

int
definitions_fit(
    const struct definitions *d, const char *object, struct hs_err *e)
{
	if (!d->type_file || !object[0] || !types_differ(d->type, object))
		return 0;
	return hs_err_set(e, HS_DATA, "holds %s, but %s is of %s", object,
	    d->type_file, d->type);
}

void
definitions_free(struct definitions *d)
{
	tables_free(&d->tables);
	hs_buf_free(&d->name);
	*d = (struct definitions){0};
}
