/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* The endpoints of associations: of one record, and in batches. */
#include "links.h"

#include <stdlib.h>
#include <string.h>

#include "answer.h"
#include "auth.h"
#include "parse.h"
#include "serve.h"
#include "server.h"

#define INPUTS_MAX 1000
#define LIMIT_MAX 500

/* Both types of the route, if they exist and may be read. */
static bool
find_types(struct request *r, struct answer *a, const char *to_name,
    struct type **from, struct type **to)
{
	*from = request_type(r, a, r->route.parts[0]);
	if (*from == NULL)
		return false;
	*to = request_type(r, a, to_name);
	return *to != NULL && auth_type(r, a, *from, false) &&
	       auth_type(r, a, *to, false);
}

/* The position after a cursor; n if it isn't one of this type. */
static uint64_t
cursor_position(const struct links *l, const char *cursor, size_t len)
{
	struct bytes text = {0};
	size_t head = strlen(l->to->id);
	uint64_t at = l->n;

	if (bytes_unbase64(&text, cursor, len) == 0) {
		bytes_end(&text);
		if (text.len > head + 1 &&
		    memcmp(text.at, l->to->id, head) == 0 &&
		    text.at[head] == '-') {
			uint64_t id = strtoull(text.at + head + 1, NULL, 10);
			at = type_index(l->to, id, false) - l->start;
		}
	}
	bytes_free(&text);
	return at < l->n ? at : l->n;
}

static void
add_types(struct bytes *b, bool twice)
{
	bytes_lit(b, "\"associationTypes\":[{\"category\":\"HUBSPOT_DEFINED\","
		     "\"typeId\":449,\"label\":null}");
	if (twice)
		bytes_lit(b, ",{\"category\":\"USER_DEFINED\",\"typeId\":37,"
			     "\"label\":\"Decision maker\"}");
	bytes_char(b, ']');
}

static uint64_t
add_page(struct bytes *b, const struct server *s, const struct links *l,
    uint64_t from, uint64_t limit)
{
	uint64_t end = l->n - from > limit ? from + limit : l->n;
	bool is_text = ids_are_texts(l->to);
	const char *quote = s->manner.number_ids && !is_text ? "" : "\"";

	for (uint64_t i = from; i < end; i++) {
		bytes_str(
		    b, i > from ? ",{\"toObjectId\":" : "{\"toObjectId\":");
		bytes_str(b, quote);
		id_add(b, link_id(l, i), is_text);
		bytes_str(b, quote);
		bytes_char(b, ',');
		add_types(b, link_labelled(l, i));
		bytes_char(b, '}');
	}
	return end;
}

static void
add_next(struct bytes *b, const struct request *r, const struct links *l,
    uint64_t at)
{
	links_paging(
	    b, l, at, r->route.dated ? "objects/2026-09" : "v4/objects");
}

void
serve_links(struct request *r, struct answer *a)
{
	struct type *from, *to;
	struct record record;
	struct links l;
	uint64_t limit, at = 0;

	if (!find_types(r, a, r->route.parts[2], &from, &to) ||
	    !request_limit(r, a, LIMIT_MAX, LIMIT_MAX, &limit))
		return;
	if (!record_find(
		&r->server->portal, from, r->route.parts[1], false, &record)) {
		answer_error(a, 404, "OBJECT_NOT_FOUND", "resource not found");
		return;
	}
	links_of(&r->server->rules, &record, to, &l);
	char *after = request_get(r, "after");
	if (after != NULL) {
		struct bytes text = {0};
		bytes_unpercent(&text, after, strlen(after), 0);
		at = cursor_position(&l, bytes_end(&text), text.len);
		bytes_free(&text);
	}
	free(after);
	bytes_lit(&a->body, "{\"results\":[");
	at = add_page(&a->body, r->server, &l, at, limit);
	bytes_char(&a->body, ']');
	if (at < l.n)
		add_next(&a->body, r, &l, at);
	bytes_char(&a->body, '}');
}

