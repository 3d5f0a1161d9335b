/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Properties that came or went since a pages file was begun. */
#include "drift.h"

#include <stdlib.h>

#include "hash.h"
#include "scan.h"

#define SHOWN 20 /* names; of more, how many */

/* The properties of a page's first record: p is NULL when it has none. */
static struct hs_span
first_properties(struct hs_span page)
{
	struct hs_span key, found = {0};
	struct hs_scan s;

	hs_scan_init(&s, page);
	if (hs_scan_enter(&s, '{') < 0)
		return found;
	while (hs_scan_member(&s, &key) > 0)
		if (!hs_scan_is(key, "results")) {
			if (hs_scan_value(&s, NULL) < 0)
				break;
		} else if (hs_scan_peek(&s) != '[' ||
			   hs_scan_enter(&s, '[') < 0 ||
			   hs_scan_element(&s) <= 0 ||
			   hs_scan_pick_one(&s, "properties", &found) < 0) {
			break;
		} else {
			return found;
		}
	return (struct hs_span){0};
}

/* The API adds these to whatever is asked for. */
static bool
comes_always(struct hs_span name)
{
	return hs_span_is(name, "hs_object_id") ||
	       hs_span_is(name, "createdate") ||
	       hs_span_is(name, "hs_lastmodifieddate") ||
	       hs_span_is(name, "lastmodifieddate");
}

static size_t
find(const struct hs_index *x, const struct names *names, struct hs_span name)
{
	uint64_t h = hs_hash(name);
	size_t at, step = 0;

	while ((at = hs_index_next(x, h, &step)) != HS_INDEX_NONE)
		if (hs_span_eq(hs_span_str(names->v[at]), name))
			return at;
	return HS_INDEX_NONE;
}

/* A list of names as it grows in a text. */
struct shown {
	struct hs_buf *text;
	const char *title;
	size_t n;
};

static void
show(struct shown *l, struct hs_span name)
{
	if (l->n++ >= SHOWN)
		return;
	if (l->n == 1)
		hs_buf_printf(
		    l->text, "%s%s: ", l->text->len > 0 ? "; " : "", l->title);
	else
		hs_buf_puts(l->text, ", ");
	hs_buf_add(l->text, name.p, name.len < 60 ? name.len : 60);
}

static void
show_rest(const struct shown *l)
{
	if (l->n > SHOWN)
		hs_buf_printf(l->text, " and %zu more", l->n - SHOWN);
}

/* Compares: there[i] becomes true for a name that the record has. */
static void
compare(struct hs_span properties, const struct names *now,
    const struct hs_index *x, bool *there, struct hs_buf *text)
{
	struct shown new = {text, "new", 0}, gone = {text, "gone", 0};
	struct hs_buf lost = {0};
	struct hs_span key, value;
	struct hs_scan s;

	gone.text = &lost;
	hs_scan_init(&s, properties);
	if (hs_scan_enter(&s, '{') < 0)
		return;
	while (hs_scan_pair(&s, &key, &value) > 0) {
		size_t at = find(x, now, key);
		if (at != HS_INDEX_NONE)
			there[at] = true;
		else if (!comes_always(key))
			show(&gone, key);
	}
	show_rest(&gone);
	for (size_t i = 0; i < now->n; i++)
		if (!there[i])
			show(&new, hs_span_str(now->v[i]));
	show_rest(&new);
	if (lost.len > 0 && text->len > 0)
		hs_buf_puts(text, "; ");
	hs_buf_put(text, hs_buf_span(&lost));
	hs_buf_free(&lost);
}

void
drift_text(struct hs_span page, const struct names *now, struct hs_buf *text)
{
	struct hs_span properties = first_properties(page);
	struct hs_index x = {0};
	bool *there = calloc(now->n + 1, sizeof *there);
	size_t n = 0;

	while (n < now->n &&
	       hs_index_add(&x, hs_hash(hs_span_str(now->v[n])), n) == 0)
		n++;
	/* Without memory the message has less to say. */
	if (properties.p && there && n == now->n)
		compare(properties, now, &x, there, text);
	hs_index_free(&x);
	free(there);
}
