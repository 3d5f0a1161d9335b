/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Pages of answers that are none. */
#include "shape.h"

#include <stdio.h>
#include <string.h>

#include "answer.h"
#include "foreign.h"
#include "json.h"
#include "scan.h"
#include "seen.h"

#define NAME_MAX 100 /* bytes of a name of --results */

struct shape {
	const struct hs_object_kind *kind;
	const char *results;
	struct hs_members answer;
	struct hs_span text;
	struct hs_err *e;
};

static struct hs_span
member(const struct shape *s, const char *name)
{
	struct hs_span found = {0};

	for (size_t i = 0; i < s->answer.n; i++)
		if (hs_scan_is(s->answer.v[i].key, name))
			found = s->answer.v[i].value;
	return found;
}

/* The names of the answer's arrays, for a message; how many. */
static size_t
list_arrays(const struct shape *s, char *text, size_t size)
{
	size_t found = 0;

	text[0] = '\0';
	for (size_t i = 0; i < s->answer.n; i++) {
		struct hs_span key = s->answer.v[i].key;
		size_t n = strlen(text);

		if (*s->answer.v[i].value.p != '[')
			continue;
		snprintf(text + n, size - n, "%s%.*s", found++ ? ", " : "",
		    (int)(key.len < 60 ? key.len : 60), key.p);
	}
	return found;
}

/* Lists that hs-fetch can't go along would seem to be complete. */
static int
check_more(const struct shape *s)
{
	static const char *const names[] = {"hasMore", "has-more"};
	struct hs_span paging = member(s, "paging"), after;

	for (size_t i = 0; i < 2; i++)
		if (hs_span_is(member(s, names[i]), "true") &&
		    answer_next(paging, &after) == 0)
			return hs_err_set(s->e, HS_USAGE,
			    "the answer says that there is more (%s) and has "
			    "no paging.next that leads there: a path of this "
			    "kind can't be read to its end",
			    names[i]);
	return 0;
}

/* Takes b's content for the answer. */
static int
replace(struct hs_buf *body, struct hs_buf *b, struct hs_err *e)
{
	if (hs_buf_check(b, e, "page") < 0) {
		hs_buf_free(b);
		return -1;
	}
	b->max = body->max;
	hs_buf_free(body);
	*body = *b;
	return 0;
}

/* The whole answer is one record, or the array of all. */
static int
wrap(struct hs_buf *body, bool object, struct hs_err *e)
{
	struct hs_buf b = {0};

	hs_buf_puts(&b, object ? "{\"results\":[" : "{\"results\":");
	hs_buf_put(&b, hs_buf_span(body));
	hs_buf_puts(&b, object ? "]}" : "}");
	return replace(body, &b, e);
}

/* Whether the answer, which may have results, is a record. */
static int
whole(const struct shape *s, bool first, bool *yes)
{
	char arrays[600];

	if (member(s, "results").len > 0)
		return check_more(s);
	if (!first || member(s, "paging").len > 0)
		return 0;
	if (list_arrays(s, arrays, sizeof arrays) > 0)
		return hs_err_set(s->e, HS_USAGE,
		    "the answer has no results; it has these arrays: %s; give "
		    "--results with the name of one, or --results . for the "
		    "answer as one record",
		    arrays);
	*yes = true;
	return 0;
}

/* The standard type of an id; NULL: it is none. */
static const char *
type_of(struct hs_span id)
{
	for (size_t i = 0; hs_object_standard_name(i); i++) {
		const char *name = hs_object_standard_name(i);

		if (hs_span_is(id, hs_object_standard(name)))
			return name;
	}
	return NULL;
}

/* A record; in the list of objects with what hs-fetch calls them. */
static void
put_record(const struct shape *s, struct hs_buf *b, struct hs_span record)
{
	struct hs_span id;

	if (strcmp(s->kind->name, "objects") == 0 && *record.p == '{' &&
	    hs_scan_path(record, "objectTypeId", &id) > 0 &&
	    hs_scan_inner(id, &id)) {
		const char *name = type_of(id);

		hs_buf_puts(b, "{\"object\":\"");
		hs_buf_put(b, name ? hs_span_str(name) : id);
		hs_buf_puts(b, "\",");
		record = hs_span(record.p + 1, record.len - 1);
	}
	hs_buf_put(b, record);
}

