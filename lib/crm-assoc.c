/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/*
 * Associations past the inline page.
 *
 * A list carries at most 100 associations of a type with each record.  Where
 * there are more, all of the record's are read from their own endpoint, from
 * the start, and take the inline page's place in its shape, {"id","type"}.
 * The endpoint names a type by category, number and label, the list by a word
 * (company_to_contact_unlabeled); the hundred that came both ways tell which
 * is which.  A type that none of them has is called by its label, or by
 * category and number.
 */
#include "crm-parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FAILURES_MAX 4 /* of one record in a row */
#define AGAIN_MS 500
#define TYPES_MAX 64 /* that are told apart */
#define RESULTS_MAX ((size_t)512 << 20)

/* An inline entry. */
struct entry {
	struct hs_span id, type; /* the type with its quotes */
};

/* A type as the endpoint names it, and as the list does. */
struct word {
	struct hs_span category, number, word; /* of texts that stay */
	char *memory;
};

/* One record's association with one type. */
struct input {
	size_t cell, over;
	struct hs_buf *results;
	char *after; /* JSON escapes as they came; NULL: start */
	char *mark;  /* a cursor of before, to notice a loop */
	unsigned long long steps, next_mark;
	int failures;
	bool answered; /* in the answer being read */
	bool done;
	struct entry *entry; /* the inline page */
	size_t entries, entry_cap, hint;
	struct word word[TYPES_MAX];
	size_t words;
};

/* All of a page's records with too many of one type. */
struct link {
	struct link *next;
	struct hs_call call;
	struct page *pg;
	struct hs_span key; /* as the first of them had it */
	char *to;
	struct input *input;
	size_t n;
};

static int answer_done(struct hs_call *c, struct hs_err *e);

static void
free_input(struct input *in)
{
	free(in->after);
	free(in->mark);
	free(in->entry);
	for (size_t i = 0; i < in->words; i++)
		free(in->word[i].memory);
}

void
link_free(struct page *pg)
{
	while (pg->links != NULL) {
		struct link *l = pg->links;

		pg->links = l->next;
		for (size_t i = 0; i < l->n; i++)
			free_input(&l->input[i]);
		free(l->input);
		free(l->to);
		hs_call_free(&l->call);
		free(l);
	}
}

static int
post(struct link *l)
{
	struct fetch *f = l->pg->f;
	struct hs_call *c = &l->call;
	const char *comma = "";
	int r;

	r = hs_crm_url(
	    f->crm, &c->url, HS_ASSOC_BATCH, f->o->object->type, l->to);
	hs_buf_clear(&c->body);
	if (r == 0)
		r = hs_buf_puts(&c->body, "{\"inputs\":[");
	for (size_t i = 0; i < l->n && r == 0; i++) {
		struct input *in = &l->input[i];
		struct hs_span id = l->pg->cell[in->cell].item->id;

		in->answered = false;
		if (in->done)
			continue;
		r = hs_buf_printf(&c->body, "%s{\"id\":\"%.*s\"%s%s%s}", comma,
		    (int)id.len, id.p, in->after ? ",\"after\":\"" : "",
		    in->after ? in->after : "", in->after ? "\"" : "");
		comma = ",";
	}
	if (r < 0 || hs_buf_puts(&c->body, "]}") < 0)
		return hs_err_mem(f->e, "associations");
	c->post = true;
	c->done = answer_done;
	c->priority = 1;
	snprintf(c->what, sizeof(c->what),
	    "%.80s: associations to %.60s for page %llu", f->o->label, l->to,
	    l->pg->number);
	hs_crm_post(f->crm, c);
	return 0;
}

/* The inline page of an association that was read before. */
static int
read_entries(struct input *in, struct hs_span value)
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

/* Reads the members of an object; those named go to v, in that order. */
static int
read_object(struct hs_scan *s, const char *const *names, struct hs_span *v)
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

		if (read_object(&s, names, v) < 0)
			break;
		t[n++] = (struct assoc_type){v[0], v[1], v[2]};
	}
	return n;
}

static bool
id_text(struct hs_span value, struct hs_span *id)
{
	if (value.p == NULL)
		return false;
	if (hs_scan_inner(value, id))
		return id->len > 0;
	*id = value;
	return value.p[0] >= '0' && value.p[0] <= '9';
}

static int
read_targets(struct input *in, struct hs_span list)
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

		if (read_object(&s, names, v) < 0 || !id_text(v[0], &id))
			return -1;
		if (put_target(in, id, types, read_types(v[1], types)) < 0)
			return -1;
	}
	return r;
}

/* The text of object's member at the path, or a span without pointer. */
static struct hs_span
dig(struct hs_span object, const char *const *path)
{
	struct hs_scan s;

	for (; *path != NULL && object.p != NULL; path++) {
		const char *const names[] = {*path, NULL};
		struct hs_span v = {0};

		hs_scan_init(&s, object);
		if (hs_scan_peek(&s) != '{' || read_object(&s, names, &v) < 0)
			return hs_span(NULL, 0);
		object = v;
	}
	return object;
}

/* Takes the cursor on; a loop is noticed by a mark that is set anew at ever
 * greater distances (Brent). */
