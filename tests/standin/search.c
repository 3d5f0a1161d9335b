/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Search, as far as totals, the highest id, ranges of ids and what changed
 * need it: the filters of the first group on hs_object_id and on the time of
 * the last change, and the order of ids. */
#include <stdlib.h>
#include <string.h>

#include "answer.h"
#include "auth.h"
#include "parse.h"
#include "render.h"
#include "serve.h"
#include "server.h"

#define LIMIT 10
#define LIMIT_MAX 200
#define RESULTS_MAX 10000

static const struct required members[] = {{"filterGroups", NODE_ARRAY},
    {"sorts", NODE_ARRAY}, {"properties", NODE_ARRAY}, {"after", NODE_STRING},
    {"limit", NODE_NUMBER}, {NULL, NODE_NULL}};

struct search {
	struct request *r;
	struct type *type;
	struct view view;
	uint64_t low, high; /* ranks that match: low <= rank < high */
	uint64_t limit, after;
	int64_t since; /* of the last change; what is older is left out */
	bool descending;
};

/* Leaves out what is below the id. */
static void
at_least(struct search *s, uint64_t id)
{
	uint64_t rank = type_rank(s->type, id);

	if (rank > s->low)
		s->low = rank;
}

static void
below(struct search *s, uint64_t id)
{
	uint64_t rank = type_rank(s->type, id);

	if (rank < s->high)
		s->high = rank;
}

/* The property of the last change. */
static const char *
modified(const struct search *s)
{
	return strcmp(s->type->name, "contacts") == 0 ? "lastmodifieddate"
						      : "hs_lastmodifieddate";
}

static bool
add_since(struct search *s, const char *compare, const char *value)
{
	char *end;

	if (compare == NULL || strcmp(compare, "GTE") != 0 || value == NULL)
		return false;
	s->since = strtoll(value, &end, 10);
	return *end == '\0';
}

static bool
add_filter(struct search *s, const struct node *filter)
{
	const char *name = node_text(filter, "propertyName");
	const char *compare = node_text(filter, "operator");
	const char *value = node_text(filter, "value");
	const struct node *node = node_get(filter, "value");
	uint64_t id;

	if (s->r->server->manner.strict_bodies && node &&
	    node->kind != NODE_STRING)
		return false;
	if (name != NULL && strcmp(name, modified(s)) == 0)
		return add_since(s, compare, value);
	if (name == NULL || compare == NULL || value == NULL ||
	    strcmp(name, "hs_object_id") != 0 || !id_read(s->type, value, &id))
		return false;
	uint64_t next = id < UINT64_MAX ? id + 1 : id;
	if (strcmp(compare, "GTE") == 0) {
		at_least(s, id);
	} else if (strcmp(compare, "GT") == 0) {
		at_least(s, next);
	} else if (strcmp(compare, "LT") == 0) {
		below(s, id);
	} else if (strcmp(compare, "LTE") == 0) {
		below(s, next);
	} else if (strcmp(compare, "EQ") == 0) {
		at_least(s, id);
		below(s, next);
	} else {
		return false;
	}
	return true;
}

static bool
add_sort(struct search *s, const struct node *sort)
{
	const char *name = node_text(sort, "propertyName");
	const char *direction = node_text(sort, "direction");

	if (sort->kind == NODE_STRING) {
		s->descending = *sort->text == '-';
		return strcmp(sort->text + s->descending, "hs_object_id") == 0;
	}
	s->descending =
	    direction != NULL && strcmp(direction, "DESCENDING") == 0;
	return name != NULL && strcmp(name, "hs_object_id") == 0;
}

static bool
read_number(const struct node *body, const char *name, uint64_t *n)
{
	const char *text = node_text(body, name);
	char *end;

	if (text == NULL)
		return true;
	*n = strtoull(text, &end, 10);
	return *end == '\0';
}

static bool
search_make(struct search *s, const struct node *body)
{
	const struct node *group = node_list(body, "filterGroups");
	const struct node *sort = node_list(body, "sorts");
	uint64_t lag = s->r->server->manner.search_lag;
	uint64_t most = s->r->server->manner.search_results;

	s->high = s->type->count > lag ? s->type->count - lag : 0;
	s->limit = LIMIT;
	if (group != NULL && group->next != NULL)
		return false;
	for (struct node *n = node_list(group, "filters"); n; n = n->next)
		if (!add_filter(s, n))
			return false;
	if (sort != NULL && !add_sort(s, sort))
		return false;
	if (s->low > s->high)
		s->low = s->high;
	return read_number(body, "limit", &s->limit) && s->limit <= LIMIT_MAX &&
	       read_number(body, "after", &s->after) &&
	       s->after + s->limit <= (most > 0 ? most : RESULTS_MAX);
}

/* The index of the n-th that matches, absent ones included. */
static uint64_t
result_index(const struct search *s, uint64_t n)
{
	uint64_t rank = s->descending ? s->high - 1 - n : s->low + n;

	return ids_fall(s->type) ? s->type->count - 1 - rank : rank;
}

static bool
is_there(const struct search *s, uint64_t index)
{
	struct portal *p = &s->r->server->portal;
	struct record record;

	if (record_absent(p, s->type, index))
		return false;
	if (s->since == 0)
		return true;
	record_at(p, s->type, index, false, &record);
	return record.facts.updated >= s->since;
}

/* How many match and are there. */
static uint64_t
search_total(const struct search *s)
{
	const struct portal *p = &s->r->server->portal;
	uint64_t total = 0;

	if (p->nabsences == 0 && s->since == 0)
		return s->high - s->low;
	for (uint64_t i = 0; i < s->high - s->low; i++)
		total += is_there(s, result_index(s, i));
	return total;
}

static void
search_render(struct search *s, struct bytes *b)
{
	struct portal *p = &s->r->server->portal;
	uint64_t total = search_total(s), end = s->after + s->limit, n = 0;
	struct record record;

	bytes_lit(b, "{\"total\":");
	bytes_num(b, total, 1);
	bytes_lit(b, ",\"results\":[");
	for (uint64_t i = 0; i < s->high - s->low && n < end; i++) {
		uint64_t index = result_index(s, i);
		if (!is_there(s, index) || n++ < s->after)
			continue;
		bytes_str(b, n - 1 > s->after ? "," : "");
		record_at(p, s->type, index, false, &record);
		render(b, &record, &s->view);
	}
	bytes_char(b, ']');
	if (end < total)
		bytes_fmt(b, ",\"paging\":{\"next\":{\"after\":\"%llu\"}}",
		    (unsigned long long)end);
	bytes_char(b, '}');
}

static void
search_answer(struct search *s, struct answer *a, const struct node *body)
{
	char *props = node_join(body, "properties");

	if (!search_make(s, body))
		answer_error(a, 400, "VALIDATION_ERROR",
		    "There was a problem with the request.");
	else if (view_make(&s->view, s->r, a, s->type, props, NULL, NULL))
		search_render(s, &a->body);
	view_free(&s->view);
	free(props);
}

void
serve_search(struct request *r, struct answer *a)
{
	struct search s = {.r = r};
	struct node *body = NULL;

	s.type = request_type(r, a, r->route.parts[0]);
	if (s.type != NULL && auth_type(r, a, s.type, false))
		body = request_body(r, a);
	if (body != NULL && request_requires(r, a, body, members))
		search_answer(&s, a, body);
	node_free(body);
}