static void
add_failure(struct bytes *errors, const struct request *r, const char *id)
{
	bytes_str(errors, errors->len ? "," : "");
	bytes_lit(errors,
	    "{\"status\":\"error\",\"category\":\"OBJECT_NOT_FOUND\","
	    "\"subCategory\":\"crm.associations.NO_ASSOCIATIONS_FOUND\","
	    "\"message\":");
	struct bytes text = {0};
	bytes_fmt(&text, "No %s is associated with %s %s.", r->route.parts[1],
	    r->route.parts[0], id);
	bytes_json(errors, text.at, text.len);
	bytes_lit(errors, ",\"context\":{\"fromObjectId\":[");
	bytes_json(errors, id, strlen(id));
	bytes_lit(errors, "]}}");
	bytes_free(&text);
}

struct batch {
	struct request *r;
	const struct type *from, *to;
	struct bytes *body;
	struct bytes errors;
	unsigned nerrors, n;
	bool bad_cursor;
};

/* A cursor belongs in the body as it was given: percent-encoded. */
static uint64_t
input_position(struct batch *b, const struct links *l, const char *after)
{
	struct bytes text = {0}, again = {0};

	if (after == NULL)
		return 0;
	bytes_unpercent(&text, after, strlen(after), 0);
	uint64_t at = cursor_position(l, bytes_end(&text), text.len);
	if (at < l->n)
		link_cursor(&again, l, at);
	if (strcmp(bytes_end(&again), after) != 0)
		b->bad_cursor = true;
	bytes_free(&text);
	bytes_free(&again);
	return at;
}

static void
add_input(struct batch *b, const struct node *input, bool fails)
{
	struct server *s = b->r->server;
	const char *id = node_text(input, "id");
	struct record record;
	struct links l = {0};

	if (record_find(&s->portal, b->from, id, false, &record))
		links_of(&s->rules, &record, b->to, &l);
	if (fails || (l.n == 0 && s->manner.report_missing)) {
		add_failure(&b->errors, b->r, id);
		b->nerrors++;
		return;
	}
	if (l.n == 0)
		return;
	uint64_t start = input_position(b, &l, node_text(input, "after"));
	bytes_str(b->body, b->n++ ? ",{" : "{");
	bytes_lit(b->body, "\"from\":{\"id\":\"");
	id_add(b->body, record.facts.id, record.facts.text_id);
	bytes_lit(b->body, "\"},\"to\":[");
	/* Nothing, and a cursor that is not the one before. */
	bool empty = request_spoilt(b->r, DATA_EMPTY);
	uint64_t at = add_page(
	    b->body, s, &l, start, empty ? 0 : s->manner.association_page);
	at += empty;
	bytes_char(b->body, ']');
	if (at < l.n && request_spoilt(b->r, DATA_CURSOR))
		at = start;
	if (at < l.n)
		add_next(b->body, b->r, &l, at);
	bytes_char(b->body, '}');
}

void
serve_links_batch(struct request *r, struct answer *a)
{
	struct type *from, *to;
	struct node *body = NULL;
	struct batch b = {.r = r, .body = &a->body};
	size_t i = 0;

	if (!find_types(r, a, r->route.parts[1], &from, &to) ||
	    (body = request_body(r, a)) == NULL ||
	    !serve_inputs_fit(
		a, node_list(body, "inputs"), INPUTS_MAX, "associations"))
		goto out;
	b.from = from;
	b.to = to;
	bytes_lit(&a->body, "{\"status\":\"COMPLETE\",\"results\":[");
	bool partial = request_spoilt(r, DATA_PARTIAL);
	for (struct node *n = node_list(body, "inputs"); n; n = n->next)
		add_input(&b, n, partial && i++ % 2 == 1);
	bytes_char(&a->body, ']');
	if (b.nerrors > 0) {
		a->status = 207;
		bytes_fmt(
		    &a->body, ",\"numErrors\":%u,\"errors\":[", b.nerrors);
		bytes_add(&a->body, b.errors.at, b.errors.len);
		bytes_char(&a->body, ']');
	}
	bytes_lit(&a->body, ",\"startedAt\":\"2026-11-02T09:30:00.120Z\","
			    "\"completedAt\":\"2026-11-02T09:30:00.164Z\"}");
	if (b.bad_cursor)
		answer_error(a, 400, "VALIDATION_ERROR",
		    "Unable to parse value for after");
out:
	bytes_free(&b.errors);
	node_free(body);
}
