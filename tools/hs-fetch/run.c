/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* A run of hs-fetch. */
#include "run.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "clock.h"
#include "dryrun.h"
#include "error.h"
#include "file.h"
#include "json.h"
#include "near.h"
#include "sensitive.h"
#include "since.h"

#define BIG_BYTES (4 << 20) /* of an answer */

/* From the session: what is tried again.  On a terminal it is said without -v,
 * since a person there sees the progress stop. */
static void
note(void *user, const char *text)
{
	struct run *r = user;

	progress_wipe(&r->progress);
	(r->progress.on ? r->warn : r->note)("%s", text);
}

static void
draw(void *user, const struct list_counts *p)
{
	struct run *r = user;

	r->progress.has_total = r->range.known;
	r->progress.total = r->range.total;
	if (r->list.limit > 0 && r->list.limit < r->range.total)
		r->progress.total = r->list.limit;
	progress_draw(&r->progress, r->resumed.records + p->records,
	    r->api.stats.daily_remaining, hs_now());
}

/* The total is asked for beside the first pages. */
static int
start_drawing(struct run *r, struct hs_err *e)
{
	if (!r->progress.on)
		return 0;
	r->list.progress = draw;
	r->progress.object = r->label;
	r->progress.start = r->resumed.records;
	r->progress.started = hs_now();
	if (!r->object.records || r->list.archived || r->list.since)
		return 0;
	return lookup_range_post(&r->api, &r->range, r->object.type) < 0
		   ? hs_err_mem(e, "search")
		   : 0;
}

static void
make_label(struct run *r)
{
	snprintf(r->label, sizeof r->label, "%s%s", r->object.kind->name,
	    r->object.type ? r->object.type : "");
}

/* The message of an unknown name lists the known ones. */
static void
explain(struct run *r, struct hs_err *e)
{
	char text[1400] = "";

	for (size_t i = 0; hs_object_standard_name(i); i++) {
		size_t n = strlen(text);

		snprintf(text + n, sizeof text - n, "%s%s", i ? ", " : "",
		    hs_object_standard_name(i));
	}
	lookup_customs(&r->api, text, sizeof text);
	snprintf(e->text + strlen(e->text), sizeof e->text - strlen(e->text),
	    "; there are: %s; HubSpot shows custom ones under Settings > "
	    "Objects > Custom Objects",
	    text);
}

/* A misspelt name is worth a hint before a server that may not answer is asked:
 * only the API knows which names there are. */
static void
hint(struct run *r)
{
	const char *type = r->object.type, *name;
	struct names known = {0};
	char text[400];

	for (size_t i = 0; (name = hs_object_standard_name(i)) &&
			   names_add(&known, name, strlen(name)) == 0;
	     i++)
		;
	near_names(&known, hs_span_str(type), text, sizeof text);
	if (text[0])
		r->warn("%s is no object that hs-fetch knows; near it: %s",
		    type, text);
	names_free(&known);
}

/* From the list: no record has the property. */
static void
absent(void *user, struct hs_span name)
{
	struct run *r = user;

	if (names_add(&r->absent, name.p, name.len) < 0)
		r->warn("%s", "out of memory");
}

/* Big answers go back to the system at once; glibc's own limit grows with them
 * and leaves them in a heap with holes. */
static void
tune_memory(void)
{
#ifdef __GLIBC__
	mallopt(M_MMAP_THRESHOLD, BIG_BYTES);
#endif
}

static int
prepare(struct run *r, struct hs_err *e)
{
	tune_memory();
	r->started = hs_now();
	r->session.note = note;
	r->session.user = r;
	r->list.user = r;
	r->list.label = r->label;
	r->list.mark = r->mark;
	r->list.request = r->request;
	r->list.object = &r->object;
	r->list.range = &r->range;
	r->list.absent = absent;
	r->session.piped = !r->output && !r->plan;
	progress_open(&r->progress, r->draw);
	if (session_open(&r->api, &r->session, e) < 0)
		return -1;
	if (r->api.pace.why[0])
		(r->api.pace.foreign ? r->warn : r->note)(
		    "the pace is not shared with other processes: %s",
		    r->api.pace.why);
	if (lookup_type(&r->api, &r->object, e) < 0)
		return -1;
	make_label(r);
	if (r->object.type)
		hint(r);
	if (choose_properties(&r->api, &r->choice, &r->list, e) < 0)
		return -1;
	return digest_request(r->session.version, &r->list, r->request, e);
}

/* The first page is there. */
static int
begin(void *user, struct hs_err *e)
{
	struct run *r = user;

	return output_begin(&r->file, r->output, r->resumed.size, e);
}

/* Where in the file an earlier run stopped. */
static int
find_place(struct run *r, struct hs_err *e)
{
	const struct resume_what what = {r->label, r->request,
	    r->list.some_properties ? &r->list.properties : NULL, r->mark,
	    r->restart};
	struct resume *at = &r->resumed;

	if (resume_read(at, r->file.fd, r->output, &what, &r->seen, e) < 0)
		return -1;
	r->list.after = at->after;
	r->list.page = at->pages;
	r->list.records = at->records;
	if (at->pages > 0)
		r->list.began = at->mark;
	if (at->changed)
		r->warn("%s: %s; it is begun anew", r->output, at->changed);
	else if (at->cut)
		r->note("%s: a torn end is cut off", r->output);
	return 0;
}

