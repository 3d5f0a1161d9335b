/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* The names of a flat record. */
#include "names.h"

#include <stdint.h>

/* With more members than this, names are looked up in a table. */
#define FEW 24

/* A name that needs more was made to. */
#define PREFIXES_MAX 100

static bool
has_key(const struct hs_members *m, size_t n, struct hs_span key)
{
	for (size_t i = 0; i < n; i++)
		if (hs_span_eq(m->v[i].key, key))
			return true;
	return false;
}

/* Whether a name is taken in every record: results only for what is, or may
 * become, an array. */
static inline bool
is_reserved(struct hs_span name, bool is_array)
{
	return hs_span_eq(name, HS_SPAN("properties")) ||
	       hs_span_eq(name, HS_SPAN("associations")) ||
	       (is_array && hs_span_eq(name, HS_SPAN("results")));
}

/* Maps a name to one of 64 bits.  If no name in a set has the bit, the name is
 * not in the set.  The byte behind an empty name is its closing quote. */
static inline uint64_t
name_bit(struct hs_span key)
{
	return UINT64_C(1) << ((key.len * 8 + (unsigned char)key.p[0]) & 63);
}

static bool
props_differ(const struct hs_members *record, const struct hs_members *props)
{
	uint64_t names = name_bit(HS_SPAN("properties")) |
			 name_bit(HS_SPAN("associations")) |
			 name_bit(HS_SPAN("results"));

	for (size_t i = 0; i < record->n; i++)
		names |= name_bit(record->v[i].key);
	for (size_t i = 0; i < props->n; i++) {
		struct hs_span key = props->v[i].key;
		if ((names & name_bit(key)) == 0)
			continue;
		if (has_key(record, record->n, key) ||
		    is_reserved(key, props->v[i].value.p[0] == '['))
			return false;
	}
	return true;
}

bool
names_differ(const struct hs_members *record, const struct hs_members *props,
    const struct hs_members *assocs)
{
	if (record->n > FEW || assocs->n > FEW || record->escaped ||
	    props->escaped || assocs->escaped || !props_differ(record, props))
		return false;
	for (size_t i = 0; i < assocs->n; i++) {
		struct hs_span key = assocs->v[i].key;
		if (has_key(record, record->n, key) ||
		    has_key(props, props->n, key) || has_key(assocs, i, key) ||
		    is_reserved(key, true))
			return false;
	}
	return true;
}

/* Puts what a key says into n->name. */
static int
spell_out(struct names *n, struct hs_span key, struct hs_scan *s)
{
	hs_buf_clear(&n->name);
	if (hs_buf_reserve(&n->name, key.len + 1) < 0)
		return hs_scan_fail(s, hs_scan_nomem);
	n->name.len = hs_scan_decode(key, n->name.data, NULL);
	return 0;
}

/* Adds n->name to a set. */
static int
add_name(struct names *n, struct hs_columns *set, struct hs_scan *s)
{
	struct hs_err e;
	size_t index;

	if (hs_columns_add(set, hs_buf_span(&n->name), &index, &e) == 0)
		return 0;
	return hs_scan_fail(s, e.kind == HS_DATA
				   ? "a record has too many members"
				   : hs_scan_nomem);
}

static int
add_names(struct names *n, const struct hs_members *m, struct hs_columns *set,
    struct hs_scan *s)
{
	hs_columns_free(set);
	for (size_t i = 0; i < m->n; i++)
		if (spell_out(n, m->v[i].key, s) < 0 || add_name(n, set, s) < 0)
			return -1;
	return 0;
}

int
names_collect(struct names *n, const struct hs_members *record,
    const struct hs_members *props, struct hs_scan *s)
{
	if (add_names(n, record, &n->taken, s) < 0)
		return -1;
	return add_names(n, props, &n->used, s);
}

/* Whether n->name, the name of m with some prefixes, is another's.  Without a
 * prefix a property's name is in `used` for that property. */
static bool
is_taken(const struct names *n, const struct hs_member *m, bool is_property,
    size_t prefixes)
{
	struct hs_span name = hs_buf_span(&n->name);
	bool is_array = !is_property || m->value.p[0] == '[';

	if (hs_columns_has(&n->taken, name) ||
	    (prefixes == 0 && is_reserved(name, is_array)))
		return true;
	return (prefixes > 0 || !is_property) && hs_columns_has(&n->used, name);
}

/* Puts the prefix in front of n->name. */
static int
prepend(struct names *n, struct hs_span prefix, struct hs_scan *s)
{
	struct hs_buf *name = &n->name;

	if (hs_buf_reserve(name, prefix.len) < 0)
		return hs_scan_fail(s, hs_scan_nomem);
	memmove(name->data + prefix.len, name->data, name->len);
	memcpy(name->data, prefix.p, prefix.len);
	name->len += prefix.len;
	return 0;
}

int
names_prefix(struct names *n, struct hs_buf *b, const struct hs_member *m,
    bool is_property, struct hs_scan *s)
{
	struct hs_span prefix =
	    is_property ? HS_SPAN("properties_") : HS_SPAN("associations_");
	size_t times = 0;

	if (spell_out(n, m->key, s) < 0)
		return -1;
	for (; is_taken(n, m, is_property, times); times++) {
		if (times == PREFIXES_MAX)
			return hs_scan_fail(
			    s, "a record has a name with every prefix");
		hs_buf_put(b, prefix);
		if (prepend(n, prefix, s) < 0)
			return -1;
	}
	return times > 0 || !is_property ? add_name(n, &n->used, s) : 0;
}

void
names_free(struct names *n)
{
	hs_columns_free(&n->taken);
	hs_columns_free(&n->used);
	hs_buf_free(&n->name);
}
