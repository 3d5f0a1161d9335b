/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Records made flat. */
#include "flatten.h"

#define NOWHERE ((size_t)-1)

/* Reads a member whose value is an object, and that object's members. */
static int
read_nested(struct flatten *f, struct hs_scan *s, struct hs_span key,
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

static void
start_record(struct flatten *f)
{
	hs_members_clear(&f->record);
	hs_members_clear(&f->props);
	hs_members_clear(&f->assocs);
	f->id = f->partial = hs_span(NULL, 0);
	f->id_at = f->props_at = f->assocs_at = NOWHERE;
}

/*
 * Reads the record's members, and those of its properties and associations.
 * 1: there is something to make flat.  0: there is not, as in the records of
 * `schemas`, whose properties are an array.
 */
static int
read_record(struct flatten *f, struct hs_scan *s)
{
	struct hs_span key;
	bool schema = false;
	int r;

	start_record(f);
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
	if (r < 0)
		return -1;
	if (f->id_at != NOWHERE)
		f->id = f->record.v[f->id_at].value;
	return !schema && (f->props_at != NOWHERE || f->assocs_at != NOWHERE);
}

/* A comma, unless the object has just begun. */
static void
separate(struct hs_buf *b)
{
	if (b->len > 0 && b->data[b->len - 1] != '{')
		hs_buf_addc(b, ',');
}

/* Copies the text from the first of some members' names to the last value. */
static void
put_text(
    struct hs_buf *b, const struct hs_member *from, const struct hs_member *to)
{
	const char *p = from->key.p - 1;

	hs_buf_add(b, p, (size_t)(to->value.p + to->value.len - p));
}

static void
put_member(struct hs_buf *b, const struct hs_member *m)
{
	separate(b);
	put_text(b, m, m);
}

/* Copies the properties as they stand in the text: in one piece where no name
 * is taken, else with prefixes put in. */
static int
put_properties(
    struct flatten *f, struct hs_scan *s, struct hs_buf *b, bool differ)
{
	const struct hs_members *m = &f->props;

	if (m->n == 0)
		return 0;
	separate(b);
	if (differ) {
		put_text(b, &m->v[0], &m->v[m->n - 1]);
		return 0;
	}
	const char *from = m->v[0].key.p - 1;
	for (size_t i = 0; i < m->n; i++) {
		const char *name = m->v[i].key.p;
		hs_buf_add(b, from, (size_t)(name - from));
		if (names_prefix(&f->names, b, &m->v[i], true, s) < 0)
			return -1;
		from = name;
	}
	struct hs_span last = m->v[m->n - 1].value;
	hs_buf_add(b, from, (size_t)(last.p + last.len - from));
	return 0;
}

/* Reads the i-th association: 1, or 0 when it has no shape that we know. */
static int
read_links(struct flatten *f, struct hs_scan *s, size_t i)
{
	int r = links_read(&f->links, s, f->assocs.v[i].value);

	if (r > 0 && f->links.partial)
		f->partial = f->assocs.v[i].key;
	return r;
}

static void
put_links(const struct links *l, struct hs_buf *b)
{
	hs_buf_addc(b, '[');
	for (size_t i = 0; i < l->n; i++) {
		hs_buf_puts(b, i ? ",{\"id\":" : "{\"id\":");
		hs_buf_put(b, link_id(l, i));
		hs_buf_puts(b, ",\"type\":");
		hs_buf_put(b, link_type(l, i));
		hs_buf_put(b, link_label(l, i));
		hs_buf_addc(b, '}');
	}
	hs_buf_addc(b, ']');
}

static int
put_associations(
    struct flatten *f, struct hs_scan *s, struct hs_buf *b, bool differ)
{
	for (size_t i = 0; i < f->assocs.n; i++) {
		const struct hs_member *m = &f->assocs.v[i];
		separate(b);
		hs_buf_addc(b, '"');
		if (!differ && names_prefix(&f->names, b, m, false, s) < 0)
			return -1;
		hs_buf_put(b, m->key);
		hs_buf_puts(b, "\":");
		int r = read_links(f, s, i);
		if (r < 0)
			return -1;
		if (r > 0)
			put_links(&f->links, b);
		else
			hs_buf_put(b, m->value);
	}
	return 0;
}

/* id, properties, the other members, associations. */
static int
put_record(struct flatten *f, struct hs_scan *s, struct hs_buf *b)
{
	const struct hs_members *m = &f->record;
	bool differ = names_differ(m, &f->props, &f->assocs);

	if (!differ && names_collect(&f->names, m, &f->props, s) < 0)
		return -1;
	hs_buf_addc(b, '{');
	if (f->id_at != NOWHERE)
		put_member(b, &m->v[f->id_at]);
	if (put_properties(f, s, b, differ) < 0)
		return -1;
	for (size_t i = 0; i < m->n; i++)
		if (i != f->id_at && i != f->props_at && i != f->assocs_at)
			put_member(b, &m->v[i]);
	if (put_associations(f, s, b, differ) < 0)
		return -1;
	hs_buf_addc(b, '}');
	return 0;
}

int
flatten_record(
    struct flatten *f, struct hs_scan *s, struct hs_buf *b, bool *same)
{
	int r = read_record(f, s);

	*same = r == 0;
	return r > 0 ? put_record(f, s, b) : r;
}

static void
put_row(struct flatten *f, struct hs_buf *b, struct hs_span key, size_t i)
{
	hs_buf_puts(b, "{\"from_id\":");
	hs_buf_put(b, f->id);
	hs_buf_puts(b, ",\"to_id\":");
	hs_buf_put(b, link_id(&f->links, i));
	hs_buf_puts(b, ",\"association\":\"");
	hs_buf_put(b, key);
	hs_buf_puts(b, "\",\"type\":");
	hs_buf_put(b, link_type(&f->links, i));
	hs_buf_put(b, link_label(&f->links, i));
	hs_buf_addc(b, '}');
}

int
flatten_links(struct flatten *f, struct hs_scan *s, struct hs_buf *b,
    char separator, size_t *rows)
{
	*rows = 0;
	if (read_record(f, s) < 0)
		return -1;
	if (f->assocs.n > 0 && !f->id.p)
		return hs_scan_fail(s, "a record with associations has no id");
	for (size_t i = 0; i < f->assocs.n; i++) {
		struct hs_span value = f->assocs.v[i].value;
		if (hs_scan_null(value))
			continue;
		int r = read_links(f, s, i);
		if (r < 0)
			return -1;
		if (r == 0) {
			s->p = value.p;
			return hs_scan_fail(
			    s, "an association of unknown shape");
		}
		for (size_t j = 0; j < f->links.n; j++, ++*rows) {
			if (*rows > 0)
				hs_buf_addc(b, separator);
			put_row(f, b, f->assocs.v[i].key, j);
		}
	}
	return 0;
}

void
flatten_free(struct flatten *f)
{
	hs_members_free(&f->record);
	hs_members_free(&f->props);
	hs_members_free(&f->assocs);
	names_free(&f->names);
	links_free(&f->links);
	*f = (struct flatten){0};
}