static int
go_further(struct link *l, struct input *in, struct hs_span after)
{
	struct hs_err *e = l->pg->f->e;

	free(in->after);
	in->after = strndup(after.p, after.len);
	if (in->after == NULL)
		return hs_err_mem(e, "cursor");
	if (in->mark != NULL && strcmp(in->mark, in->after) == 0)
		return hs_err_set(e, HS_PROTOCOL,
		    "%s: the API repeated a cursor: the list would never end",
		    l->call.what);
	if (in->steps++ < in->next_mark)
		return 0;
	in->next_mark = in->steps * 2;
	free(in->mark);
	in->mark = strdup(in->after);
	return in->mark != NULL ? 0 : hs_err_mem(e, "cursor");
}

static struct input *
find_input(struct link *l, struct hs_span id)
{
	for (size_t i = 0; i < l->n; i++)
		if (hs_span_eq(l->pg->cell[l->input[i].cell].item->id, id))
			return &l->input[i];
	return NULL;
}

static int
take_result(struct link *l, const struct hs_span v[3])
{
	static const char *const from_id[] = {"id", NULL};
	static const char *const next_after[] = {"next", "after", NULL};
	struct hs_span id, after;
	struct input *in;

	if (!id_text(dig(v[0], from_id), &id))
		return hs_err_set(l->pg->f->e, HS_PROTOCOL,
		    "a result does not say from which record");
	in = find_input(l, id);
	if (in == NULL || in->done || in->answered)
		return 0;
	in->answered = true;
	in->failures = 0;
	if (read_targets(in, v[1]) < 0)
		return hs_err_set(l->pg->f->e, HS_PROTOCOL,
		    "the associations of record %.*s can't be read",
		    (int)(id.len < 64 ? id.len : 64), id.p);
	after = dig(v[2], next_after);
	if (after.p != NULL && hs_scan_inner(after, &after))
		return go_further(l, in, after);
	in->done = true;
	return 0;
}

static int
take_answer(struct link *l, struct hs_listed *answer)
{
	static const char *const names[] = {"from", "to", "paging", NULL};

	for (size_t i = 0; i < answer->n; i++) {
		struct hs_span v[3] = {{0}};
		struct hs_scan s;

		hs_scan_init(&s, answer->item[i].text);
		if (read_object(&s, names, v) < 0 || take_result(l, v) < 0)
			return -1;
	}
	return 0;
}

/* Whether anything is left to read; an input without an answer has another
 * chance or two. */
static int
left(struct link *l, bool *any)
{
	*any = false;
	for (size_t i = 0; i < l->n; i++) {
		struct input *in = &l->input[i];
		struct hs_span id = l->pg->cell[in->cell].item->id;

		if (in->done)
			continue;
		*any = true;
		if (in->answered)
			continue;
		l->call.delay_ms = AGAIN_MS;
		if (++in->failures < FAILURES_MAX)
			continue;
		return hs_err_set(l->pg->f->e, HS_LATER,
		    "%s: those of record %.*s can't be had, although there "
		    "are some; try again later",
		    l->call.what, (int)(id.len < 64 ? id.len : 64), id.p);
	}
	return 0;
}

static int
answer_done(struct hs_call *c, struct hs_err *e)
{
	struct link *l = c->owner;
	struct hs_listed *answer = hs_listed_read(&c->request.body, false, e);
	bool any;
	int r;

	if (answer == NULL)
		return e->kind == HS_PROTOCOL ? 1 : -1;
	r = take_answer(l, answer);
	hs_listed_free(answer);
	if (r < 0 || left(l, &any) < 0)
		return -1;
	if (any)
		return post(l);
	l->pg->pending--;
	return 0;
}

/* The type's name in a path: the key under which it came, where "line items"
 * stands for line_items. */
static char *
type_of(struct hs_span key)
{
	char *s = calloc(1, key.len + 1);

	if (s == NULL)
		return NULL;
	s[hs_scan_decode(key, s, NULL)] = '\0';
	for (char *p = s; *p != '\0'; p++)
		if (*p == ' ')
			*p = '_';
	return s;
}

static struct link *
link_for(struct page *pg, struct hs_span key)
{
	struct link *l = pg->links;

	while (l != NULL && !hs_span_eq(l->key, key))
		l = l->next;
	if (l != NULL)
		return l;
	l = calloc(1, sizeof(*l));
	if (l == NULL)
		return NULL;
	l->pg = pg;
	l->key = key;
	l->call.owner = l;
	l->next = pg->links;
	pg->links = l;
	l->to = type_of(key);
	return l->to != NULL ? l : NULL;
}

static int
add_input(struct page *pg, size_t cell, size_t over)
{
	struct cell *c = &pg->cell[cell];
	const struct hs_over *o = &c->src->over[c->item->over + over];
	struct link *l = link_for(pg, o->key);
	struct input *v;

	if (l == NULL)
		return -1;
	if (c->joined == NULL)
		c->joined = calloc(c->item->overs, sizeof(*c->joined));
	v = reallocarray(l->input, l->n + 1, sizeof(*v));
	if (v == NULL || c->joined == NULL) {
		l->input = v != NULL ? v : l->input;
		return -1;
	}
	l->input = v;
	c->joined[over].max = RESULTS_MAX;
	v[l->n++] = (struct input){
	    .cell = cell, .over = over, .results = &c->joined[over]};
	return read_entries(&v[l->n - 1], o->value);
}

int
link_page(struct page *pg)
{
	for (size_t i = 0; i < pg->n; i++)
		for (size_t k = 0; k < pg->cell[i].item->overs; k++)
			if (add_input(pg, i, k) < 0)
				return hs_err_mem(pg->f->e, "associations");
	for (struct link *l = pg->links; l != NULL; l = l->next) {
		pg->pending++;
		if (post(l) < 0)
			return -1;
	}
	return 0;
}
