/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/*
 * A page of the API of any bytes.  What is taken is JSON as the scanner has
 * it, its records are objects inside it in order, each copied on one line,
 * and a cursor that was foreseen is one that stands there.
 */
#include "../frame.h"
#include "hs-fetch/answer.h"

static bool
within(struct hs_span part, struct hs_span whole)
{
	return !part.p ||
	       (part.p >= whole.p && part.p + part.len <= whole.p + whole.len);
}

/* A record, behind the one that ended at `from`. */
static const char *
record_fault(const struct answer *l, const struct item *it, const char *from)
{
	struct hs_buf line = {0};
	const char *why = NULL;

	if (it->text.p < from || !within(it->text, hs_buf_span(&l->body)))
		return "a record is elsewhere";
	if (it->id.len == 0 || !within(it->id, it->text) ||
	    !within(it->updated, it->text) || !within(it->archived, it->text))
		return "a part of a record is elsewhere";
	for (size_t i = 0; i < it->partials; i++)
		if (!within(l->partial[it->partial + i].value, it->text) ||
		    !frame_is_json(l->partial[it->partial + i].value))
			return "an association is elsewhere";
	answer_copy(&line, it->text, l->lines);
	if (line.failed)
		abort();
	if (!frame_is_json(hs_buf_span(&line)) ||
	    memchr(line.data, '\n', line.len) != NULL)
		why = "a record can't be a line";
	hs_buf_free(&line);
	return why;
}

static const char *
page_fault(struct answer *l)
{
	const char *from = l->body.data, *why;

	if (!frame_is_json(hs_buf_span(&l->body)))
		return "what is taken is no JSON";
	if (l->more &&
	    (l->after.len == 0 || !within(l->after, hs_buf_span(&l->body))))
		return "the cursor is elsewhere";
	for (size_t i = 0; i < l->n; i++) {
		why = record_fault(l, &l->item[i], from);
		if (why)
			return why;
		from = l->item[i].text.p + l->item[i].text.len;
	}
	return NULL;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	/* Of its own length, so that a step outside is noticed. */
	struct hs_buf body = {
	    .data = malloc(size ? size : 1), .len = size, .cap = size};
	struct answer *l;
	const char *why = NULL;
	struct hs_err e;

	if (!body.data)
		abort();
	memcpy(body.data, data, size);
	l = answer_read(&body, ANSWER_IDS | ANSWER_LABELS, &e);
	if (l)
		why = page_fault(l);
	answer_free(l);
	hs_buf_free(&body);
	if (why) {
		fprintf(stderr, "%s\n", why);
		abort();
	}
	return 0;
}
