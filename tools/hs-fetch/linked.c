/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Associations past the inline page: the calls. */
#include "linked.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "endpoint.h"
#include "hash.h"
#include "naming.h"
#include "parts.h"

#define FAILURES_MAX 4 /* of one record in a row */
#define EMPTY_MAX 100  /* answers in a row that only name a next one */
#define AGAIN_MS 500
#define ASSOC_BYTES (HELD_BYTES / 2) /* of pages: then all but one wait */

static int answer_done(struct call *c, struct hs_err *e);

static struct hs_span
id_of(const struct assoc_from *from)
{
	return from->pg->cell[from->cell].item->id;
}

void
linked_free(struct assoc_batch *b)
{
	for (size_t i = 0; i < b->n; i++)
		targets_close(&b->from[i]);
	free(b->from);
	free(b->to);
	hs_index_free(&b->by_id);
	call_free(&b->call);
	free(b);
}

/* Puts the records that are to be read on into the body. */
static void
put_inputs(struct assoc_batch *b)
{
	struct hs_buf *body = &b->call.body;
	const char *comma = "";

	hs_buf_clear(body);
	hs_buf_puts(body, "{\"inputs\":[");
	for (size_t i = 0; i < b->n; i++) {
		struct assoc_from *from = &b->from[i];

		from->answered = false;
		from->posted = !from->done;
		if (from->done)
			continue;
		hs_buf_printf(body, "%s{\"id\":\"", comma);
		hs_buf_put(body, id_of(from));
		if (from->after)
			hs_buf_printf(body, "\",\"after\":\"%s", from->after);
		hs_buf_puts(body, "\"}");
		comma = ",";
	}
	hs_buf_puts(body, "]}");
}

/* Other pages than the first wait while there is too much already. */
static bool
has_room(const struct assoc_batch *b)
{
	return b->from->pg == b->f->pages || b->f->assoc_bytes < ASSOC_BYTES;
}

int
linked_post(struct assoc_batch *b)
{
	struct fetch *f = b->f;
	struct call *c = &b->call;

	b->open = false;
	b->waiting = !has_room(b);
	if (b->waiting)
		return 0;
	endpoint_url(
	    f->api, &c->url, AT_ASSOC_BATCH, f->o->object->type, b->to);
	put_inputs(b);
	c->post = true;
	c->done = answer_done;
	c->failed = NULL;
	c->priority = 1;
	snprintf(c->what, sizeof c->what,
	    "%.80s: associations to %.60s for page %llu", f->o->label, b->to,
	    b->from->pg->number);
	if (hs_buf_check(&c->url, f->e, "associations") < 0 ||
	    hs_buf_check(&c->body, f->e, "associations") < 0)
		return -1;
	session_post(f->api, c);
	return 0;
}

/* Takes the cursor on; a loop is noticed by a mark that is set anew at ever
 * greater distances (Brent). */
static int
go_further(struct assoc_batch *b, struct assoc_from *from, struct hs_span after)
{
	struct hs_err *e = b->f->e;

	free(from->after);
	from->after = strndup(after.p, after.len);
	if (!from->after)
		return hs_err_mem(e, "cursor");
	if (from->mark && strcmp(from->mark, from->after) == 0)
		return hs_err_set(e, HS_PROTOCOL,
		    "%s: the API repeated a cursor: the list would never end",
		    b->call.what);
	if (from->empty > EMPTY_MAX)
		return hs_err_set(e, HS_PROTOCOL,
		    "%s: %d answers without associations in a row",
		    b->call.what, EMPTY_MAX);
	if (from->steps++ < from->next_mark)
		return 0;
	from->next_mark = from->steps * 2;
	free(from->mark);
	from->mark = strdup(from->after);
	return from->mark ? 0 : hs_err_mem(e, "cursor");
}

static struct assoc_from *
find(struct assoc_batch *b, struct hs_span id)
{
	uint64_t h = hs_hash(id);
	size_t at, step = 0;

	while ((at = hs_index_next(&b->by_id, h, &step)) != HS_INDEX_NONE)
		if (hs_span_eq(id_of(&b->from[at]), id))
			return &b->from[at];
	return NULL;
}

