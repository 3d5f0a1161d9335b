/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Names of a flat record. */
#include "names.h"

#include <stdint.h>
#include <string.h>

#include "flatten.h"

/* A record with more members than this, or with escapes in its names, has
 * them looked up in a table. */
#define FEW 24

/* A name that is still taken with so many prefixes is no accident. */
#define MAX_PREFIXES 100

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
 * with a set of names is not among them.  The byte behind an empty name is its
 * closing quote. */
static inline uint64_t
name_bit(struct hs_span key)
{
	return UINT64_C(1) << ((key.len * 8 + (unsigned char)key.p[0]) & 63);
}

bool
hs_flatten_differ(const struct hs_flatten *f)
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

int
hs_flatten_names(struct hs_flatten *f)
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

int
hs_flatten_prefix(struct hs_flatten *f, struct hs_buf *b,
    const struct hs_member *m, struct hs_span prefix, bool is_property)
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