static void
put_array(
    const struct shape *s, struct hs_buf *b, struct hs_span array, bool *first)
{
	struct hs_span record;
	struct hs_scan scan;

	hs_scan_init(&scan, array);
	hs_scan_enter(&scan, '[');
	while (
	    hs_scan_element(&scan) > 0 && hs_scan_value(&scan, &record) == 0) {
		hs_buf_puts(b, *first ? "" : ",");
		*first = false;
		put_record(s, b, record);
	}
}

/* Goes to the next of the names: true, and its length.  No name is longer than
 * NAME_MAX. */
static bool
next_name(const char **at, size_t *n)
{
	*at += **at == ',';
	*n = strcspn(*at, ",");
	return *n > 0;
}

/* The records of all arrays. */
static int
put_arrays(const struct shape *s, struct hs_buf *b)
{
	bool first = true, found = false;
	size_t n;

	for (const char *at = s->results; next_name(&at, &n); at += n) {
		char name[NAME_MAX + 1], arrays[600];
		struct hs_span v;

		snprintf(name, sizeof name, "%.*s", (int)n, at);
		if (hs_scan_path(s->text, name, &v) > 0 && *v.p == '[') {
			found = true;
			put_array(s, b, v, &first);
		} else if (!found && at[n] == '\0') {
			list_arrays(s, arrays, sizeof arrays);
			return hs_err_set(s->e, HS_PROTOCOL,
			    "the answer has no array %s%s%s", name,
			    arrays[0] ? "; it has: " : "", arrays);
		}
	}
	return 0;
}

/* Whether the member holds one of the arrays. */
static bool
is_root(const struct shape *s, struct hs_span key)
{
	size_t n;

	for (const char *at = s->results; next_name(&at, &n); at += n) {
		char root[NAME_MAX + 1];

		snprintf(root, sizeof root, "%.*s", (int)strcspn(at, ".,"), at);
		if (hs_scan_is(key, root))
			return true;
	}
	return false;
}

/* A list that goes on at an offset. */
static int
put_offset(const struct shape *s, struct hs_buf *b)
{
	struct hs_span offset = member(s, "offset");
	uint64_t n;

	if (!hs_span_is(member(s, "hasMore"), "true"))
		return 0;
	if (!offset.p || !seen_number(offset, &n))
		return hs_err_set(s->e, HS_PROTOCOL,
		    "the answer says that there is more, and has no offset");
	hs_buf_puts(b, ",\"paging\":{\"next\":{\"after\":\"");
	hs_buf_put(b, offset);
	hs_buf_puts(b, "\"}}");
	return 0;
}

static int
gather(const struct shape *s, struct hs_buf *body)
{
	struct hs_buf b = {0};

	hs_buf_puts(&b, "{\"results\":[");
	int r = put_arrays(s, &b);
	hs_buf_puts(&b, "]");
	for (size_t i = 0; i < s->answer.n; i++) {
		struct hs_span key = s->answer.v[i].key;

		if (is_root(s, key))
			continue;
		hs_buf_puts(&b, ",\"");
		hs_buf_put(&b, key);
		hs_buf_puts(&b, "\":");
		hs_buf_put(&b, s->answer.v[i].value);
	}
	if (r == 0)
		r = s->kind->post ? put_offset(s, &b) : check_more(s);
	hs_buf_puts(&b, "}");
	if (r == 0)
		return replace(body, &b, s->e);
	hs_buf_free(&b);
	return -1;
}

/* Reads the answer's members: 1; 0: it is no JSON object. */
static int
read_answer(struct shape *s)
{
	struct hs_scan scan;

	hs_scan_init(&scan, s->text);
	if (hs_scan_members(&scan, &s->answer) == 0 && hs_scan_end(&scan) == 0)
		return 1;
	return scan.why == hs_scan_nomem ? hs_err_mem(s->e, "page") : 0;
}

int
shape_page(struct hs_buf *body, const struct hs_object_kind *kind,
    const char *results, bool first, struct hs_err *e)
{
	struct shape s = {.kind = kind, .results = results, .e = e};
	bool yes = strcmp(results, ".") == 0;
	struct hs_span message;

	s.text = hs_buf_span(body);
	if (first && s.text.len > 0 && *s.text.p == '[')
		return wrap(body, false, e);
	int r = read_answer(&s);
	if (r <= 0)
		goto out;
	r = 0;
	if (hs_foreign_error(s.text, &message))
		goto out;
	if (strcmp(results, "?") == 0)
		r = whole(&s, first, &yes);
	else if (!yes)
		r = gather(&s, body);
	if (yes)
		r = wrap(body, true, e);
out:
	hs_members_free(&s.answer);
	return r;
}
