/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Associations past the inline page: their shape. */
#include "crm-assoc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int
link_object(struct hs_scan *s, const char *const *names, struct hs_span *v)
{
	struct hs_span key, value;
	int r;

	if (hs_scan_peek(s) != '{')
		return hs_scan_fail(s, "not an object");
	hs_scan_enter(s, '{');
	while ((r = hs_scan_member(s, &key)) > 0) {
		if (hs_scan_value(s, &value) < 0)
			return -1;
		for (size_t i = 0; names[i] != NULL; i++)
			if (hs_scan_is(key, names[i]))
				v[i] = value;
	}
	return r;
}

int
link_entries(struct input *in, struct hs_span value)
{
	struct hs_scan s;
	struct hs_span key, v;

	hs_scan_init(&s, value);
	hs_scan_enter(&s, '{');
	while (hs_scan_member(&s, &key) > 0) {
		if (!hs_scan_is(key, "results") || hs_scan_peek(&s) != '[') {
			hs_scan_value(&s, NULL);
			continue;
		}
		hs_scan_enter(&s, '[');
		while (hs_scan_element(&s) > 0) {
			struct entry en = {0}, *more;

			if (hs_scan_peek(&s) != '{') {
				hs_scan_value(&s, NULL);
				continue;
			}
			hs_scan_enter(&s, '{');
			while (hs_scan_member(&s, &key) > 0) {
				hs_scan_value(&s, &v);
				if (hs_span_is(key, "id") &&
				    !hs_scan_inner(v, &en.id))
					en.id = v;
				else if (hs_span_is(key, "type"))
					en.type = v;
			}
			more = reallocarray(
			    in->entry, in->entries + 1, sizeof(*more));
			if (more == NULL)
				return -1;
			in->shown +=
			    in->entries == 0 ||
			    !hs_span_eq(en.id, more[in->entries - 1].id);
			in->entry = more;
			in->entry[in->entries++] = en;
		}
	}
	return 0;
}

/* The inline entries of an id, which stand together: *n of them. */
static const struct entry *
inline_of(struct input *in, struct hs_span id, size_t *n)
{
	*n = 0;
	for (size_t k = 0; k < in->entries; k++) {
		size_t i = (in->hint + k) % in->entries;

		if (!hs_span_eq(in->entry[i].id, id))
			continue;
		while (i + *n < in->entries &&
		       hs_span_eq(in->entry[i + *n].id, id))
			(*n)++;
		in->hint = (i + *n) % in->entries;
		return &in->entry[i];
	}
	return NULL;
}

static const struct word *
find_word(
    const struct input *in, struct hs_span category, struct hs_span number)
{
	for (size_t i = 0; i < in->words; i++)
		if (hs_span_eq(in->word[i].category, category) &&
		    hs_span_eq(in->word[i].number, number))
			return &in->word[i];
	return NULL;
}

static int
learn(struct input *in, struct hs_span category, struct hs_span number,
    struct hs_span word)
{
	struct word *w = &in->word[in->words];
	size_t n = category.len + number.len;

	if (in->words == TYPES_MAX || find_word(in, category, number) != NULL)
		return 0;
	w->memory = malloc(n + 1);
	if (w->memory == NULL)
		return -1;
	/* The answer goes away; the list's page, with the word, stays. */
	memcpy(w->memory, category.p, category.len);
	memcpy(w->memory + category.len, number.p, number.len);
	w->category = hs_span(w->memory, category.len);
	w->number = hs_span(w->memory + category.len, number.len);
	w->word = word;
	in->words++;
	return 0;
}

static int
put_entry(struct hs_buf *b, struct hs_span id, const char *before,
    struct hs_span type, const char *after)
{
	if (b->len > 0 && hs_buf_addc(b, ',') < 0)
		return -1;
	if (hs_buf_puts(b, "{\"id\":\"") < 0 ||
	    hs_buf_add(b, id.p, id.len) < 0 || hs_buf_puts(b, "\"") < 0)
		return -1;
	if (type.p != NULL &&
	    (hs_buf_puts(b, ",\"type\":") < 0 || hs_buf_puts(b, before) < 0 ||
		hs_buf_add(b, type.p, type.len) < 0 ||
		hs_buf_puts(b, after) < 0))
		return -1;
	return hs_buf_addc(b, '}');
}

/* A type as the endpoint gives it. */
struct assoc_type {
	struct hs_span category, number, label; /* texts, quotes and all */
};

static int
put_type(struct input *in, struct hs_span id, const struct assoc_type *t)
{
	const struct word *w = find_word(in, t->category, t->number);
	struct hs_span category;
	char text[128];

	if (w != NULL)
		return put_entry(in->results, id, "", w->word, "");
	if (t->label.p != NULL && t->label.p[0] == '"')
		return put_entry(in->results, id, "", t->label, "");
	if (!hs_scan_inner(t->category, &category))
		category = hs_span("", 0);
	snprintf(text, sizeof(text), "%.*s:%.*s",
	    (int)(category.len < 60 ? category.len : 60), category.p,
	    (int)(t->number.len < 30 ? t->number.len : 30),
	    t->number.p ? t->number.p : "");
	return put_entry(in->results, id, "\"", hs_span_str(text), "\"");
}

/* Puts one associated id with its types, once for each. */
static int
put_target(
    struct input *in, struct hs_span id, const struct assoc_type *t, size_t n)
{
	size_t known;
	const struct entry *en = inline_of(in, id, &known);

	if (n == 0)
		return put_entry(in->results, id, "", hs_span(NULL, 0), "");
	for (size_t i = 0; i < n; i++) {
		if (en != NULL && known == n && en[i].type.p != NULL &&
		    learn(in, t[i].category, t[i].number, en[i].type) < 0)
			return -1;
		if (put_type(in, id, &t[i]) < 0)
			return -1;
	}
	return 0;
}

static size_t
read_types(struct hs_span list, struct assoc_type *t)
{
	static const char *const names[] = {
	    "category", "typeId", "label", NULL};
	struct hs_scan s;
	size_t n = 0;

	hs_scan_init(&s, list);
	if (list.p == NULL || hs_scan_peek(&s) != '[')
		return 0;
	hs_scan_enter(&s, '[');
	while (n < TYPES_MAX && hs_scan_element(&s) > 0) {
		struct hs_span v[3] = {{0}};

		if (link_object(&s, names, v) < 0)
			break;
		t[n++] = (struct assoc_type){v[0], v[1], v[2]};
	}
	return n;
}

bool
link_id(struct hs_span value, struct hs_span *id)
{
	if (value.p == NULL)
		return false;
	if (hs_scan_inner(value, id))
		return id->len > 0;
	*id = value;
	return value.p[0] >= '0' && value.p[0] <= '9';
}

int
link_targets(struct input *in, struct hs_span list)
{
	static const char *const names[] = {
	    "toObjectId", "associationTypes", NULL};
	struct assoc_type types[TYPES_MAX];
	struct hs_scan s;
	int r;

	hs_scan_init(&s, list);
	if (list.p == NULL || hs_scan_peek(&s) != '[')
		return -1;
	hs_scan_enter(&s, '[');
	while ((r = hs_scan_element(&s)) > 0) {
		struct hs_span v[2] = {{0}}, id;

		if (link_object(&s, names, v) < 0 || !link_id(v[0], &id))
			return -1;
		if (put_target(in, id, types, read_types(v[1], types)) < 0)
			return -1;
		in->targets++;
	}
	return r;
}
