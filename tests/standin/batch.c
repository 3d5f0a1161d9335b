/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Batch reads of records. */
#include <stdlib.h>
#include <string.h>

#include "answer.h"
#include "auth.h"
#include "parse.h"
#include "render.h"
#include "serve.h"
#include "server.h"

#define INPUTS_MAX 100
#define HISTORY_MAX 50

static const struct required members[] = {{"inputs", NODE_ARRAY},
    {"properties", NODE_ARRAY}, {"propertiesWithHistory", NODE_ARRAY},
    {NULL, NODE_NULL}};

struct batch {
	struct request *r;
	struct type *type;
	struct view view;
	bool archived;
	size_t n;
	struct record records[INPUTS_MAX + 1];
	struct bytes missing; /* ids, quoted, with commas */
	unsigned nmissing;
};

bool
serve_inputs_fit(
    struct answer *a, const struct node *inputs, size_t max, const char *what)
{
	size_t n = 0;

	for (; inputs != NULL; inputs = inputs->next, n++) {
		if (node_text(inputs, "id") == NULL) {
			answer_error(a, 400, "VALIDATION_ERROR",
			    "Invalid input JSON: inputs[%zu] has no id", n);
			return false;
		}
	}
	if (n <= max)
		return true;
	answer_error(a, 400, "VALIDATION_ERROR",
	    "The maximum number of inputs supported in a batch request for "
	    "%s is %zu",
	    what, max);
	return false;
}

static void
add_missing(struct batch *b, const char *id)
{
	bytes_str(&b->missing, b->nmissing++ ? "," : "");
	bytes_json(&b->missing, id, strlen(id));
}

static void
find_records(struct batch *b, const struct node *inputs)
{
	struct portal *p = &b->r->server->portal;
	uint64_t drop =
	    request_spoilt(b->r, DATA_MISSING) ? b->r->fault->count : 0;

	for (; inputs != NULL; inputs = inputs->next) {
		const char *text = node_text(inputs, "id");
		struct record *r = &b->records[b->n];
		if (!record_find(p, b->type, text, b->archived, r))
			add_missing(b, text);
		else if (drop > 0 && drop--)
			add_missing(b, text);
		else
			b->n++;
	}
}

static void
change_one(struct batch *b)
{
	struct portal *p = &b->r->server->portal;
	uint64_t n = b->r->fault->count;

	if (n >= b->n)
		return;
	record_change(p, &b->records[n]);
	record_at(p, b->type, b->records[n].index, b->archived, &b->records[n]);
}

/* The record behind the last one, which nobody asked for. */
static void
add_extra(struct batch *b)
{
	struct portal *p = &b->r->server->portal;
	uint64_t last = 0;

	for (size_t i = 0; i < b->n; i++)
		if (b->records[i].index > last)
			last = b->records[i].index;
	if (b->n <= INPUTS_MAX)
		record_at(
		    p, b->type, last + 1, b->archived, &b->records[b->n++]);
}

static int
by_hash(const void *a, const void *b)
{
	const struct record *r = a, *s = b;
	uint64_t x = mix(r->facts.id), y = mix(s->facts.id);

	return x < y ? -1 : x > y;
}

static void
batch_spoil(struct batch *b)
{
	if (request_spoilt(b->r, DATA_TORN))
		change_one(b);
	if (request_spoilt(b->r, DATA_EXTRA))
		add_extra(b);
	if (request_spoilt(b->r, DATA_CUT))
		b->n /= 2;
}

static void
batch_render(struct batch *b, struct answer *a)
{
	struct bytes *to = &a->body;
	bool report = b->nmissing > 0 && b->r->server->manner.report_missing;

	qsort(b->records, b->n, sizeof(b->records[0]), by_hash);
	bytes_lit(to, "{\"status\":\"COMPLETE\",\"results\":[");
	for (size_t i = 0; i < b->n; i++) {
		bytes_str(to, i ? "," : "");
		render(to, &b->records[i], &b->view);
		if (i == 0 && request_spoilt(b->r, DATA_DUPLICATE)) {
			bytes_char(to, ',');
			render(to, &b->records[i], &b->view);
		}
	}
	bytes_char(to, ']');
	if (report) {
		a->status = 207;
		bytes_lit(to,
		    ",\"numErrors\":1,\"errors\":[{\"status\":\"error\","
		    "\"category\":\"OBJECT_NOT_FOUND\",\"message\":\"Could not "
		    "get some objects, they may be deleted or not exist. Check "
		    "that ids are valid.\",\"context\":{\"ids\":[");
		bytes_add(to, b->missing.at, b->missing.len);
		bytes_lit(to, "]}}]");
	}
	bytes_lit(to, ",\"startedAt\":\"2026-11-02T09:30:00.120Z\","
		      "\"completedAt\":\"2026-11-02T09:30:00.164Z\"}");
}

static void
batch_answer(struct batch *b, struct answer *a, const struct node *body)
{
	char *props = node_join(body, "properties");
	char *history = node_join(body, "propertiesWithHistory");
	bool with_history = history != NULL && *history != '\0';
	const struct node *inputs = node_list(body, "inputs");

	b->archived = request_flag(b->r, "archived");
	if (serve_inputs_fit(a, inputs, with_history ? HISTORY_MAX : INPUTS_MAX,
		"property reads") &&
	    view_make(&b->view, b->r, a, b->type, props,
		with_history ? history : NULL, NULL)) {
		find_records(b, inputs);
		batch_spoil(b);
		batch_render(b, a);
	}
	free(props);
	free(history);
}

void
serve_batch(struct request *r, struct answer *a)
{
	struct batch *b = calloc(1, sizeof(*b));
	struct node *body = NULL;

	b->r = r;
	b->type = request_type(r, a, r->route.parts[0]);
	if (b->type != NULL && auth_type(r, a, b->type, false))
		body = request_body(r, a);
	if (body != NULL && request_requires(r, a, body, members))
		batch_answer(b, a, body);
	node_free(body);
	view_free(&b->view);
	bytes_free(&b->missing);
	free(b);
}
