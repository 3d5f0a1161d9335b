/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* The labels of values. */
#include "values.h"

#include <strings.h>

#define SHOWN ((size_t)100) /* bytes of a value in a message */

/* A value, or one of several, whose label is wanted. */
struct one {
	size_t property;
	size_t pipeline; /* place of the record's, or LABELS_NONE */
	struct hs_span text;
};

/* The place of the label of a string's text in a set, or LABELS_NONE. */
static size_t
find_in(struct values *v, uint64_t set, struct hs_span text)
{
	struct hs_span said;
	size_t lone = 0;

	if (hs_scan_says(text, &v->said, &said, &lone) < 0)
		v->nomem = true;
	else if (lone == 0)
		return labels_find(&v->tables->labels, set, said);
	/* Half a surrogate pair can't be told from another. */
	return LABELS_NONE;
}

/* The place of a value's label, or LABELS_NONE: what owners and pipelines say
 * comes before the options of the definition. */
static size_t
find(struct values *v, const struct one *one)
{
	const struct property *p = &v->tables->properties.v[one->property];
	size_t at = LABELS_NONE;

	switch (p->role) {
	case ROLE_NONE: break;
	case ROLE_OWNER:
		at = find_in(v, labels_set(LABELS_OWNERS, 0), one->text);
		break;
	case ROLE_PIPELINE:
		at = find_in(v, labels_set(LABELS_PIPELINES, 0), one->text);
		break;
	case ROLE_STAGE:
		if (one->pipeline != LABELS_NONE)
			at = find_in(v,
			    labels_set(LABELS_STAGES_OF, one->pipeline),
			    one->text);
		if (at == LABELS_NONE)
			at =
			    find_in(v, labels_set(LABELS_STAGES, 0), one->text);
		break;
	}
	if (at == LABELS_NONE && p->options)
		at = find_in(
		    v, labels_set(LABELS_OPTIONS, one->property), one->text);
	return at;
}

/* Counts a value without a label; with --strict fails. */
static int
note_unknown(struct values *v, struct hs_scan *s, const struct one *one)
{
	struct properties *all = &v->tables->properties;
	struct property *p = &all->v[one->property];
	struct hs_span text = one->text;

	text.len = text.len > SHOWN ? SHOWN : text.len;
	if (p->unknowns++ == 0)
		properties_keep(all, text, &p->unknown, NULL);
	if (!v->strict)
		return 0;
	struct hs_span name = properties_text(all, p->name);
	hs_buf_clear(&v->why);
	hs_buf_printf(&v->why, "%.*s: the value \"%.*s\" has no label",
	    (int)(name.len > SHOWN ? SHOWN : name.len), name.p, (int)text.len,
	    text.p);
	const char *why = hs_buf_str(&v->why);
	return hs_scan_fail_at(s, text.p, why ? why : hs_scan_nomem);
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

/* Adds the label of one of several values to v->joined: 1.  0: it has none and
 * stays there as it is. */
static int
join(struct values *v, struct hs_scan *s, const struct one *one)
{
	size_t at = find(v, one);

	if (at == LABELS_NONE) {
		hs_buf_put(&v->joined, one->text);
		return note_unknown(v, s, one);
	}
	struct hs_span text = labels_text(&v->tables->labels, at);
	hs_buf_add(&v->joined, text.p + 1, text.len - 2);
	return 1;
}

/* Joins the labels of several values in v->joined, and counts those with a
 * label and those without. */
static int
join_all(struct values *v, struct hs_scan *s, struct one one, unsigned *known,
    unsigned *unknown)
{
	struct hs_buf *b = &v->joined;
	struct hs_span rest = one.text;
	const char *p;
	size_t len;

	hs_buf_clear(b);
	hs_buf_addc(b, '"');
	do {
		p = semicolon(rest, &len);
		one.text = hs_span(rest.p, p ? (size_t)(p - rest.p) : rest.len);
		int r = one.text.len > 0 ? join(v, s, &one) : 0;
		if (r < 0)
			return -1;
		*known += r > 0;
		*unknown += r == 0 && one.text.len > 0;
		if (p) {
			hs_buf_addc(b, ';');
			rest = hs_span(p + len, rest.len - one.text.len - len);
		}
	} while (p && rest.len > 0);
	hs_buf_addc(b, '"');
	return b->failed ? hs_scan_fail(s, hs_scan_nomem) : 0;
}

/* Finds the label of a value that is not in the memo. */
static int
find_new(struct values *v, struct hs_scan *s, const struct one *one,
    uint64_t key, struct hs_span *label)
{
	size_t at = find(v, one), len;
	unsigned known = at != LABELS_NONE, unknown = 0;

	if (known > 0) {
		*label = labels_text(&v->tables->labels, at);
	} else if (semicolon(one->text, &len)) {
		if (join_all(v, s, *one, &known, &unknown) < 0)
			return -1;
		if (known == 0 && unknown > 0)
			return 0;
		*label = hs_buf_span(&v->joined);
	} else {
		return note_unknown(v, s, one);
	}
	if (known > 0 && unknown == 0)
		memo_add(&v->memo, key, one->text, *label, known);
	v->labels += known;
	return 1;
}

int
values_label(struct values *v, struct hs_scan *s, size_t property,
    struct hs_span pipeline, struct hs_span value, struct hs_span *label)
{
	struct one one = {property, LABELS_NONE, value};
	struct hs_span inner;

	if (hs_scan_null(value))
		return 0;
	/* A number, as jq may have made it, has the label of its text. */
	if (hs_scan_inner(value, &one.text) && one.text.len == 0) {
		*label = value;
		return 1;
	}
	if (pipeline.p && hs_scan_inner(pipeline, &inner))
		one.pipeline =
		    find_in(v, labels_set(LABELS_PIPELINES, 0), inner);
	uint64_t key = (uint64_t)one.pipeline << 32 | (property + 1);
	unsigned known = memo_find(&v->memo, key, one.text, label);
	v->labels += known;
	return known > 0 ? 1 : find_new(v, s, &one, key, label);
}

void
values_free(struct values *v)
{
	hs_buf_free(&v->memo.text);
	hs_buf_free(&v->joined);
	hs_buf_free(&v->said);
	hs_buf_free(&v->why);
	*v = (struct values){0};
}
