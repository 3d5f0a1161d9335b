/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* A page as the API answers it; the cursor foreseen. */
#include "hs-fetch/answer.h"

#include <stdlib.h>

#include "../tap.h"

#define NEXT "\"paging\":{\"next\":"
#define AFTER NEXT "{\"after\":\""
#define NO_CURSOR "names a next page without a cursor"

static struct answer *
page(const char *text, struct hs_err *e)
{
	struct hs_buf b = {0};

	hs_buf_puts(&b, text);
	return answer_read(&b, ANSWER_IDS, e);
}

static void
records(void)
{
	struct hs_err e;
	struct answer *l = page(
	    "{\"results\":[{\"id\":\"12\",\"updatedAt\":\"T\",\"associations\":"
	    "{\"contacts\":{\"results\":[],\"paging\":{\"next\":{\"after\":"
	    "\"7\"}}},\"deals\":{\"results\":[]}}}, {\"id\":\"x\"}],\n" AFTER
	    "99\"}},\"status\":\"COMPLETE\",\"more\":[1]}",
	    &e);

	if (!tap_ok(l && l->n == 2, "two records"))
		return;
	tap_ok(hs_span_is(l->item[0].id, "12") && l->item[0].numeric &&
		   l->item[0].number == 12 &&
		   hs_span_is(l->item[0].updated, "T"),
	    "id and time of the first");
	tap_ok(!l->item[1].numeric && hs_span_is(l->item[1].text, "{\"id\":"
								  "\"x\"}"),
	    "an id that is no number, and the record's text");
	tap_ok(l->item[0].partials == 1 && l->item[1].partials == 0 &&
		   hs_span_is(l->partial[0].key, "contacts"),
	    "an association that goes on");
	tap_ok(l->more && hs_span_is(l->after, "99"), "the page's own cursor");
	tap_is_str(hs_buf_str(&l->extra), ",\"more\":[1]",
	    "what else the envelope has, but not the batch read's");
	tap_ok(l->lines, "it has line breaks");
	answer_free(l);
}

static void
labelled(void)
{
	struct hs_buf b = {0};
	struct hs_err e;

	hs_buf_puts(&b,
	    "{\"results\":[{\"associations\":{\"a\":{\"results\":[]},"
	    "\"b\":{\"results\":[{\"id\":\"1\"}]},\"c\":7}}]}");
	struct answer *l = answer_read(&b, ANSWER_LABELS, &e);
	tap_ok(l && l->item[0].partials == 2, "for labels all are partial");
	answer_free(l);
}

static void
refused(const char *text, const char *why)
{
	struct hs_err e = {0};
	struct answer *l = page(text, &e);

	tap_ok(!l && e.kind == HS_PROTOCOL && strstr(e.text, why) != NULL,
	    "refused: %s", why);
	answer_free(l);
}

static void
ends(const char *text)
{
	struct hs_err e = {0};
	struct answer *l = page(text, &e);

	tap_ok(l && !l->more, "the last page: %s", text);
	answer_free(l);
}

static void
id_of(int n, const char *why)
{
	struct hs_buf b = {0};
	struct hs_err e = {0};
	struct answer *l;

	hs_buf_printf(&b, "{\"results\":[{\"id\":\"%0*d\"}]}", n, 7);
	if (why) {
		refused(hs_buf_str(&b), why);
	} else {
		l = page(hs_buf_str(&b), &e);
		tap_ok(l && l->n == 1, "an id of %d bytes is read", n);
		answer_free(l);
	}
	hs_buf_free(&b);
}

int
main(void)
{
	records();
	labelled();
	refused("", "not a JSON object");
	refused("[]", "not a JSON object");
	refused("{}", "no results");
	refused("{\"results\":{}}", "not an array");
	refused("{\"results\":[1]}", "not an object");
	refused("{\"results\":[{}]}", "has no id");
	id_of(ID_MAX + 1, "id is too long");
	id_of(ID_MAX, NULL);
	refused("{\"results\":[],\"results\":[]}", "results twice");
	refused("{\"results\":[]," AFTER "\"}}}", NO_CURSOR);
	refused("{\"results\":[]," NEXT "{\"link\":\"x\"}}}", NO_CURSOR);
	refused("{\"results\":[]," NEXT "{\"after\":null}}}", NO_CURSOR);
	refused("{\"results\":[]," NEXT "{\"after\":{}}}}", NO_CURSOR);
	refused("{\"results\":[]," NEXT "{}}}", NO_CURSOR);
	refused("{\"results\":[]," NEXT "7}}", NO_CURSOR);
	refused("{\"results\":[],\"paging\":[]}", "not an object");
	ends("{\"results\":[]," NEXT "null}}");
	ends("{\"results\":[],\"paging\":{}}");
	ends("{\"results\":[],\"paging\":null}");
	refused("{\"results\":[]}x", "more text");
	refused("{\"results\":[{\"id\":\"1\"}", "ends in the middle");
	return tap_done();
}
