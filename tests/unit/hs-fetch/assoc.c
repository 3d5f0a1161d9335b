/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Associations in the list's shape: which type is which word. */
#include "hs-fetch/targets.h"

#include <stdlib.h>

#include "../tap.h"

/* What a record's inline page and its endpoint's answers give. */
static const char *
joined(bool labels, const char *page, const char *const *answers)
{
	static struct hs_buf b;
	struct assoc_from in = {.results = &b, .labels = labels};

	hs_buf_clear(&b);
	in.inlined = hs_span_str(page);
	if (targets_open(&in) < 0)
		return "no page";
	for (; *answers; answers++)
		if (targets_add(&in, hs_span_str(*answers)) < 0)
			hs_buf_puts(&b, "!");
	targets_close(&in);
	return hs_buf_str(&b);
}

#define JOINED(page, ...)                         \
	joined(false, "{\"results\":[" page "]}", \
	    (const char *const[]){__VA_ARGS__, NULL})
#define LABELLED(page, ...)                      \
	joined(true, "{\"results\":[" page "]}", \
	    (const char *const[]){__VA_ARGS__, NULL})
#define WITH(id, type, label, category, number)                      \
	"{\"id\":\"" #id "\",\"type\":\"" type "\",\"label\":" label \
	",\"category\":\"" category "\",\"typeId\":" #number "}"
#define IN(id, type) "{\"id\":\"" #id "\",\"type\":\"" type "\"}"
#define A "{\"category\":\"H\",\"typeId\":1,\"label\":null}"
#define B "{\"category\":\"H\",\"typeId\":2,\"label\":null}"
#define C "{\"category\":\"U\",\"typeId\":2,\"label\":\"C\"}"
#define TO(id, types) \
	"{\"toObjectId\":" #id ",\"associationTypes\":[" types "]}"

static void
shown(void)
{
	static struct hs_buf b;
	struct assoc_from in = {.results = &b};
	size_t n;

	in.inlined =
	    hs_span_str("{\"results\":[" IN(1, "a") "," IN(2, "a") "," IN(
		1, "b") ",{\"\\u0069d\":2,\"type\":\"b\"},{\"id\":\"10\"}]}");
	targets_open(&in);
	tap_ok(in.inline_n == 5 && in.shown == 3,
	    "ids are counted once, wherever they stand");
	targets_close(&in);
	targets_shown(
	    hs_span_str("{\"x\":{\"results\":[]},\"y\":{\"results\":["
			"{\"id\":\"1\"},{\"id\":\"2\"}]},\"z\":null}"),
	    hs_span("y", 1), &n);
	tap_ok(n == 2, "those of a key");
	targets_shown(hs_span_str("{}"), hs_span("y", 1), &n);
	tap_ok(n == 0, "or none");
}

static void
words(void)
{
	tap_is_str(JOINED(IN(1, "a"), "[" TO(1, A) "," TO(2, A) "]"),
	    IN(1, "a") "," IN(2, "a"), "a type learned from one target");
	tap_is_str(JOINED(IN(1, "a"), "[" TO(2, A) "," TO(1, A) "]"),
	    IN(2, "a") "," IN(1, "a"), "that comes later");
	tap_is_str(JOINED(IN(1, "a"), "[" TO(1, A) "]", "[" TO(2, A) "]"),
	    IN(1, "a") "," IN(2, "a"), "for a later answer");
	tap_is_str(
	    JOINED(IN(1, "a") "," IN(1, "b") "," IN(2, "b"),
		"[" TO(1, B "," A) "," TO(2, B) "," TO(3, A) "," TO(4, B) "]"),
	    IN(1, "a") "," IN(1, "b") "," IN(2, "b") "," IN(3, "a") "," IN(
		4, "b"),
	    "the order of types says nothing: one is known, so the other is");
	tap_is_str(JOINED(IN(1, "a") "," IN(2, "b") "," IN(1, "b"),
		       "[" TO(1, B "," A) "," TO(2, B) "," TO(3, A) "]"),
	    IN(1, "a") "," IN(1, "b") "," IN(2, "b") "," IN(3, "a"),
	    "nor does where an id's entries stand");
	tap_is_str(JOINED(IN(1, "a") "," IN(1, "b"),
		       "[" TO(1, B "," A) "," TO(2, A "," B) "]"),
	    IN(1, "a") "," IN(1, "b") "," IN(2, "b") "," IN(2, "a"),
	    "types that always come together have their words together");
	tap_is_str(JOINED(IN(1, "a") "," IN(1, "b"),
		       "[" TO(1, B "," A) "," TO(2, A) "]"),
	    IN(1, "a") "," IN(1, "b") "," IN(2, "H:1"),
	    "but none alone, as it could be either");
	tap_is_str(JOINED(IN(1, "a"), "[" TO(1, A "," B) "," TO(2, A) "]"),
	    IN(1, "H:1") "," IN(1, "H:2") "," IN(2, "H:1"),
	    "an entry cut off at the page's end tells nothing");
	tap_is_str(JOINED(IN(1, "a"), "[" TO(1, A) "," TO(2, C) "]"),
	    IN(1, "a") "," IN(2, "C"), "an unknown type has its label");
	tap_is_str(JOINED("{\"id\":\"1\"}", "[" TO(1, A) "," TO(2, "") "]"),
	    IN(1, "H:1") ",{\"id\":\"2\"}", "entries without, and no types");
	tap_is_str(JOINED(IN(1, "a"), "[" TO(1, A) ",7]"), "!",
	    "what is no target is an error");
	tap_is_str(JOINED(IN(1, "a"), "[" TO(1, "7") "]"), "!",
	    "what is no type, too");
}

static void
labels(void)
{
	tap_is_str(LABELLED(IN(1, "a") "," IN(1, "a_unlabeled"),
		       "[" TO(1, A "," C) "]"),
	    WITH(1, "a_unlabeled", "null", "H", 1) "," WITH(
		1, "a", "\"C\"", "U", 2),
	    "with labels: the word says which type has none");
	tap_is_str(LABELLED(IN(1, "a") "," IN(1, "b"), "[" TO(1, A "," C) "]"),
	    WITH(1, "H:1", "null", "H", 1) "," WITH(1, "C", "\"C\"", "U", 2),
	    "otherwise neither word is taken");
	tap_is_str(LABELLED(IN(1, "a"), "[" TO(1, "{}") "]"),
	    "{\"id\":\"1\",\"type\":\"a\",\"label\":null,"
	    "\"category\":null,\"typeId\":null}",
	    "what a type does not say is null");
}

/* More types than words are kept for. */
static void
many(void)
{
	struct hs_buf b = {0};
	const char *got;
	size_t n = 0;

	hs_buf_puts(&b, "[{\"toObjectId\":1,\"associationTypes\":[");
	for (int i = 0; i < 3 * TYPES_MAX; i++)
		hs_buf_printf(&b, "%s{\"category\":\"H\",\"typeId\":%d}",
		    i > 0 ? "," : "", i);
	hs_buf_puts(&b, "]}]");
	got = joined(false, "{\"results\":[]}",
	    (const char *const[]){hs_buf_str(&b), NULL});
	while ((got = strstr(got, "\"type\":\"H:")) != NULL) {
		got++;
		n++;
	}
	tap_ok(n == (size_t)3 * TYPES_MAX, "no type is lost of %zu", n);
	hs_buf_free(&b);
}

int
main(void)
{
	shown();
	words();
	labels();
	many();
	return tap_done();
}