/* The end: of all, unless these are fewer than the list itself showed. */
static void
finish(struct assoc_from *from)
{
	from->done = from->targets >= from->shown;
	if (from->done) {
		targets_close(from);
		return;
	}
	from->answered = false;
	hs_buf_clear(from->results);
	from->targets = 0;
	free(from->after);
	from->after = NULL;
}

/* Counts what a page holds of associations beside the list's answer. */
static int
count(struct assoc_batch *b, struct page *pg, size_t before, size_t now)
{
	struct fetch *f = b->f;
	size_t most = f->api->options.max_body;

	pg->assoc_bytes += now - before;
	f->assoc_bytes += now - before;
	if (most == 0 || pg->assoc_bytes <= most)
		return 0;
	return hs_err_set(f->e, HS_PROTOCOL,
	    "%s: more than %zu bytes of associations; --max-body takes more",
	    b->call.what, most);
}

static int
unread(struct assoc_batch *b, struct hs_span id)
{
	return hs_err_set(b->f->e, HS_PROTOCOL,
	    "the associations of record %.*s can't be read", (int)id.len, id.p);
}

static int
take_result(struct assoc_batch *b, const struct hs_span v[3])
{
	struct hs_err *e = b->f->e;
	struct hs_span value, id, after;

	if (!v[0].p || hs_scan_path(v[0], "id", &value) < 0 ||
	    !answer_id(value, &id))
		return hs_err_set(
		    e, HS_PROTOCOL, "a result does not say from which record");
	struct assoc_from *from = find(b, id);
	if (!from || !from->posted || from->done || from->answered)
		return 0;
	from->answered = true;
	if (!from->opened && targets_open(from) < 0)
		return hs_err_mem(e, "associations");
	int wanted = naming_wanted(from, v[1]);
	if (wanted != 0) {
		from->alone = true;
		return wanted < 0 ? unread(b, id) : 0;
	}
	size_t before = from->results->len, held = from->results->cap;
	if (targets_add(from, v[1]) < 0)
		return unread(b, id);
	if (count(b, from->pg, held, from->results->cap) < 0)
		return -1;
	from->empty = from->results->len > before ? 0 : from->empty + 1;
	int r = answer_next(v[2], &after);
	if (r < 0)
		return hs_err_set(e, HS_PROTOCOL,
		    "the associations of record %.*s name a next page without "
		    "a cursor",
		    (int)id.len, id.p);
	if (r == 0) {
		finish(from);
		return 0;
	}
	from->failures = 0;
	return go_further(b, from, after);
}

static int
take_answer(struct assoc_batch *b, struct answer *answer)
{
	static const char *const names[] = {"from", "to", "paging"};

	for (size_t i = 0; i < answer->n; i++) {
		struct hs_span v[3];
		struct hs_scan s;

		hs_scan_init(&s, answer->item[i].text);
		if (hs_scan_pick(&s, names, 3, v) < 0 || take_result(b, v) < 0)
			return -1;
	}
	return 0;
}

static int go_on(struct assoc_batch *b);

/* The record alone has been read.  If it shows fewer associations than the list
 * did, it has changed since; otherwise there are some that can't be had.  Only
 * without any can there be no answer. */
static int
one_done(struct call *c, struct hs_err *e)
{
	struct assoc_batch *b = c->owner;
	struct assoc_from *from = &b->from[b->asked];
	struct hs_span id = id_of(from), associations;
	size_t shown;

	int r = one_merged(from->pg, from->cell, c);
	if (r < 0 || hs_scan_path(hs_buf_span(&c->request.body), "associations",
			 &associations) < 0) {
		hs_err_set(e, HS_PROTOCOL, "the answer is no record");
		return 1;
	}
	if (r > 0)
		return go_on(b);
	if (targets_shown(associations,
		from->naming ? hs_span(NULL, 0) : b->key, &shown) < 0)
		return hs_err_mem(e, "associations");
	from->done = shown == 0 && (from->labels || from->naming);
	if (!from->done && (shown == 0 || shown >= from->shown))
		return hs_err_set(e, HS_LATER,
		    "%s: the associations of record %.*s could not be read, "
		    "although there are some; try again later",
		    b->f->o->label, (int)id.len, id.p);
	from->shown = shown;
	from->failures = 0;
	return go_on(b);
}

