/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* The reader of streams. */
#include "page.h"

#include <stdio.h>
#include <string.h>

#include "buf.h"
#include "foreign.h"

#define KEY_MAX ((size_t)7 * 6) /* "results" with each letter an escape */

enum state {
	DONE,	 /* the line has been read to its end */
	BARE,	 /* at a bare record */
	GIVEN,	 /* behind it */
	HEAD,	 /* among a page's members, before its records */
	RECORDS, /* inside results */
};

void
hs_page_init(struct hs_page *pg, struct hs_in *in, bool publish)
{
	*pg = (struct hs_page){.in = in, .publish = publish, .state = DONE};
}

static void
add_text(struct hs_err *e, const char *text)
{
	strncat(e->text, text, sizeof e->text - strlen(e->text) - 1);
}

/* What the first line of an input shows that is no stream, or NULL. */
static const char *
foreign(const struct hs_page *pg)
{
	const struct hs_scan *s = &pg->scan;
	char first = s->start < s->end ? *s->start : '\0';

	if (pg->in->line != 1)
		return NULL;
	if (first == '{' && s->p == s->end && !pg->in->torn &&
	    s->why != hs_scan_nomem)
		return "it looks like JSON over several lines: jq -c . makes "
		       "each value a line";
	if (first == '[')
		return "it is a JSON array: jq -c '.[]' makes each element a "
		       "line";
	if (first != '{')
		return hs_foreign_format(pg->line);
	return NULL;
}

int
hs_page_fault(struct hs_page *pg, struct hs_err *e)
{
	const char *other = foreign(pg);

	hs_scan_error(&pg->scan, pg->in->line, e);
	if (pg->records > 0 && (pg->state == GIVEN || pg->state == RECORDS)) {
		char where[64];
		snprintf(where, sizeof where, " (in record %llu)", pg->records);
		add_text(e, where);
	}
	if (pg->in->torn && !other)
		add_text(e, "; the last line has no newline: "
			    "the program that wrote it was cut off");
	if (other) {
		add_text(e, "; ");
		add_text(e, other);
	}
	return hs_err_at(e, "%s", pg->in->name);
}

static int
rule_broken(struct hs_page *pg, const char *why, struct hs_err *e)
{
	return hs_err_set(
	    e, HS_DATA, "%s: line %llu: %s", pg->in->name, pg->in->line, why);
}

/* The last byte before p that is no white space, or NULL. */
static const char *
last(const char *start, const char *p)
{
	while (p > start && (p[-1] == ' ' || p[-1] == '\t' || p[-1] == '\r' ||
				p[-1] == '\n'))
		p--;
	return p > start ? p - 1 : NULL;
}

/* Whether the array at p may be the value of results.  A key with a backslash
 * before it may spell that with escapes. */
static bool
may_be_results(const char *start, const char *p)
{
	const char *quote = last(start, p);

	if (!quote || *quote != ':')
		return false;
	quote = last(start, quote);
	if (!quote || *quote != '"')
		return false;
	size_t n = (size_t)(quote - start);
	n = n > KEY_MAX ? KEY_MAX : n;
	return (n >= 8 && memcmp(quote - 8, "\"results", 8) == 0) ||
	       memchr(quote - n, '\\', n) != NULL;
}

/* Whether a line has results that are not its first member.  Most bare records
 * have no array behind such a key, so that this costs them no walk. */
static bool
has_late_results(struct hs_span line)
{
	const char *p = line.p, *end = line.p + line.len;
	struct hs_scan s;
	struct hs_span key;

	while ((p = memchr(p, '[', (size_t)(end - p))) &&
	       !may_be_results(line.p, p))
		p++;
	if (!p)
		return false;
	hs_scan_init(&s, line);
	if (hs_scan_enter(&s, '{') < 0)
		return false;
	while (hs_scan_member(&s, &key) > 0) {
		if (hs_scan_is(key, "results") && hs_scan_peek(&s) == '[')
			return true;
		if (hs_scan_value(&s, NULL) < 0)
			return false;
	}
	return false;
}

