/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Lists of records, page by page, and single records. */
#include <stdlib.h>
#include <string.h>

#include "answer.h"
#include "auth.h"
#include "pack.h"
#include "render.h"
#include "serve.h"
#include "server.h"

#define LIMIT 10
#define LIMIT_MAX 100
#define HISTORY_MAX 50

/* A list request, understood. */
struct list {
	struct request *r;
	struct type *type;
	struct view view;
	bool archived;
	uint64_t from; /* index */
	uint64_t limit;
	uint64_t count;
	struct cursor cursor;
	char *after; /* as asked */
	char *props, *history, *associations;
};

static bool
list_start(struct list *l, struct answer *a)
{
	const struct server *s = l->r->server;
	uint64_t n;

	l->cursor = cursor_of(&s->manner.cursor, l->type);
	l->after = request_get(l->r, "after");
	if (l->after == NULL || *l->after == '\0')
		return true;
	if (!cursor_read(&l->cursor, s->portal.seed, l->after, &n)) {
		answer_error(a, 400, "VALIDATION_ERROR",
		    "Unable to parse value for after: %s", l->after);
		return false;
	}
	l->from = cursor_index(&l->cursor, l->type, l->archived, n);
	return true;
}

static bool
list_make(struct list *l, struct request *r, struct answer *a)
{
	*l = (struct list){.r = r};
	l->type = request_type(r, a, r->route.parts[0]);
	if (l->type == NULL || !auth_type(r, a, l->type, false))
		return false;
	l->archived = request_flag(r, "archived");
	l->count = type_count(l->type, l->archived);
	l->props = request_get(r, "properties");
	l->history = request_get(r, "propertiesWithHistory");
	l->associations = request_get(r, "associations");
	return request_limit(r, a, LIMIT, l->history ? HISTORY_MAX : LIMIT_MAX,
		   &l->limit) &&
	       list_start(l, a) &&
	       view_make(&l->view, r, a, l->type, l->props, l->history,
		   l->associations);
}

static void
list_free(struct list *l)
{
	view_free(&l->view);
	free(l->after);
	free(l->props);
	free(l->history);
	free(l->associations);
}

/* The cursor of an empty page differs from the one just used and leads to
 * the same records. */
static void
add_next(const struct list *l, struct bytes *b, uint64_t last, uint64_t next)
{
	uint64_t key = l->r->server->portal.seed;
	struct bytes cursor = {0}, encoded = {0};
	uint64_t n = cursor_number(&l->cursor, l->type, l->archived, last, next,
	    request_spoilt(l->r, DATA_EMPTY));

	if (request_spoilt(l->r, DATA_CURSOR) && l->after != NULL)
		bytes_str(&cursor, l->after);
	else
		cursor_add(&cursor, &l->cursor, key, n);
	for (size_t i = 0; i < cursor.len; i++) {
		if (strchr("+/=", cursor.at[i]) != NULL)
			bytes_fmt(&encoded, "%%%02X", (unsigned)cursor.at[i]);
		else
			bytes_char(&encoded, cursor.at[i]);
	}
	bytes_lit(b, ",\"paging\":{\"next\":{\"after\":\"");
	bytes_add(b, cursor.at, cursor.len);
	bytes_lit(b, "\",\"link\":\"https://api.hubapi.com");
	bytes_str(b, l->r->path);
	bytes_fmt(b, "?limit=%llu&after=", (unsigned long long)l->limit);
	bytes_add(b, encoded.at, encoded.len);
	bytes_lit(b, "\"}}");
	bytes_free(&cursor);
	bytes_free(&encoded);
}

static void
add_record(
    const struct list *l, struct bytes *b, uint64_t index, uint64_t place)
{
	struct portal *p = &l->r->server->portal;
	struct record record;

	record_at(p, l->type, index, l->archived, &record);
	if (request_spoilt(l->r, DATA_TORN) && place == l->r->fault->count) {
		record_change(p, &record);
		record_at(p, l->type, index, l->archived, &record);
	}
	render(b, &record, &l->view);
}

/* The first record there is from that index on; the count if there's none. */
static uint64_t
skip_absent(const struct list *l, uint64_t index)
{
	const struct portal *p = &l->r->server->portal;

	while (!l->archived && index < l->count &&
	       record_absent(p, l->type, index))
		index++;
	return index;
}

static void
list_render(const struct list *l, struct bytes *b)
{
	uint64_t at[LIMIT_MAX], n = 0, next = skip_absent(l, l->from);
	bool cut = request_spoilt(l->r, DATA_CUT);
	bool again = request_spoilt(l->r, DATA_CURSOR);

	for (; n < l->limit && next < l->count; n++) {
		at[n] = next;
		next = skip_absent(l, next + 1);
	}
	if (cut)
		n /= 2;
	if (request_spoilt(l->r, DATA_EMPTY)) {
		n = 0;
		next = skip_absent(l, l->from);
	}
	bytes_need(b, 1 << 16);
	bytes_lit(b, "{\"results\":[");
	for (uint64_t i = 0; i < n; i++) {
		bytes_str(b, i ? "," : "");
		add_record(l, b, at[i], i);
		if (i == 0 && request_spoilt(l->r, DATA_DUPLICATE)) {
			bytes_char(b, ',');
			add_record(l, b, at[i], i);
		}
	}
	bytes_char(b, ']');
	if (again)
		add_next(l, b, l->from - (l->from > 0), l->from);
	else if (next < l->count && !cut)
		add_next(l, b, n ? at[n - 1] : next, next);
	else if (l->r->server->manner.null_paging)
		bytes_lit(b, ",\"paging\":null");
	bytes_char(b, '}');
}

static bool
wants_cache(const struct list *l)
{
	const struct cache *c = &l->r->server->cache;

	if ((l->r->fault != NULL && l->r->fault->data != 0) ||
	    l->r->server->portal.nabsences > 0)
		return false;
	for (size_t i = 0; i < c->ntypes; i++)
		if (c->types[i] == l->type)
			return true;
	return false;
}

static const struct page *
list_keep(const struct list *l, struct answer *a, const char *key)
{
	struct bytes packed = {0};

	if (l->r->server->manner.gzip)
		pack(&packed, &a->body);
	const struct page *page =
	    cache_put(&l->r->server->cache, key, &a->body, &packed);
	bytes_free(&packed);
	return page;
}

void
serve_list(struct request *r, struct answer *a)
{
	struct list l;
	struct bytes key = {0};

	if (!list_make(&l, r, a)) {
		list_free(&l);
		return;
	}
	portal_turn(&r->server->portal, l.type);
	if (wants_cache(&l)) {
		bytes_fmt(&key, "%s?%s", r->path, r->query);
		a->page = cache_get(&r->server->cache, bytes_end(&key));
	}
	if (a->page == NULL) {
		list_render(&l, &a->body);
		if (key.len > 0)
			a->page = list_keep(&l, a, key.at);
	}
	bytes_free(&key);
	list_free(&l);
}

void
serve_record(struct request *r, struct answer *a)
{
	struct list l;
	struct portal *p = &r->server->portal;
	struct record record;

	if (list_make(&l, r, a)) {
		if (!record_find(
			p, l.type, r->route.parts[1], l.archived, &record)) {
			answer_error(
			    a, 404, "OBJECT_NOT_FOUND", "resource not found");
		} else {
			add_record(&l, &a->body, record.index, 0);
		}
	}
	list_free(&l);
}
