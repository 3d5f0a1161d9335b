/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Answers as documents. */
#include "ask.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scan.h"
#include "url.h"

#define PAGES_MAX 1000

struct ask {
	struct call call;
	bool list; /* the answer must have results */
	struct session *api;
	const struct search *s;
	cJSON *j;
};

const char *
ask_text(const cJSON *j, const char *name)
{
	const char *s =
	    cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(j, name));

	return s ? s : "";
}

/* cJSON takes text that is not JSON, and looks no further than the first
 * value.  So the scanner checks the text first. */
cJSON *
ask_read(const struct hs_buf *body, struct hs_err *e)
{
	struct hs_scan s;
	cJSON *j = NULL;

	hs_scan_init(&s, hs_buf_span(body));
	if (hs_scan_peek(&s) != '{')
		hs_scan_fail(&s, "not a JSON object");
	else if (hs_scan_value(&s, NULL) == 0 && hs_scan_end(&s) == 0)
		j = cJSON_ParseWithLength(body->data, body->len);
	if (!j)
		hs_err_set(e, HS_PROTOCOL,
		    "the answer can't be read: byte %zu: %s",
		    (size_t)(s.p - s.start) + 1, s.why ? s.why : "too deep");
	return j;
}

static const cJSON *
results(const cJSON *j)
{
	const cJSON *list = cJSON_GetObjectItemCaseSensitive(j, "results");

	return cJSON_IsArray(list) ? list : NULL;
}

static int
take(struct call *c, struct hs_err *e)
{
	struct ask *a = c->owner;

	a->j = ask_read(&c->request.body, e);
	if (!a->j)
		return 1;
	if (!a->list || results(a->j))
		return 0;
	cJSON_Delete(a->j);
	a->j = NULL;
	hs_err_set(e, HS_PROTOCOL, "the answer has no results");
	return 1;
}

static int
wait(struct session *api, struct ask *a, struct hs_err *e)
{
	session_post(api, &a->call);
	while (!a->j)
		if (session_turn(api, e) < 0) {
			/* Another call or the transport may have failed: this
			 * one goes, and what comes may not write to it. */
			if (call_pending(&a->call) &&
			    !session_unpost(api, &a->call))
				session_drop(api);
			return -1;
		}
	return 0;
}

static int
make_search(struct call *c)
{
	const struct ask *a = c->owner;

	c->mine = search_body(&c->body, a->s, a->api->form.out);
	return c->body.failed ? -1 : 0;
}

int
ask_document(struct session *api, enum endpoint at, const char *type,
    const struct search *s, cJSON **j, struct hs_err *e)
{
	struct ask a = {
	    .api = api, .s = s, .call = {.done = take, .remake = make_search}};
	struct call *c = &a.call;

	c->owner = &a;
	snprintf(c->what, sizeof c->what, "%s%.150s",
	    at == AT_SEARCH  ? "search of "
	    : at == AT_DAILY ? "daily usage"
			     : "counts",
	    type ? type : "");
	c->search = at == AT_SEARCH;
	c->once = at != AT_SEARCH; /* nice to know, no more */
	c->post = s;
	c->request.most = ASK_BYTES;
	endpoint_url(api, &c->url, at, type, NULL);
	if (s)
		make_search(c);
	int r = hs_buf_check(&c->url, e, c->what);
	if (r == 0)
		r = hs_buf_check(&c->body, e, c->what);
	if (r == 0)
		r = wait(api, &a, e);
	*j = a.j;
	call_free(&a.call);
	return r;
}

/* Moves a page's results to the list and gives the next cursor, which is the
 * page's; NULL at the end. */
static int
move(const struct call *c, cJSON *page, cJSON *list, const char **next,
    struct hs_err *e)
{
	cJSON *from = cJSON_GetObjectItemCaseSensitive(page, "results"), *one;
	const cJSON *more = cJSON_GetObjectItemCaseSensitive(
	    cJSON_GetObjectItemCaseSensitive(page, "paging"), "next");

	while ((one = cJSON_DetachItemFromArray(from, 0)))
		cJSON_AddItemToArray(list, one);
	*next = NULL;
	if (!more || cJSON_IsNull(more))
		return 0;
	*next = cJSON_GetStringValue(
	    cJSON_GetObjectItemCaseSensitive(more, "after"));
	if (*next && (*next)[0] != '\0')
		return 0;
	return hs_err_set(e, HS_PROTOCOL,
	    "%s: the list names a next page without a cursor", c->what);
}

/* Reads the page at the cursor, which is replaced by the next one. */
static int
ask_page(struct session *api, const struct hs_object_kind *kind,
    const char *type, const char *query, char **cursor, cJSON *list,
    struct hs_err *e)
{
	struct ask a = {.list = true, .call = {.done = take}};
	struct call *c = &a.call;
	const char *next = NULL;

	c->owner = &a;
	snprintf(c->what, sizeof c->what, "%.50s%.150s", kind->name,
	    type ? type : "");
	c->request.most = ASK_LIST_BYTES;
	endpoint_list_url(api, &c->url, kind, type);
	hs_buf_puts(&c->url, query);
	if (*cursor) {
		hs_buf_puts(&c->url, query[0] ? "&after=" : "?after=");
		url_escape(&c->url, *cursor);
	}
	int r = hs_buf_check(&c->url, e, c->what);
	if (r == 0)
		r = wait(api, &a, e);
	if (r == 0)
		r = move(&a.call, a.j, list, &next, e);
	if (r == 0 && next && *cursor && strcmp(next, *cursor) == 0)
		r = hs_err_set(e, HS_PROTOCOL, "%s: the API repeated a cursor",
		    a.call.what);
	free(*cursor);
	*cursor = next ? strdup(next) : NULL;
	if (r == 0 && next && !*cursor)
		r = hs_err_mem(e, "cursor");
	cJSON_Delete(a.j);
	call_free(&a.call);
	return r;
}

int
ask_list(struct session *api, const struct hs_object_kind *kind,
    const char *type, const char *query, cJSON **list, struct hs_err *e)
{
	char *cursor = NULL;
	int r = 0, pages = 0;

	*list = cJSON_CreateArray();
	if (!*list)
		return hs_err_mem(e, "list");
	do {
		r = ask_page(api, kind, type, query, &cursor, *list, e);
		if (r == 0 && ++pages == PAGES_MAX)
			r = hs_err_set(e, HS_PROTOCOL,
			    "%s%s: the list does not end", kind->name,
			    type ? type : "");
	} while (r == 0 && cursor);
	free(cursor);
	if (r == 0)
		return 0;
	cJSON_Delete(*list);
	*list = NULL;
	return -1;
}