static int
one_failed(struct call *c, struct hs_err *e)
{
	struct assoc_batch *b = c->owner;
	const struct assoc_from *from = &b->from[b->asked];

	(void)e;
	return one_gone(from->pg, from->cell, c) ? go_on(b) : -1;
}

/* How the list would name its associations is known now. */
static int
example_done(struct call *c, struct hs_err *e)
{
	struct assoc_batch *b = c->owner;
	struct assoc_from *from = &b->from[b->asked];
	int r = one_merged(from->pg, from->cell, c);

	if (r < 0) {
		hs_err_set(e, HS_PROTOCOL, "the answer is no record");
		return 1;
	}
	if (r == 0 && naming_take(from, hs_buf_span(&c->request.body)) < 0)
		return hs_err_mem(e, "associations");
	for (size_t i = 0; i < b->n; i++)
		b->from[i].alone = false;
	return go_on(b);
}

/* An input that got no answer so often has no other chance, unless its record
 * is gone. */
static int
ask_alone(struct assoc_batch *b, struct assoc_from *from,
    int (*done)(struct call *c, struct hs_err *e))
{
	b->asked = (size_t)(from - b->from);
	b->call.done = done;
	b->call.failed = one_failed;
	if (!from->opened && targets_open(from) < 0)
		return hs_err_mem(b->f->e, "associations");
	return one_post(
	    from->pg, from->cell, from->naming ? b->to : NULL, &b->call);
}

/* All of its pages have what they wait for. */
static int
end(struct assoc_batch *b)
{
	struct assoc_batch **at = &b->f->assocs;

	for (size_t i = 0; i < b->n; i++)
		if (i == 0 || b->from[i].pg != b->from[i - 1].pg)
			b->from[i].pg->pending--;
	while (*at != b)
		at = &(*at)->next;
	*at = b->next;
	if (!b->next)
		b->f->assocs_last = at;
	linked_free(b);
	return 0;
}

/* Reads on what is not complete, or ends. */
static int
go_on(struct assoc_batch *b)
{
	bool any = false;

	for (size_t i = 0; i < b->n; i++) {
		struct assoc_from *from = &b->from[i];

		from->done = from->done || from->pg->cell[from->cell].gone;
		if (!from->done && from->alone)
			return ask_alone(b, from, example_done);
		if (!from->done && from->failures >= FAILURES_MAX)
			return ask_alone(b, from, one_done);
		any = any || !from->done;
	}
	return any ? linked_post(b) : end(b);
}

/* Whether an answer has errors that say more than that there is nothing. */
static bool
has_errors(struct hs_span errors)
{
	struct hs_span error, category;
	struct hs_scan s;

	if (!errors.p || *errors.p != '[')
		return false;
	hs_scan_init(&s, errors);
	hs_scan_enter(&s, '[');
	while (hs_scan_element(&s) > 0 && hs_scan_value(&s, &error) == 0)
		if (hs_scan_path(error, "category", &category) <= 0 ||
		    !hs_span_is(category, "\"OBJECT_NOT_FOUND\""))
			return true;
	return false;
}

/* Of records that were not in the list no answer means no associations. */
static void
count_failures(struct assoc_batch *b, bool failed)
{
	for (size_t i = 0; i < b->n; i++) {
		struct assoc_from *from = &b->from[i];

		if (!from->posted || from->done || from->answered)
			continue;
		from->done = from->naming && !failed;
		if (from->done)
			continue;
		from->failures++;
		b->call.delay_ms = AGAIN_MS;
	}
}

static int
answer_done(struct call *c, struct hs_err *e)
{
	struct assoc_batch *b = c->owner;
	struct answer *answer = answer_read(&c->request.body, 0, e);

	if (!answer)
		return e->kind == HS_PROTOCOL ? 1 : -1;
	int r = take_answer(b, answer);
	bool failed = has_errors(answer->errors);
	answer_free(answer);
	if (r < 0)
		return -1;
	count_failures(b, failed);
	return go_on(b);
}
