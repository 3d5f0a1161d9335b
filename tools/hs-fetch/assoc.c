/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Associations past the inline page: the calls. */
#include "parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "endpoint.h"
#include "targets.h"

#define FAILURES_MAX 4 /* of one record in a row */
#define EMPTY_MAX 100  /* answers in a row that only name a next one */
#define AGAIN_MS 500
#define RESULTS_MAX ((size_t)512 << 20)

/* All of a page's records with too many of one type. */
struct link {
	struct link *next;
	struct call call;
	struct page *pg;
	struct hs_span key; /* as the first of them had it */
	char *to;
	struct input *input;
	size_t n;
	size_t asked; /* input whose record is asked for by itself */
};

static int answer_done(struct call *c, struct hs_err *e);

void
assoc_free(struct page *pg)
{
	while (pg->links) {
		struct link *l = pg->links;

		pg->links = l->next;
		for (size_t i = 0; i < l->n; i++)
			link_free_input(&l->input[i]);
		free(l->input);
		free(l->to);
		call_free(&l->call);
		free(l);
	}
}

static int
post(struct link *l)
{
	struct fetch *f = l->pg->f;
	struct call *c = &l->call;
	const char *comma = "";
	int r;

	r = endpoint_url(
	    f->api, &c->url, AT_ASSOC_BATCH, f->o->object->type, l->to);
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
	c->failed = NULL;
	c->priority = 1;
	snprintf(c->what, sizeof c->what,
	    "%.80s: associations to %.60s for page %llu", f->o->label, l->to,
	    l->pg->number);
	session_post(f->api, c);
	return 0;
}

