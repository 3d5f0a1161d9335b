/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/*
 * Any definitions and any records, one a line with a blank line between them:
 * a labelled record is JSON, holds the same values in the same order with
 * labels between them, has no name twice that was not, and does not change
 * the second time.  Each line of definitions is a file of its own.
 */
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../frame.h"
#include "hs-label/definitions.h"
#include "hs-label/headings.h"
#include "hs-label/record.h"

#define NAMES_MAX 60 /* members of a record whose names are compared */

/* Reads one line of definitions as a file. */
static int
define(struct definitions *d, struct hs_span line)
{
	struct hs_err e;
	struct hs_in in;
	int fd = memfd_create("definitions", 0);

	if (fd < 0 || write(fd, line.p, line.len) != (ssize_t)line.len)
		abort();
	lseek(fd, 0, SEEK_SET);
	hs_in_fd(&in, fd, "definitions");
	int r = definitions_take(d, &in, &e);
	hs_in_close(&in);
	return r;
}

/* Labels a record into f->out.buf: 0, and what was read of the text. */
static int
label(struct record *r, struct hs_filter *f, struct hs_span text,
    struct hs_span *record)
{
	struct hs_scan s;

	hs_buf_clear(&f->out.buf);
	hs_scan_init(&s, text);
	if (hs_scan_peek(&s) != '{')
		return -1;
	const char *from = s.p, *copied = s.p;
	if (record_label(r, f, &s, &copied) < 0)
		return -1;
	hs_filter_copy(f, &copied, s.p);
	*record = hs_span(from, (size_t)(s.p - from));
	return 0;
}

static bool
same_names(struct hs_span a, struct hs_span b)
{
	struct hs_buf x = {0}, y = {0};
	struct hs_span s, t;
	size_t lone = 0;
	bool same = hs_scan_says(a, &x, &s, &lone) == 0 &&
		    hs_scan_says(b, &y, &t, &lone) == 0 && lone == 0 &&
		    hs_span_eq(s, t);

	hs_buf_free(&x);
	hs_buf_free(&y);
	return same;
}

static bool
repeats(const struct hs_members *m)
{
	for (size_t i = 0; i < m->n; i++)
		for (size_t j = 0; j < i; j++)
			if (same_names(m->v[i].key, m->v[j].key))
				return true;
	return false;
}

static bool
is_text(struct hs_span v)
{
	return hs_scan_null(v) || (v.len > 1 && v.p[0] == '"');
}

static bool
is_same(const struct hs_member *in, const struct hs_member *out, bool headings)
{
	return hs_span_eq(in->value, out->value) &&
	       (headings || hs_span_eq(in->key, out->key));
}

/* Whether the members of `in` are those of `out`, but for labels. */
static const char *
compare(const struct hs_members *in, const struct hs_members *out, bool replace,
    bool headings)
{
	size_t i = 0;

	for (size_t j = 0; j < out->n && !replace; j++)
		if (i < in->n && is_same(&in->v[i], &out->v[j], headings))
			i++;
		else if (!is_text(out->v[j].value))
			return "a label is no text";
	if (!replace && i < in->n)
		return "a member changed or vanished";
	if (replace && in->n != out->n)
		return "a member appeared or vanished";
	if (out->n > 2 * in->n)
		return "too many members appeared";
	if (in->n < NAMES_MAX && !repeats(in) && repeats(out))
		return "a name is there twice";
	return NULL;
}

static const char *
check(struct record *r, struct hs_filter *f, struct hs_span text)
{
	struct hs_members in = {0}, out = {0};
	struct hs_span record, unused;
	struct hs_buf once = {0};
	struct hs_scan s;
	const char *wrong = NULL;

	if (label(r, f, text, &record) < 0)
		return NULL;
	hs_buf_put(&once, hs_buf_span(&f->out.buf));
	hs_scan_init(&s, record);
	hs_scan_members(&s, &in);
	hs_scan_init(&s, hs_buf_span(&once));
	if (hs_scan_members(&s, &out) < 0 || hs_scan_end(&s) < 0)
		wrong = "the labelled record is not JSON";
	else
		wrong = compare(&in, &out, r->plan.replace, r->plan.headings);
	if (!wrong && !r->plan.replace && !r->plan.headings &&
	    (label(r, f, hs_buf_span(&once), &unused) < 0 ||
		!hs_span_eq(hs_buf_span(&once), hs_buf_span(&f->out.buf))))
		wrong = "a second run changes the record";
	/* The plan may serve the same keys, and changes nothing then. */
	if (!wrong &&
	    (label(r, f, text, &unused) < 0 || label(r, f, text, &unused) < 0 ||
		!hs_span_eq(hs_buf_span(&once), hs_buf_span(&f->out.buf))))
		wrong = "a plan that lasts does something else";
	hs_members_free(&in);
	hs_members_free(&out);
	hs_buf_free(&once);
	return wrong;
}

static struct hs_span
next_line(struct hs_span *rest)
{
	const char *nl = rest->len ? memchr(rest->p, '\n', rest->len) : NULL;
	size_t n = nl ? (size_t)(nl - rest->p) : rest->len;
	struct hs_span line = hs_span(rest->p, n);

	n += nl != NULL;
	*rest = hs_span(rest->p + n, rest->len - n);
	return line;
}

/* What is wrong with how the records of the input are labelled: NULL for
 * nothing. */
static const char *
label_fault(struct hs_span input, bool replace, bool headings)
{
	struct definitions d = {0};
	struct hs_columns only = {0};
	struct record r = {.plan = {.replace = replace, .headings = headings}};
	struct hs_filter f = {0};
	struct hs_span line;
	const char *wrong = NULL;
	bool good = true;
	struct hs_err e;

	while (good && (line = next_line(&input)).len > 0)
		good = define(&d, line) == 0;
	good = good && definitions_finish(&d, &only, &e) == 0 &&
	       (!headings ||
		   headings_make(&d.tables.properties, !replace, &e) == 0);
	record_start(&r, &d.tables);
	while (good && !wrong && input.len > 0)
		wrong = check(&r, &f, next_line(&input));
	record_free(&r);
	definitions_free(&d);
	hs_buf_free(&f.out.buf);
	return wrong;
}

/* The same with each of the options. */
static const char *
labels_fault(struct hs_span input)
{
	const char *wrong = NULL;

	for (int i = 0; i < 4 && !wrong; i++)
		wrong = label_fault(input, i & 1, i & 2);
	return wrong;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	return frame_run(data, size, labels_fault);
}
