/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/*
 * Any record: flat it is JSON, holds the same values in the order promised
 * under names that are told apart, and is left alone the second time; the way
 * that looks names up and the quick one give the same.
 */
#include <stdlib.h>

#include "../frame.h"
#include "hs-flatten/flatten.h"
#include "utf8.h"

/* What a record holds, by a plain reading of it. */
struct model {
	struct hs_members all, props, assocs;
	size_t id, properties, associations;
};

#define NONE ((size_t)-1)

static void
read_model(struct model *m, struct hs_span text)
{
	struct hs_scan s;

	*m = (struct model){
	    .id = NONE, .properties = NONE, .associations = NONE};
	hs_scan_init(&s, text);
	hs_scan_members(&s, &m->all);
	for (size_t i = 0; i < m->all.n; i++) {
		struct hs_member *v = &m->all.v[i];
		hs_scan_init(&s, v->value);
		if (m->id == NONE && hs_scan_is(v->key, "id"))
			m->id = i;
		if (v->value.p[0] != '{')
			continue;
		if (hs_scan_is(v->key, "properties")) {
			m->properties = i;
			hs_scan_members(&s, &m->props);
		} else if (hs_scan_is(v->key, "associations")) {
			m->associations = i;
			hs_scan_members(&s, &m->assocs);
		}
	}
}

static void
free_model(struct model *m)
{
	hs_members_free(&m->all);
	hs_members_free(&m->props);
	hs_members_free(&m->assocs);
}

/* Whether name is key behind no, one or several prefixes. */
static bool
named_after(struct hs_span name, struct hs_span key, const char *prefix)
{
	size_t n = strlen(prefix);

	while (name.len > key.len && name.len >= n &&
	       memcmp(name.p, prefix, n) == 0)
		name = hs_span(name.p + n, name.len - n);
	return hs_span_eq(name, key);
}

static bool
same_names(struct hs_span a, struct hs_span b)
{
	char *x = malloc(a.len + 1), *y = malloc(b.len + 1);
	bool same = hs_span_eq(hs_span(x, hs_scan_decode(a, x, NULL)),
	    hs_span(y, hs_scan_decode(b, y, NULL)));

	free(x);
	free(y);
	return same;
}

static bool
repeats(const struct hs_members *m)
{
	for (size_t i = 0; i < m->n; i++)
		for (size_t j = 0; j < i; j++)
			if (same_names(m->v[i].key, m->v[j].key))
				return true;
	return false;
}

static bool
is_pair(
    const struct hs_member *in, const struct hs_member *out, const char *prefix)
{
	return hs_span_eq(in->value, out->value) &&
	       named_after(out->key, in->key, prefix);
}

/* A bare record with such a member is a page. */
static bool
makes_page(const struct hs_member *out)
{
	return out->value.p[0] == '[' && hs_scan_is(out->key, "results");
}

/* NULL, or what is wrong with the flat record. */
static const char *
compare(const struct model *in, const struct hs_members *out)
{
	const struct hs_member *o = out->v;
	size_t nested = (in->properties != NONE) + (in->associations != NONE);

	if (out->n != in->all.n - nested + in->props.n + in->assocs.n)
		return "members appeared or vanished";
	if (in->id != NONE && !is_pair(&in->all.v[in->id], o++, ""))
		return "id is not the first";
	for (size_t i = 0; i < in->props.n; i++, o++)
		if (!is_pair(&in->props.v[i], o, "properties_") ||
		    makes_page(o))
			return "a property changed";
	for (size_t i = 0; i < in->all.n; i++)
		if (i != in->id && i != in->properties &&
		    i != in->associations && !is_pair(&in->all.v[i], o++, ""))
			return "a member changed";
	for (size_t i = 0; i < in->assocs.n; i++, o++)
		if (!named_after(
			o->key, in->assocs.v[i].key, "associations_") ||
		    makes_page(o))
			return "an association changed its name";
	if (out->n < 60 && !repeats(&in->all) && !repeats(&in->props) &&
	    repeats(out))
		return "a name is there twice";
	return NULL;
}

static int
flatten(struct flatten *f, struct hs_span text, struct hs_buf *b, bool *same,
    struct hs_span *record)
{
	struct hs_scan s;

