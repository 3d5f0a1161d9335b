/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/*
 * A record's associations, as its endpoint has them, in the shape of the list.
 * The first byte says which way; the first line is the list's association, or
 * the record that tells the names; each other one is an answer.  What comes
 * of them is a list of JSON objects, each with an id.
 */
#include "../frame.h"
#include "hs-fetch/naming.h"

static const char *
fault(const struct hs_buf *results)
{
	struct hs_buf list = {0};
	const char *why = NULL;
	struct hs_scan s;
	struct hs_span id;

	hs_buf_puts(&list, "[");
	hs_buf_put(&list, hs_buf_span(results));
	hs_buf_puts(&list, "]");
	if (!frame_is_json(hs_buf_span(&list))) {
		why = "the result is no JSON";
	} else {
		hs_scan_init(&s, hs_buf_span(&list));
		hs_scan_enter(&s, '[');
		while (!why && hs_scan_element(&s) > 0)
			if (hs_scan_pick_one(&s, "id", &id) < 0 || !id.p)
				why = "a target has no id";
	}
	hs_buf_free(&list);
	return why;
}

/* The next line, if it is JSON. */
static bool
next(const char **p, const char *end, struct hs_span *line)
{
	const char *stop =
	    *p < end ? memchr(*p, '\n', (size_t)(end - *p)) : NULL;

	if (*p >= end)
		return false;
	*line = hs_span(*p, (size_t)((stop ? stop : end) - *p));
	*p = stop ? stop + 1 : end;
	return frame_is_json(*line);
}

static void
read_all(struct assoc_from *from, const char *p, const char *end, bool named)
{
	struct hs_span line;

	if (!next(&p, end, &line) || *line.p != '{')
		return;
	from->inlined = named ? HS_SPAN("{}") : line;
	if (targets_open(from) < 0)
		return;
	if (named && naming_take(from, line) < 0)
		return;
	while (next(&p, end, &line))
		if (naming_wanted(from, line) < 0 ||
		    targets_add(from, line) < 0) {
			hs_buf_clear(from->results);
			return;
		}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct naming naming = {0};
	struct hs_buf results = {0};
	struct assoc_from from = {.results = &results};
	const char *why = NULL;

	if (size == 0)
		return 0;
	/* Of its own length, so that a step outside is noticed. */
	char *text = malloc(size);
	if (!text)
		abort();
	memcpy(text, data, size);
	from.labels = data[0] & 1;
	if (data[0] & 2)
		from.naming = &naming;
	read_all(&from, text + 1, text + size, data[0] & 2);
	why = fault(&results);
	targets_close(&from);
	words_free(&naming.words);
	free(naming.key);
	hs_buf_free(&results);
	free(text);
	if (why) {
		fprintf(stderr, "%s\n", why);
		abort();
	}
	return 0;
}