/* The text of object's member at the path, or a span without pointer. */
static struct hs_span
dig(struct hs_span object, const char *const *path)
{
	struct hs_scan s;

	for (; *path && object.p; path++) {
		const char *const names[] = {*path, NULL};
		struct hs_span v = {0};

		hs_scan_init(&s, object);
		if (hs_scan_peek(&s) != '{' || link_object(&s, names, &v) < 0)
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
	if (!in->after)
		return hs_err_mem(e, "cursor");
	if (in->mark && strcmp(in->mark, in->after) == 0)
		return hs_err_set(e, HS_PROTOCOL,
		    "%s: the API repeated a cursor: the list would never end",
		    l->call.what);
	if (in->empty > EMPTY_MAX)
		return hs_err_set(e, HS_PROTOCOL,
		    "%s: %d answers without associations in a row",
		    l->call.what, EMPTY_MAX);
	if (in->steps++ < in->next_mark)
		return 0;
	in->next_mark = in->steps * 2;
	free(in->mark);
	in->mark = strdup(in->after);
	return in->mark ? 0 : hs_err_mem(e, "cursor");
}

static struct input *
find_input(struct link *l, struct hs_span id)
{
	for (size_t i = 0; i < l->n; i++)
		if (hs_span_eq(l->pg->cell[l->input[i].cell].item->id, id))
			return &l->input[i];
	return NULL;
}

/* The end: of all, unless these are fewer than the list itself showed. */
static void
finish(struct input *in)
{
	in->done = in->targets >= in->shown;
	if (in->done)
		return;
	in->answered = false;
	hs_buf_clear(in->results);
	in->targets = 0;
	free(in->after);
	in->after = NULL;
}

static int
take_result(struct link *l, const struct hs_span v[3])
{
	static const char *const from_id[] = {"id", NULL};
	static const char *const next_after[] = {"next", "after", NULL};
	struct hs_span id, after;
	struct input *in;
	size_t before;

	if (!link_id(dig(v[0], from_id), &id))
		return hs_err_set(l->pg->f->e, HS_PROTOCOL,
		    "a result does not say from which record");
	in = find_input(l, id);
	if (!in || in->done || in->answered)
		return 0;
	in->answered = true;
	before = in->results->len;
	if (link_targets(in, v[1]) < 0)
		return hs_err_set(l->pg->f->e, HS_PROTOCOL,
		    "the associations of record %.*s can't be read",
		    (int)(id.len < 64 ? id.len : 64), id.p);
	in->empty = in->results->len > before ? 0 : in->empty + 1;
	after = dig(v[2], next_after);
	if (!after.p || hs_scan_null(after)) {
		finish(in);
		return 0;
	}
	in->failures = 0;
	if (!link_id(after, &after))
		return hs_err_set(l->pg->f->e, HS_PROTOCOL,
		    "the associations of record %.*s go on at no cursor",
		    (int)(id.len < 64 ? id.len : 64), id.p);
	return go_further(l, in, after);
}

static int
take_answer(struct link *l, struct answer *answer)
{
	static const char *const names[] = {"from", "to", "paging", NULL};

	for (size_t i = 0; i < answer->n; i++) {
		struct hs_span v[3] = {{0}};
		struct hs_scan s;

		hs_scan_init(&s, answer->item[i].text);
		if (link_object(&s, names, v) < 0 || take_result(l, v) < 0)
			return -1;
	}
	return 0;
}

static int go_on(struct link *l);

/* It is there.  With fewer associations than the list showed it has changed
 * since; otherwise there are some that can't be had. */
static int
one_done(struct call *c, struct hs_err *e)
{
	static const char *const path[] = {"associations", NULL};
	struct link *l = c->owner;
	struct input *in = &l->input[l->asked];
	struct hs_span id = l->pg->cell[in->cell].item->id;
	struct hs_span body = hs_buf_span(&c->request.body);
	struct hs_scan s;
	size_t shown;

	hs_scan_init(&s, body);
	if (hs_scan_peek(&s) != '{' || hs_scan_value(&s, NULL) < 0 ||
	    hs_scan_end(&s) < 0) {
		hs_err_set(e, HS_PROTOCOL, "the answer is no record");
		return 1;
	}
	if (link_shown(dig(body, path), l->key, &shown) < 0)
		return hs_err_mem(e, "associations");
	if (shown == 0 || shown >= in->shown)
		return hs_err_set(e, HS_LATER,
		    "%s: the associations of record %.*s can't be had, "
		    "although there are some; try again later",
		    l->pg->f->o->label, (int)id.len, id.p);
	in->shown = shown;
	in->failures = 0;
	return go_on(l);
}

static int
one_failed(struct call *c, struct hs_err *e)
{
	struct link *l = c->owner;

	(void)e;
	return one_gone(l->pg, l->input[l->asked].cell, c) ? go_on(l) : -1;
}

/* An input that got no answer so often has no other chance, unless its record
 * is gone. */
static int
ask_one(struct link *l, struct input *in)
{
	l->asked = (size_t)(in - l->input);
	l->call.done = one_done;
	l->call.failed = one_failed;
	return one_post(l->pg, in->cell, &l->call);
}

/* Reads on what is not complete, or ends. */
static int
go_on(struct link *l)
{
	bool any = false;

	for (size_t i = 0; i < l->n; i++) {
		struct input *in = &l->input[i];

		in->done = in->done || l->pg->cell[in->cell].gone;
		if (!in->done && in->failures >= FAILURES_MAX)
			return ask_one(l, in);
		any = any || !in->done;
	}
	if (any)
		return post(l);
	l->pg->pending--;
	return 0;
}

static void
count_failures(struct link *l)
{
	for (size_t i = 0; i < l->n; i++) {
		struct input *in = &l->input[i];

		if (in->done || in->answered)
			continue;
		in->failures++;
		l->call.delay_ms = AGAIN_MS;
	}
}

static int
answer_done(struct call *c, struct hs_err *e)
{
	struct link *l = c->owner;
	struct answer *answer = answer_read(&c->request.body, false, e);
	int r;

	if (!answer)
		return e->kind == HS_PROTOCOL ? 1 : -1;
	r = take_answer(l, answer);
	answer_free(answer);
	if (r < 0)
		return -1;
	count_failures(l);
	return go_on(l);
}

/* The type's name in a path: the key under which it came, where "line items"
 * stands for line_items. */
static char *
type_of(struct hs_span key)
{
	char *s = calloc(1, key.len + 1);

	if (!s)
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

	while (l && !hs_span_eq(l->key, key))
		l = l->next;
	if (l)
		return l;
	l = calloc(1, sizeof *l);
	if (!l)
		return NULL;
	l->pg = pg;
	l->key = key;
	l->call.owner = l;
	l->next = pg->links;
	pg->links = l;
	l->to = type_of(key);
	return l->to ? l : NULL;
}

static int
add_input(struct page *pg, size_t cell, size_t over)
{
	struct cell *c = &pg->cell[cell];
	const struct partial *o = &c->src->over[c->item->over + over];
	struct link *l = link_for(pg, o->key);
	struct input *v;

	if (!l)
		return -1;
	if (!c->joined)
		c->joined = calloc(c->item->overs, sizeof *c->joined);
	v = reallocarray(l->input, l->n + 1, sizeof *v);
	if (!v || !c->joined) {
		l->input = v ? v : l->input;
		return -1;
	}
	l->input = v;
	c->joined[over].max = RESULTS_MAX;
	v[l->n++] = (struct input){
	    .cell = cell, .over = over, .results = &c->joined[over]};
	return link_entries(&v[l->n - 1], o->value);
}

int
assoc_page(struct page *pg)
{
	for (size_t i = 0; i < pg->n; i++)
		for (size_t k = 0; k < pg->cell[i].item->overs; k++)
			if (add_input(pg, i, k) < 0)
				return hs_err_mem(pg->f->e, "associations");
	for (struct link *l = pg->links; l; l = l->next) {
		pg->pending++;
		if (post(l) < 0)
			return -1;
	}
	return 0;
}