	hs_scan_init(&s, text);
	hs_scan_peek(&s);
	const char *from = s.p;
	if (flatten_record(f, &s, b, same) < 0)
		return -1;
	*record = hs_span(from, (size_t)(s.p - from));
	return 0;
}

/* The record with one more member, whose spelling makes its names be looked
 * up, comes out the same beside it. */
static bool
slow_differs(struct flatten *f, struct hs_span record, struct hs_span flat)
{
	static const char extra[] = "\"\\u005fhs\":0";
	size_t n = sizeof extra - 1;
	struct hs_buf text = {0}, b = {0};
	bool same, differs = false;
	struct hs_span unused;

	if (memmem(record.p, record.len, "hs\"", 3))
		return false;
	hs_buf_printf(&text, "{%s,", extra);
	hs_buf_add(&text, record.p + 1, record.len - 1);
	if (flatten(f, hs_buf_span(&text), &b, &same, &unused) == 0) {
		char *at = memmem(b.data, b.len, extra, n);
		size_t left = at ? (size_t)(b.data + b.len - at) - n : 0;
		if (!at || same)
			differs = true;
		else if (at[-1] == ',')
			memmove(at - 1, at + n, left);
		else if (at[n] == ',')
			memmove(at, at + n + 1, left - 1);
		differs |= b.len != flat.len + n + 1 ||
			   memcmp(b.data, flat.p, flat.len) != 0;
	}
	hs_buf_free(&text);
	hs_buf_free(&b);
	return differs;
}

/* Rows of the link table, one a line. */
static const char *
check_links(struct flatten *f, struct hs_span record)
{
	struct hs_buf b = {0};
	struct hs_members m = {0};
	struct hs_scan s;
	size_t rows, seen = 0;
	const char *wrong = NULL;

	hs_scan_init(&s, record);
	if (flatten_links(f, &s, &b, '\n', &rows) == 0) {
		hs_scan_init(&s, hs_buf_span(&b));
		for (; rows > 0 && hs_scan_peek(&s) == '{'; seen++) {
			hs_members_clear(&m);
			if (hs_scan_members(&s, &m) < 0 ||
			    (m.n != 4 && m.n != 7))
				wrong = "a row is not JSON";
		}
		if (seen != rows || (rows > 0 && hs_scan_end(&s) < 0))
			wrong = "rows are not what was counted";
	}
	hs_members_free(&m);
	hs_buf_free(&b);
	return wrong;
}

static const char *
check_flat(struct flatten *f, struct hs_span record, struct hs_span flat)
{
	struct hs_buf again = {0};
	struct hs_members out = {0};
	struct model in;
	struct hs_scan s;
	struct hs_span unused;
	bool same;

	hs_scan_init(&s, flat);
	if (hs_scan_members(&s, &out) < 0 || hs_scan_end(&s) < 0) {
		hs_members_free(&out);
		return "the flat record is not JSON";
	}
	read_model(&in, record);
	const char *wrong = compare(&in, &out);
	hs_members_free(&out);
	if (!wrong && (flatten(f, flat, &again, &same, &unused) < 0 || !same ||
			  again.len > 0))
		wrong = "a flat record is not left alone";
	/* In an empty record the extra member takes no comma along. */
	if (!wrong && in.all.n > 0 && flat.len > 2 &&
	    slow_differs(f, record, flat))
		wrong = "names that are looked up come out otherwise";
	free_model(&in);
	hs_buf_free(&again);
	return wrong;
}

/* What is wrong with how the record is made flat: NULL for nothing. */
static const char *
flatten_fault(struct hs_span text)
{
	struct flatten f = {0};
	struct hs_buf b = {0};
	struct hs_span record;
	const char *wrong = NULL;
	bool same;

	if (flatten(&f, text, &b, &same, &record) == 0) {
		if (same && b.len > 0)
			wrong = "an unchanged record was written";
		else if (!same)
			wrong = check_flat(&f, record, hs_buf_span(&b));
		if (!wrong)
			wrong = check_links(&f, record);
	}
	hs_buf_free(&b);
	flatten_free(&f);
	return wrong;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	return frame_run(data, size, flatten_fault);
}
