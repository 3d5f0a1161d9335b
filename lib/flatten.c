/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Records made flat. */
#include "flatten.h"

/* A record with more members than this, or with escapes in its names, has
 * them looked up in a table. */
#define FEW 24

/* A name that is still taken with so many prefixes is no accident. */
#define MAX_PREFIXES 100

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

/* Whether one of the first n members has the key; lengths differ nearly
 * always. */
static bool
has_key(const struct hs_members *m, size_t n, struct hs_span key)
{
	for (size_t i = 0; i < n; i++)
		if (hs_span_eq(m->v[i].key, key))
			return true;
	return false;
}

/* Whether a name is taken whatever the record has: results by what is, or may
 * be, an array. */
static inline bool
is_reserved(struct hs_span name, bool is_array)
{
	return hs_span_eq(name, HS_SPAN("properties")) ||
	       hs_span_eq(name, HS_SPAN("associations")) ||
	       (is_array && hs_span_eq(name, HS_SPAN("results")));
}

/* One of 64 bits for a name, equal names the same: what has no bit in common
 * with a set of names is not among them. */
static uint64_t
name_bit(struct hs_span key)
{
	unsigned first = key.len ? (unsigned char)key.p[0] : 0;

	return UINT64_C(1) << ((key.len * 8 + first) & 63);
}

/* Whether it can be told at a glance that no name is there twice. */
static bool
names_differ(const struct hs_flatten *f)
{
	uint64_t names = 0;

	if (f->record.n > FEW || f->assocs.n > FEW || f->record.escaped ||
	    f->props.escaped || f->assocs.escaped)
		return false;
	for (size_t i = 0; i < f->record.n; i++)
		names |= name_bit(f->record.v[i].key);
	names |= name_bit(HS_SPAN("properties"));
	names |= name_bit(HS_SPAN("associations"));
	names |= name_bit(HS_SPAN("results"));
	for (size_t i = 0; i < f->props.n; i++) {
		struct hs_span key = f->props.v[i].key;
		if ((names & name_bit(key)) == 0)
			continue;
		if (has_key(&f->record, f->record.n, key) ||
		    is_reserved(key, f->props.v[i].value.p[0] == '['))
			return false;
	}
	for (size_t i = 0; i < f->assocs.n; i++) {
		struct hs_span key = f->assocs.v[i].key;
		if (has_key(&f->record, f->record.n, key) ||
		    has_key(&f->props, f->props.n, key) ||
		    has_key(&f->assocs, i, key) || is_reserved(key, true))
			return false;
	}
	return true;
}

static int
add_name(struct hs_flatten *f, struct hs_columns *set, struct hs_span name)
{
	struct hs_err e;
	size_t index;

	if (hs_columns_add(set, name, &index, &e) == 0)
		return 0;
	if (e.kind == HS_DATA)
		f->why = "a record has too many members";
	return -1;
}

/* Puts what a key says into f->name. */
static int
spell_out(struct hs_flatten *f, struct hs_span key)
{
	hs_buf_clear(&f->name);
	if (hs_buf_reserve(&f->name, key.len + 1) < 0)
		return -1;
	f->name.len = hs_scan_decode(key, f->name.data, NULL);
	return 0;
}

/* Adds what the members' keys say to a set of names. */
static int
add_names(
    struct hs_flatten *f, const struct hs_members *m, struct hs_columns *set)
{
	for (size_t i = 0; i < m->n; i++)
		if (spell_out(f, m->v[i].key) < 0 ||
		    add_name(f, set, hs_buf_span(&f->name)) < 0)
			return -1;
	return 0;
}

/* Builds the sets of names that are taken by members and by properties. */
static int
collect_names(struct hs_flatten *f)
{
	hs_columns_free(&f->taken);
	hs_columns_free(&f->prop_names);
	if (add_names(f, &f->record, &f->taken) < 0)
		return -1;
	return add_names(f, &f->props, &f->prop_names);
}

/* Whether f->name, the name of m behind so many prefixes, is another's. A
 * property's own name doesn't count as taken by itself. */
static bool
is_taken(const struct hs_flatten *f, const struct hs_member *m,
    bool is_property, size_t prefixes)
{
	struct hs_span name = hs_buf_span(&f->name);

	if (hs_columns_has(&f->taken, name) ||
	    (prefixes == 0 &&
		is_reserved(name, !is_property || m->value.p[0] == '[')))
		return true;
	return (prefixes > 0 || !is_property) &&
	       hs_columns_has(&f->prop_names, name);
}

/* Appends as many prefixes as make the member's name a new one. */
static int
put_prefix(struct hs_flatten *f, struct hs_buf *b, const struct hs_member *m,
    struct hs_span prefix, bool is_property)
{
	struct hs_buf *name = &f->name;
	size_t times = 0;

	if (spell_out(f, m->key) < 0)
		return -1;
	for (; is_taken(f, m, is_property, times); times++) {
		if (times == MAX_PREFIXES) {
			f->why = "a record has a name in all its spellings";
			return -1;
		}
		if (hs_buf_add(b, prefix.p, prefix.len) < 0 ||
		    hs_buf_reserve(name, prefix.len) < 0)
			return -1;
		memmove(name->data + prefix.len, name->data, name->len);
		memcpy(name->data, prefix.p, prefix.len);
		name->len += prefix.len;
	}
	if (times == 0 && is_property)
		return 0;
	return add_name(f, &f->prop_names, hs_buf_span(name));
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
		    put_prefix(f, b, &m->v[i], HS_SPAN("properties_"), true) <
			0)
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
		if (!differ &&
		    put_prefix(f, b, m, HS_SPAN("associations_"), false) < 0)
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
	bool differ = names_differ(f);

	if (!differ && collect_names(f) < 0)
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
