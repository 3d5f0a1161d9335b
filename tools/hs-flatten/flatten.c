/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Records made flat. */
#include "flatten.h"

#include "names.h"

#define NOWHERE ((size_t)-1)

/* Reads a member whose value is an object with members of interest. */
static int
read_nested(struct hs_flatten *f, struct hs_scan *s, struct hs_span key,
    struct hs_members *into, size_t *at)
{
	const char *from = s->p;

	if (*at != NOWHERE)
		return hs_scan_fail(s, "a record has two members of this name");
	*at = f->record.n;
	if (hs_scan_members(s, into) < 0)
		return -1;
	return hs_members_add(
	    &f->record, key, hs_span(from, (size_t)(s->p - from)), s);
}

/*
 * Reads the record's members, and those of its properties and associations.
 * 1: there is something to make flat; 0: there is not, as in the records of
 * `schemas`, whose properties are an array.
 */
static int
read_record(struct hs_flatten *f, struct hs_scan *s)
{
	struct hs_span key;
	bool schema = false;
	int r;

	hs_members_clear(&f->record);
	hs_members_clear(&f->props);
	hs_members_clear(&f->assocs);
	f->id = f->partial = hs_span(NULL, 0);
	f->why = hs_scan_nomem;
	f->id_at = f->props_at = f->assocs_at = NOWHERE;
	if (hs_scan_enter(s, '{') < 0)
		return -1;
	while ((r = hs_scan_member(s, &key)) > 0) {
		char c = hs_scan_peek(s);
		if (c == '{' && hs_scan_is(key, "properties")) {
			r = read_nested(f, s, key, &f->props, &f->props_at);
		} else if (c == '{' && hs_scan_is(key, "associations")) {
			r = read_nested(f, s, key, &f->assocs, &f->assocs_at);
		} else {
			if (c == '[' && hs_scan_is(key, "properties"))
				schema = true;
			if (f->id_at == NOWHERE && hs_scan_is(key, "id"))
				f->id_at = f->record.n;
			r = hs_scan_add(s, key, &f->record);
		}
		if (r < 0)
			return -1;
	}
	if (f->id_at != NOWHERE)
		f->id = f->record.v[f->id_at].value;
	if (r < 0)
		return -1;
	return !schema && (f->props_at != NOWHERE || f->assocs_at != NOWHERE);
}

/* A comma, unless the object has just begun. */
static int
separate(struct hs_buf *b)
{
	return b->data[b->len - 1] == '{' ? 0 : hs_buf_addc(b, ',');
}

/* Copies a member as it stands in the text, from its name to its value. */
static int
put_member(struct hs_buf *b, const struct hs_member *m)
{
	const char *from = m->key.p - 1;
	size_t n = (size_t)(m->value.p + m->value.len - from);

	return separate(b) < 0 ? -1 : hs_buf_add(b, from, n);
}

/* Copies the properties as they stand: where no name is taken in one piece,
 * else with the prefixes put in. */
static int
put_properties(struct hs_flatten *f, struct hs_buf *b, bool differ)
{
	const struct hs_members *m = &f->props;

	if (m->n == 0)
		return 0;
	const char *from = m->v[0].key.p - 1;
	struct hs_span last = m->v[m->n - 1].value;
	if (separate(b) < 0)
		return -1;
	for (size_t i = 0; !differ && i < m->n; i++) {
		const char *name = m->v[i].key.p;
		if (hs_buf_add(b, from, (size_t)(name - from)) < 0 ||
		    hs_flatten_prefix(
			f, b, &m->v[i], HS_SPAN("properties_"), true) < 0)
			return -1;
		from = name;
	}
	return hs_buf_add(b, from, (size_t)(last.p + last.len - from));
}

static int
put_links(const struct hs_links *l, struct hs_buf *b)
{
	for (size_t i = 0; i < l->n; i++) {
		struct hs_span id = hs_link_id(l, i);
		struct hs_span type = hs_link_type(l, i);
		if (hs_buf_puts(b, i ? ",{\"id\":" : "{\"id\":") < 0 ||
		    hs_buf_add(b, id.p, id.len) < 0 ||
		    hs_buf_puts(b, ",\"type\":") < 0 ||
		    hs_buf_add(b, type.p, type.len) < 0 ||
		    hs_buf_addc(b, '}') < 0)
			return -1;
	}
	return 0;
}

/* Reads the i-th association; 1, or 0 when it is of no shape we know. */
static int
read_links(struct hs_flatten *f, struct hs_scan *s, size_t i)
{
	int r = hs_links_read(&f->links, s, f->assocs.v[i].value);

	if (r > 0 && f->links.partial)
		f->partial = f->assocs.v[i].key;
	return r;
}

