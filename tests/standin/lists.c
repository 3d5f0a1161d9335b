/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Lists of records and their members; how many records there are; teams. */
#include <stdlib.h>
#include <string.h>

#include "answer.h"
#include "auth.h"
#include "parse.h"
#include "serve.h"
#include "server.h"

#define COUNT 20
#define COUNT_MAX 500
#define MEMBERS 100
#define MEMBERS_MAX 250
#define FIRST_MEMBER UINT64_C(12675602284)
#define STEP 7 /* between members' ids */

/* All but count are required; checked with or without --strict-bodies. */
static const struct required members[] = {{"offset", NODE_NUMBER},
    {"listIds", NODE_ARRAY}, {"processingTypes", NODE_ARRAY},
    {"additionalProperties", NODE_ARRAY}, {NULL, NODE_NULL}};

static bool
number(const struct node *body, const char *name, uint64_t *n)
{
	const char *text = node_text(body, name);

	if (text != NULL)
		*n = strtoull(text, NULL, 10);
	return text == NULL || text[strspn(text, "0123456789")] == '\0';
}

static void
add_list(const struct request *r, struct bytes *b, uint64_t i)
{
	bytes_fmt(b,
	    "{\"listId\":\"%llu\",\"name\":\"List %llu\",\"objectTypeId\":"
	    "\"0-1\",\"processingType\":\"%s\",\"listVersion\":1,"
	    "\"createdAt\":\"2024-02-03T04:05:06.007Z\",\"deletedAt\":null,"
	    "\"additionalProperties\":{\"hs_list_size\":\"%llu\"}}",
	    (unsigned long long)i + 1, (unsigned long long)i + 1,
	    i % 2 ? "MANUAL" : "DYNAMIC",
	    (unsigned long long)r->server->manner.members);
}

static void
lists_answer(struct request *r, struct answer *a, const struct node *body)
{
	uint64_t total = r->server->manner.lists, count = COUNT, offset = 0;

	if (!number(body, "count", &count) ||
	    !number(body, "offset", &offset) || count == 0 ||
	    count > COUNT_MAX) {
		answer_error(a, 400, "VALIDATION_ERROR",
		    "count must be between 1 and %d", COUNT_MAX);
		return;
	}
	uint64_t end = offset + count < total ? offset + count : total;
	bytes_lit(&a->body, "{\"lists\":[");
	for (uint64_t i = offset; i < end; i++) {
		bytes_str(&a->body, i > offset ? "," : "");
		add_list(r, &a->body, i);
	}
	bytes_fmt(&a->body, "],\"hasMore\":%s,\"offset\":%llu,\"total\":%llu}",
	    end < total ? "true" : "false", (unsigned long long)end,
	    (unsigned long long)total);
}

void
serve_lists(struct request *r, struct answer *a)
{
	struct node *body = NULL;

	if (auth_scope(r, a, "crm.lists.read"))
		body = request_body(r, a);
	if (body != NULL && request_wants(a, body, members))
		lists_answer(r, a, body);
	node_free(body);
}

static void
add_members(struct request *r, struct answer *a, uint64_t from, uint64_t limit)
{
	uint64_t total = r->server->manner.members;
	uint64_t end = from + limit < total ? from + limit : total;

	bytes_lit(&a->body, "{\"results\":[");
	for (uint64_t i = from; i < end; i++)
		bytes_fmt(&a->body,
		    "%s{\"recordId\":\"%llu\",\"membershipTimestamp\":"
		    "\"2026-05-06T07:08:09.%03dZ\"}",
		    i > from ? "," : "",
		    (unsigned long long)(FIRST_MEMBER + i * STEP),
		    (int)(i % 1000));
	bytes_fmt(&a->body, "],\"total\":%llu", (unsigned long long)total);
	if (end < total)
		request_next(r, a, FIRST_MEMBER + end * STEP);
	bytes_char(&a->body, '}');
}

void
serve_memberships(struct request *r, struct answer *a)
{
	uint64_t list = strtoull(r->route.parts[0], NULL, 10), limit, from = 0;
	char *after = request_get(r, "after");

	if (after != NULL)
		from = strtoull(after, NULL, 10);
	from =
	    from > FIRST_MEMBER ? (from - FIRST_MEMBER + STEP - 1) / STEP : 0;
	if (auth_scope(r, a, "crm.lists.read") &&
	    request_limit(r, a, MEMBERS, MEMBERS_MAX, &limit)) {
		if (list == 0 || list > r->server->manner.lists)
			answer_error(a, 404, "OBJECT_NOT_FOUND",
			    "List %s does not exist", r->route.parts[0]);
		else
			add_members(r, a, from, limit);
	}
	free(after);
}

static void
add_usages(struct bytes *b, const struct portal *p, bool custom)
{
	unsigned n = 0;

	bytes_char(b, '[');
	for (size_t i = 0; i < p->ntypes; i++) {
		const struct type *t = &p->types[i];

		if (t->custom != custom)
			continue;
		bytes_fmt(b,
		    "%s{\"objectTypeId\":\"%s\",\"singularLabel\":\"%s\","
		    "\"pluralLabel\":\"%s\",\"usage\":%llu%s}",
		    n++ ? "," : "", t->id, t->label, t->labels,
		    (unsigned long long)t->count,
		    custom ? "" : ",\"limit\":15000000,\"percentage\":0.0");
	}
	bytes_char(b, ']');
}

void
serve_objects(struct request *r, struct answer *a)
{
	const char *scopes = r->server->manner.scopes;

	/* Any scope for records will do. */
	if (scopes != NULL && strstr(scopes, "crm.objects.") == NULL &&
	    !auth_scope(r, a, "crm.objects.contacts.read"))
		return;
	bytes_lit(&a->body, "{\"customObjectTypes\":{\"byObjectType\":");
	add_usages(&a->body, &r->server->portal, true);
	bytes_lit(&a->body, ",\"overallUsage\":286,\"overallLimit\":1000000},"
			    "\"hubspotDefinedObjectTypes\":");
	add_usages(&a->body, &r->server->portal, false);
	bytes_char(&a->body, '}');
}

void
serve_teams(struct request *r, struct answer *a)
{
	if (auth_scope(r, a, "settings.users.teams.read"))
		bytes_lit(&a->body,
		    "{\"results\":[{\"id\":\"178588\",\"name\":\"East, "
		    "\\\"Team\\\"\",\"userIds\":[\"9000\",\"9001\"],"
		    "\"secondaryUserIds\":[]},{\"id\":\"178589\",\"name\":"
		    "\"West\",\"userIds\":[],\"secondaryUserIds\":[\"9000\"]}]"
		    "}");
}
