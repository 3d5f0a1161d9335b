/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* What the endpoints share: parameters, bodies, types. */
#include "serve.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "answer.h"
#include "parse.h"
#include "server.h"

char *
request_get(const struct request *r, const char *name)
{
	struct bytes b = {0};
	size_t n = strlen(name);

	for (const char *s = r->query; *s; s += *s == '&') {
		size_t len = strcspn(s, "&");
		if (len > n && s[n] == '=' && memcmp(s, name, n) == 0) {
			if (b.at != NULL)
				bytes_char(&b, ',');
			bytes_unpercent(&b, s + n + 1, len - n - 1, 1);
			bytes_end(&b);
		}
		s += len;
	}
	return b.at;
}

bool
request_flag(const struct request *r, const char *name)
{
	char *value = request_get(r, name);
	bool set = value != NULL && strcmp(value, "true") == 0;

	free(value);
	return set;
}

bool
request_spoilt(const struct request *r, enum fault_data how)
{
	return r->fault != NULL && (r->fault->data & (unsigned)how) != 0;
}

void
request_next(const struct request *r, struct answer *a, uint64_t after)
{
	bytes_fmt(&a->body,
	    ",\"paging\":{\"next\":{\"after\":\"%llu\",\"link\":"
	    "\"https://api.hubapi.com%s?after=%llu\"}}",
	    (unsigned long long)after, r->path, (unsigned long long)after);
}

struct type *
request_type(struct request *r, struct answer *a, const char *name)
{
	struct type *t = portal_type(&r->server->portal, name);

	if (t == NULL)
		answer_error(
		    a, 400, NULL, "Unable to infer object type from: %s", name);
	return t;
}

bool
request_limit(struct request *r, struct answer *a, uint64_t usual, uint64_t max,
    uint64_t *limit)
{
	char *text = request_get(r, "limit"), *end;

	*limit = usual;
	if (text == NULL)
		return true;
	*limit = strtoull(text, &end, 10);
	bool good = isdigit((unsigned char)*text) && *end == '\0' &&
		    *limit >= 1 && *limit <= max;
	if (!good)
		answer_error(a, 400, "VALIDATION_ERROR",
		    "Invalid limit %s: the maximum is %llu", text,
		    (unsigned long long)max);
	free(text);
	return good;
}

struct node *
request_body(struct request *r, struct answer *a)
{
	struct node *body =
	    r->body.len ? node_parse(r->body.at, r->body.len) : NULL;

	if (body != NULL && body->kind == NODE_OBJECT)
		return body;
	node_free(body);
	answer_error(
	    a, 400, "VALIDATION_ERROR", "Invalid input JSON on line 1");
	return NULL;
}

bool
request_wants(
    struct answer *a, const struct node *body, const struct required *wanted)
{
	struct bytes unset = {0};

	for (; wanted->name != NULL; wanted++) {
		const struct node *n = node_get(body, wanted->name);
		if (n != NULL && n->kind == wanted->kind)
			continue;
		bytes_str(&unset, unset.len ? ", " : "");
		bytes_str(&unset, wanted->name);
	}
	bool good = unset.len == 0;
	if (!good)
		answer_error(a, 400, "VALIDATION_ERROR",
		    "Invalid input JSON on line 1, column 1: Some required "
		    "fields were not set: [%s]",
		    bytes_end(&unset));
	bytes_free(&unset);
	return good;
}

/* No member that is there says nothing: an empty list, or after 0. */
static bool
request_bare(
    struct answer *a, const struct node *body, const struct required *members)
{
	for (; members->name != NULL; members++) {
		const struct node *n = node_get(body, members->name);
		if (n == NULL || n->kind != members->kind ||
		    (n->kind == NODE_ARRAY ? n->first != NULL
					   : strcmp(n->text, "0") != 0))
			continue;
		answer_error(a, 400, "VALIDATION_ERROR",
		    "Invalid input JSON: %s must not be empty", members->name);
		return false;
	}
	return true;
}

bool
request_requires(struct request *r, struct answer *a, const struct node *body,
    const struct required *wanted)
{
	if (r->server->manner.bare_bodies && !request_bare(a, body, wanted))
		return false;
	return !r->server->manner.strict_bodies ||
	       request_wants(a, body, wanted);
}

void
request_weigh(const struct request *r, size_t nprops)
{
	uint64_t us = r->server->manner.property_latency;

	server_sleep(r->server, (unsigned)(us * nprops / 1000));
}