static int
put_association(
    struct hs_flatten *f, struct hs_scan *s, struct hs_buf *b, size_t i)
{
	const struct hs_member *m = &f->assocs.v[i];
	int r = read_links(f, s, i);

	if (r < 0)
		return -1;
	if (r == 0)
		return hs_buf_add(b, m->value.p, m->value.len);
	if (hs_buf_addc(b, '[') < 0 || put_links(&f->links, b) < 0)
		return -1;
	return hs_buf_addc(b, ']');
}

static int
put_associations(
    struct hs_flatten *f, struct hs_scan *s, struct hs_buf *b, bool differ)
{
	for (size_t i = 0; i < f->assocs.n; i++) {
		const struct hs_member *m = &f->assocs.v[i];
		if (separate(b) < 0 || hs_buf_addc(b, '"') < 0)
			return -1;
		if (!differ && hs_flatten_prefix(f, b, m,
				   HS_SPAN("associations_"), false) < 0)
			return -1;
		if (hs_buf_add(b, m->key.p, m->key.len) < 0 ||
		    hs_buf_puts(b, "\":") < 0)
			return -1;
		if (put_association(f, s, b, i) < 0)
			return -1;
	}
	return 0;
}

/* id, properties, the other members, associations. */
static int
put_record(struct hs_flatten *f, struct hs_scan *s, struct hs_buf *b)
{
	const struct hs_members *m = &f->record;
	bool differ = hs_flatten_differ(f);

	if (!differ && hs_flatten_names(f) < 0)
		return -1;
	if (hs_buf_addc(b, '{') < 0)
		return -1;
	if (f->id_at != NOWHERE && put_member(b, &m->v[f->id_at]) < 0)
		return -1;
	if (put_properties(f, b, differ) < 0)
		return -1;
	for (size_t i = 0; i < m->n; i++)
		if (i != f->id_at && i != f->props_at && i != f->assocs_at &&
		    put_member(b, &m->v[i]) < 0)
			return -1;
	if (put_associations(f, s, b, differ) < 0)
		return -1;
	return hs_buf_addc(b, '}');
}

int
hs_flatten_record(
    struct hs_flatten *f, struct hs_scan *s, struct hs_buf *b, bool *same)
{
	int r = read_record(f, s);

	if (r < 0)
		return -1;
	*same = r == 0;
	if (*same)
		return 0;
	if (put_record(f, s, b) < 0)
		return hs_scan_fail(s, f->why);
	return 0;
}

static int
put_row(struct hs_flatten *f, struct hs_buf *b, struct hs_span key, size_t i)
{
	struct hs_span to = hs_link_id(&f->links, i);
	struct hs_span type = hs_link_type(&f->links, i);

	if (hs_buf_puts(b, "{\"from_id\":") < 0 ||
	    hs_buf_add(b, f->id.p, f->id.len) < 0 ||
	    hs_buf_puts(b, ",\"to_id\":") < 0 ||
	    hs_buf_add(b, to.p, to.len) < 0 ||
	    hs_buf_puts(b, ",\"association\":\"") < 0 ||
	    hs_buf_add(b, key.p, key.len) < 0 ||
	    hs_buf_puts(b, "\",\"type\":") < 0 ||
	    hs_buf_add(b, type.p, type.len) < 0)
		return -1;
	return hs_buf_addc(b, '}');
}

int
hs_flatten_links(struct hs_flatten *f, struct hs_scan *s, struct hs_buf *b,
    char separator, size_t *rows)
{
	int r = read_record(f, s);

	*rows = 0;
	if (r < 0)
		return -1;
	if (f->assocs.n > 0 && !f->id.p)
		return hs_scan_fail(s, "a record with associations has no id");
	for (size_t i = 0; i < f->assocs.n; i++) {
		struct hs_span value = f->assocs.v[i].value;
		if (hs_scan_null(value))
			continue;
		r = read_links(f, s, i);
		if (r == 0) {
			s->p = value.p;
			hs_scan_fail(s, "an association of unknown shape");
		}
		if (r <= 0)
			return -1;
		for (size_t j = 0; j < f->links.n; j++, ++*rows)
			if ((*rows > 0 && hs_buf_addc(b, separator) < 0) ||
			    put_row(f, b, f->assocs.v[i].key, j) < 0)
				return hs_scan_fail(s, hs_scan_nomem);
	}
	return 0;
}

void
hs_flatten_free(struct hs_flatten *f)
{
	hs_members_free(&f->record);
	hs_members_free(&f->props);
	hs_members_free(&f->assocs);
	hs_columns_free(&f->taken);
	hs_columns_free(&f->prop_names);
	hs_links_free(&f->links);
	hs_buf_free(&f->name);
	*f = (struct hs_flatten){0};
}