static bool
starts_with_results(struct hs_span line)
{
	struct hs_span start = HS_SPAN("{\"results\":[");

	return line.len > start.len && memcmp(line.p, start.p, start.len) == 0;
}

/* Refuses an error body with what it says. */
static int
refuse_error(struct hs_page *pg, struct hs_span message, struct hs_err *e)
{
	struct hs_buf b = {0};

	if (hs_buf_reserve(&b, message.len + 1) < 0)
		return hs_err_mem(e, "a message");
	b.len = hs_scan_decode(message, b.data, NULL);
	for (size_t i = 0; i < b.len; i++)
		if (b.data[i] == '\0')
			b.data[i] = ' ';
	hs_err_set(e, HS_DATA,
	    "%s: line %llu: an error of the API, no record: %.*s", pg->in->name,
	    pg->in->line, b.len > 1000 ? 1000 : (int)b.len, b.data);
	hs_buf_free(&b);
	return -1;
}

/* Keeps how a record that is none starts, unless errors start so. */
static void
keep_start(struct hs_page *pg)
{
	struct hs_span key = hs_foreign_key(pg->line);

	pg->start_len = 0;
	if (!key.p || hs_foreign_is_errors(key))
		return;
	size_t n = (size_t)(key.p + key.len + 1 - pg->line.p);
	if (n > sizeof pg->start)
		return;
	memcpy(pg->start, pg->line.p, n);
	pg->start_len = n;
}

/* Refuses a bare record that is an error body of the API.  A record with the
 * first key of the one before needs no closer look. */
static int
check_error(struct hs_page *pg, struct hs_err *e)
{
	size_t n = pg->start_len;
	struct hs_span message;

	if (n > 0 && n < pg->line.len && memcmp(pg->line.p, pg->start, n) == 0)
		return 0;
	if (hs_foreign_error(pg->line, &message))
		return refuse_error(pg, message, e);
	keep_start(pg);
	return 0;
}

int
hs_page_next(struct hs_page *pg, struct hs_err *e)
{
	int r = hs_in_line(pg->in, &pg->line, e);

	if (r <= 0)
		return r;
	bool bare =
	    !starts_with_results(pg->line) && !has_late_results(pg->line);
	if (pg->publish && bare && check_error(pg, e) < 0)
		return -1;
	if (pg->publish && pg->in->line > 1 && bare == pg->is_page)
		return rule_broken(
		    pg, "pages and bare records are mixed in one stream", e);
	pg->is_page = !bare;
	pg->state = bare ? BARE : HEAD;
	pg->results = hs_span(NULL, 0);
	pg->label = (struct hs_page_label){0};
	hs_scan_init(&pg->scan, pg->line);
	if (hs_scan_peek(&pg->scan) != '{') {
		hs_scan_fail(&pg->scan, "not a JSON object");
		pg->state = HEAD;
		return hs_page_fault(pg, e);
	}
	if (!bare && hs_scan_enter(&pg->scan, '{') < 0)
		return hs_page_fault(pg, e);
	return 1;
}

/* Reads a member beside results. */
static int
read_label(struct hs_page *pg, struct hs_span key)
{
	struct hs_scan *s = &pg->scan;

	if (hs_scan_is(key, "paging"))
		return hs_page_label_paging(s, &pg->label);
	if (hs_scan_is(key, "hs"))
		return hs_page_label_hs(s, &pg->label);
	if (hs_scan_is(key, "results"))
		return hs_scan_fail(s, "results appears twice in a page");
	return hs_scan_value(s, NULL);
}

