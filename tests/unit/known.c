/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Objects read with the last one's keys in mind: nothing but faster. */
#include "scan.h"

#include <stdlib.h>

#include "tap.h"

/* What came of a text. */
struct outcome {
	int r;
	const char *why;
	size_t at, n;
	bool escaped;
	struct hs_member v[8];
};

static struct outcome
read_with(struct hs_members *m, struct hs_span text)
{
	struct outcome o = {0};
	struct hs_scan s;

	hs_members_clear(m);
	hs_scan_init(&s, text);
	o.r = hs_scan_members(&s, m);
	o.why = s.why;
	o.at = (size_t)(s.p - text.p);
	o.escaped = m->escaped;
	if (o.r < 0)
		return o;
	o.n = m->n;
	for (size_t i = 0; i < m->n && i < 8; i++)
		o.v[i] = m->v[i];
	return o;
}

static bool
same(const struct outcome *a, const struct outcome *b)
{
	if (a->r != b->r || a->why != b->why || a->at != b->at ||
	    a->n != b->n || a->escaped != b->escaped)
		return false;
	for (size_t i = 0; i < a->n && i < 8; i++)
		if (a->v[i].key.p != b->v[i].key.p ||
		    a->v[i].key.len != b->v[i].key.len ||
		    a->v[i].value.p != b->v[i].value.p ||
		    a->v[i].value.len != b->v[i].value.len)
			return false;
	return true;
}

/* Each beginning of `text`, after `before` was read. */
static void
after(const char *before, const char *text)
{
	bool all = true;

	for (size_t n = 0; n <= strlen(text); n++) {
		struct hs_members fresh = {0}, used = {0};
		/* Of its own length, so that a step outside is noticed. */
		char *copy = malloc(n + 1);
		struct hs_span t = hs_span(copy, n);
		struct outcome a, b;

		memcpy(copy, text, n);
		read_with(&used, hs_span_str(before));
		a = read_with(&fresh, t);
		b = read_with(&used, t);
		all = all && same(&a, &b);
		hs_members_free(&fresh);
		hs_members_free(&used);
		free(copy);
	}
	tap_ok(all, "%s after %s", text, before);
}

/* Objects that are all different are read without it for a while. */
static void
surprises(void)
{
	struct hs_members m = {0};
	char text[64];
	bool all = true;

	for (int i = 0; i < 100; i++) {
		snprintf(text, sizeof text, "{\"k%d\":%d}", i, i);
		all = all && read_with(&m, hs_span_str(text)).r == 0 &&
		      m.v[0].key.len == (i < 10 ? 2 : 3);
	}
	tap_ok(all && m.known.rest > 0, "it gives up where nothing is alike");
	for (int i = 0; i < 2000; i++)
		all = all && read_with(&m, HS_SPAN("{\"a\":1,\"b\":2}")).n == 2;
	tap_ok(all && m.known.rest == 0 && m.known.n == 2,
	    "and begins anew later");
	hs_members_free(&m);
}

/* More and longer keys than are kept. */
static void
bounds(void)
{
	struct hs_members m = {0};
	struct hs_buf b = {0};
	bool all = true;

	for (int round = 0; round < 40; round++) {
		hs_buf_clear(&b);
		for (int i = 0; i < 6000; i++)
			hs_buf_printf(&b, "%s\"%d%0*d\":null", i ? "," : "{",
			    round, i == 7 ? 400 : 30, i);
		hs_buf_addc(&b, '}');
		all = all && read_with(&m, hs_buf_span(&b)).n == 6000 &&
		      read_with(&m, hs_buf_span(&b)).n == 6000;
	}
	tap_ok(all && m.known.n <= HS_KNOWN_MAX && m.known.text.cap < 1 << 20,
	    "thousands of keys, more than are remembered");
	hs_buf_free(&b);
	hs_members_free(&m);
}

int
main(void)
{
	static const char *const texts[] = {
	    "{\"a\":1,\"bc\":\"x\",\"d\":null}",
	    "{\"a\":1,\"bd\":\"x\",\"d\":null,\"e\":{}}",
	    "{ \"a\" : 1 , \"bc\" : [ 2 ] }",
	    "{\"a\": 1,\"bc\" :2}",
	    "{\"\\u0061\":1,\"bc\":\"\\n\"}",
	    "{}",
	    "{\"a\":}",
	    "{\"a\":1,}",
	    "{\"a\":1,\"bc\":\"x\"\"d\":2}",
	    "{\"\":1,\"\":2}",
	    "{\"a\"1}",
	};
	size_t n = sizeof texts / sizeof *texts;

	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < n; k++)
			after(texts[i], texts[k]);
	surprises();
	bounds();
	return tap_done();
}