static int
open_output(struct run *r, struct hs_err *e)
{
	if (!r->output) {
		hs_out_init(&r->out, STDOUT_FILENO, "standard output");
		return 0;
	}
	if (output_open(&r->file, r->output, r->resume, e) < 0)
		return -1;
	hs_out_init(&r->out, r->file.fd, r->output);
	r->list.begin = begin;
	return r->resume ? find_place(r, e) : 0;
}

static int
close_output(struct run *r, struct hs_err *e)
{
	int n = hs_out_flush(&r->out, e);

	if (n == 0 && r->output)
		n = output_done(&r->file, r->output, e);
	/* The mark is in place before a reader sees the end. */
	if (n == 0 && r->mark)
		n = since_mark(r->mark, list_began(&r->api, &r->list), e);
	return hs_out_close(&r->out, n == 0 ? e : NULL) < 0 ? -1 : n;
}

static void
report_left_out(const struct run *r)
{
	if (r->choice.left_out > 0)
		r->warn("%s: all leaves out %zu sensitive properties; "
			"--sensitive adds them",
		    r->label, r->choice.left_out);
}

static void
report(const struct run *r)
{
	r->note("%s: %llu records in %llu pages, %llu requests, %.1f s",
	    r->label, r->sum.records, r->sum.pages, r->api.stats.requests,
	    (double)(hs_now() - r->started) / 1e9);
	if (r->sum.dropped > 0)
		r->warn("%s: %llu records were deleted while the list was "
			"read, and left out",
		    r->label, r->sum.dropped);
	report_left_out(r);
	if (r->list.limit > 0 && r->sum.records >= r->list.limit)
		r->warn("%s: a sample of %llu records as asked; the stream is "
			"incomplete unless that was the end",
		    r->label, r->sum.records);
}

/* Warns of properties that no record has, with names that are near theirs. */
static void
report_absent(struct run *r)
{
	long patience = r->api.options.retry_time;
	struct names known = {0};
	struct hs_err ignored;

	if (r->absent.n == 0)
		return;
	/* The definitions are worth one request, and no waiting. */
	r->api.options.retry_time = 0;
	if (lookup_properties(&r->api, r->object.type, "", &known, &ignored) <
	    0)
		names_free(&known);
	r->api.options.retry_time = patience;
	for (size_t i = 0; i < r->absent.n; i++) {
		const char *name = r->absent.v[i];
		char text[400];

		near_names(&known, hs_span_str(name), text, sizeof text);
		r->warn("%s: no record has the property %s: it is misspelt, "
			"or the token may not read it%s%s",
		    r->label, name, text[0] ? "; near it: " : "", text);
	}
	names_free(&known);
}

static int
fetch(struct run *r, struct hs_err *e)
{
	int n;

	if (open_output(r, e) < 0)
		return -1;
	if (r->resumed.complete) {
		r->warn("%s is complete: %llu records; nothing to do",
		    r->output, r->resumed.records);
		return begin(r, e) < 0 ? -1 : close_output(r, e);
	}
	n = start_drawing(r, e);
	if (n == 0)
		n = list_fetch(
		    &r->api, &r->list, &r->seen, &r->out, &r->sum, e);
	progress_wipe(&r->progress);
	progress_close(&r->progress);
	if (n == 0)
		n = close_output(r, e);
	else if (r->sum.pages == 0)
		output_abandon(&r->file, r->output);
	if (n == 0) {
		report(r);
		report_absent(r);
	}
	return n;
}

static int
plan(struct run *r, struct hs_err *e)
{
	struct hs_err refused;

	if (dryrun(&r->api, &r->list, r->plan, &refused, e) < 0)
		return -1;
	if (refused.text[0])
		r->warn("%s; the number of records is not known", refused.text);
	report_left_out(r);
	return 0;
}

int
run(struct run *r, struct hs_err *e)
{
	bool looked_up = r->object.custom && r->object.type &&
			 !hs_object_exact(r->object.type);
	bool typed =
	    !r->object.path && strcmp(r->object.kind->key, "recordId") != 0;
	int n = prepare(r, e);

	if (n == 0)
		n = r->plan ? plan(r, e) : fetch(r, e);
	if (n < 0 && e->kind == HS_NOOBJECT && r->label[0] && !looked_up &&
	    typed)
		explain(r, e);
	if (n < 0 && e->kind == HS_REFUSED && r->api.refused == 403 &&
	    r->choice.sensitive)
		sensitive_explain(r->object.type, e);
	if (n < 0)
		error_blot(r->session.token->text, e->text);
	return n;
}

void
run_free(struct run *r)
{
	session_close(&r->api);
	call_free(&r->range.call);
	hs_buf_free(&r->out.buf);
	resume_free(&r->resumed);
	seen_free(&r->seen);
	names_free(&r->list.properties);
	names_free(&r->list.history);
	names_free(&r->list.named);
	names_free(&r->absent);
	hs_object_free(&r->object);
}