/* At a page's end: checks its place and keeps what it says of itself. */
static int
end_page(struct hs_page *pg, struct hs_err *e)
{
	const struct hs_page_label *last = pg->pages ? &pg->last : NULL;
	const char *why =
	    pg->publish ? hs_page_label_fault(last, &pg->label) : NULL;

	if (why && pg->label.numbered)
		hs_err_set(e, HS_DATA, "page %llu of %s: %s", pg->label.page,
		    pg->label.object, why);
	else if (why)
		hs_err_set(e, HS_DATA, "%s", why);
	if (why)
		return hs_err_at(
		    e, "%s: line %llu", pg->in->name, pg->in->line);
	pg->pages++;
	pg->last = pg->label;
	pg->since |= pg->label.since;
	pg->state = DONE;
	return 0;
}

/* Among a page's members: goes to its first record, or to its end. */
static int
enter_results(struct hs_page *pg, struct hs_err *e)
{
	struct hs_scan *s = &pg->scan;
	struct hs_span key;
	int r;

	while ((r = hs_scan_member(s, &key)) > 0) {
		if (!pg->results.p && hs_scan_is(key, "results") &&
		    hs_scan_peek(s) == '[') {
			hs_scan_enter(s, '[');
			pg->results.p = s->p;
			pg->state = RECORDS;
			return 1;
		}
		if (read_label(pg, key) < 0)
			return hs_page_fault(pg, e);
	}
	if (r < 0 || hs_scan_end(s) < 0)
		return hs_page_fault(pg, e);
	return end_page(pg, e);
}

static int
at_record(struct hs_page *pg, struct hs_err *e)
{
	pg->records++;
	if (hs_scan_peek(&pg->scan) == '{')
		return 1;
	hs_scan_fail(&pg->scan, "a record is not an object");
	return hs_page_fault(pg, e);
}

static int
next_in_page(struct hs_page *pg, struct hs_err *e)
{
	struct hs_scan *s = &pg->scan;
	int r;

	while (pg->state != DONE) {
		if (pg->state == HEAD) {
			if (enter_results(pg, e) < 0)
				return -1;
			continue;
		}
		if ((r = hs_scan_element(s)) < 0)
			return hs_page_fault(pg, e);
		if (r > 0)
			return at_record(pg, e);
		pg->results.len = (size_t)(s->p - 1 - pg->results.p);
		pg->state = HEAD;
	}
	return 0;
}

int
hs_page_record(struct hs_page *pg, struct hs_err *e)
{
	if (pg->is_page)
		return next_in_page(pg, e);
	if (pg->state == BARE) {
		pg->records++;
		pg->state = GIVEN;
		return 1;
	}
	if (pg->state == GIVEN && hs_scan_end(&pg->scan) < 0)
		return hs_page_fault(pg, e);
	pg->state = DONE;
	return 0;
}

int
hs_page_complete(const struct hs_page *pg, bool require_pages, struct hs_err *e)
{
	const char *name = pg->in->name;

	if (pg->in->line == 0)
		return hs_err_set(e, HS_DATA,
		    "%s: the stream is empty: not even an empty page came; the "
		    "program before it in the pipe wrote nothing",
		    name);
	if (require_pages && !pg->is_page)
		return hs_err_set(e, HS_DATA,
		    "%s: bare records do not show whether they are complete; "
		    "pages are required",
		    name);
	if (!pg->last.more)
		return 0;
	if (pg->last.numbered)
		return hs_err_set(e, HS_DATA,
		    "%s: the stream is incomplete: its last page, page %llu "
		    "of %s, names a next page, which did not come",
		    name, pg->last.page, pg->last.object);
	return hs_err_set(e, HS_DATA,
	    "%s: the stream is incomplete: its last page, line %llu, names a "
	    "next page, which did not come",
	    name, pg->in->line);
}

int
hs_page_replaces(const struct hs_page *pg, struct hs_err *e)
{
	if (!pg->since)
		return 0;
	return hs_err_set(e, HS_DATA,
	    "%s: the stream carries only what changed (hs.since), which cannot "
	    "replace a table; merge it",
	    pg->in->name);
}
