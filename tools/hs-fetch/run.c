/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* A run of hs-fetch. */
#include "run.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "clock.h"
#include "dryrun.h"
#include "error.h"
#include "in.h"
#include "json.h"

/* From the session: what is tried again.  At a terminal a wait needs its
 * reason. */
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

/* The total comes while the first pages do, or not at all. */
static int
start_drawing(struct run *r, struct hs_err *e)
{
	if (!r->progress.on)
		return 0;
	r->list.progress = draw;
	r->progress.object = r->label;
	r->progress.start = r->resumed.records;
	r->progress.started = hs_now();
	if (!r->object.records || r->list.archived)
		return 0;
	return lookup_range_post(&r->api, &r->range, r->object.type) < 0
		   ? hs_err_mem(e, "search")
		   : 0;
}

static int
read_list(struct names *s, const char *path, struct hs_err *e)
{
	struct hs_in in;
	struct hs_span line;
	int n;

	if (hs_in_open(&in, path, e) < 0)
		return -1;
	while ((n = hs_in_line(&in, &line, e)) > 0) {
		char *text = strndup(line.p, line.len);

		if (!text)
			n = hs_err_mem(e, path);
		else
			n = names_split(s, text, e);
		free(text);
		if (n < 0)
			break;
	}
	hs_in_close(&in);
	return n;
}

static int
choose_properties(struct run *r, struct hs_err *e)
{
	const char *p = r->properties ? r->properties : "all";
	struct names *names = &r->list.properties;

	if (r->history && names_split(&r->list.history, r->history, e) < 0)
		return -1;
	if (!r->object.records || strcmp(p, "default") == 0)
		return 0;
	r->list.some_properties = true;
	if (strcmp(p, "all") == 0)
		return lookup_properties(&r->api, r->object.type, names, e);
	if ((p[0] == '@' ? read_list(names, p + 1, e)
			 : names_split(names, p, e)) < 0)
		return -1;
	if (names->n == 0)
		return hs_err_set(e, HS_USAGE,
		    "-p: no names; the API's own choice is -p default");
	return 0;
}

static void
make_label(struct run *r)
{
	snprintf(r->label, sizeof r->label, "%s%s", r->object.kind->name,
	    r->object.type ? r->object.type : "");
}

/* An unknown name is answered with the known ones. */
static void
explain(struct run *r, struct hs_err *e)
{
	char text[1400] = "";

	for (size_t i = 0; hs_object_standard_name(i) != NULL; i++) {
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

static int
prepare(struct run *r, struct hs_err *e)
{
	r->started = hs_now();
	r->resumed.fd = -1;
	r->session.note = note;
	r->session.user = r;
	r->list.user = r;
	r->list.label = r->label;
	r->list.request = r->request;
	r->list.object = &r->object;
	r->list.range = &r->range;
	r->session.piped = !r->output && !r->plan;
	progress_open(&r->progress, r->draw);
	if (session_open(&r->api, &r->session, e) < 0)
		return -1;
	if (r->api.pace.why[0] != '\0')
		r->note("pace: %s: not shared with other processes",
		    r->api.pace.why);
	if (lookup_type(&r->api, &r->object, e) < 0)
		return -1;
	make_label(r);
	if (choose_properties(r, e) < 0)
		return -1;
	return digest_request(r->session.version, &r->list, r->request, e);
}

/* The first page is there. */
static int
begin(void *user, struct hs_err *e)
{
	struct run *r = user;

	return resume_ready(&r->resumed, r->output, e);
}

static int
open_output(struct run *r, struct hs_err *e)
{
	const struct resume_what what = {r->label, r->request};
	struct resume *at = &r->resumed;

	if (!r->output) {
		hs_out_init(&r->out, STDOUT_FILENO, "standard output");
		return 0;
	}
	if (resume_open(at, r->output, r->resume, &what, &r->seen, e) < 0)
		return -1;
	hs_out_init(&r->out, at->fd, r->output);
	r->list.begin = begin;
	r->list.after = at->after;
	r->list.page = at->pages;
	r->list.records = at->records;
	if (at->cut)
		r->note("%s: a torn end is cut off", r->output);
	return 0;
}

static int
close_output(struct run *r, struct hs_err *e)
{
	/* A pipe or a device can't be synced, and needs not. */
	if (r->output && hs_out_flush(&r->out, e) == 0 &&
	    fsync(r->out.fd) < 0 && errno != EINVAL && errno != EROFS)
		return hs_err_set(e, HS_IO, "%s: cannot sync: %s", r->output,
		    strerror(errno));
	return hs_out_close(&r->out, e);
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
	if (r->list.limit > 0 && r->sum.records >= r->list.limit)
		r->warn("%s: a sample of %llu records as asked; the stream is "
			"incomplete unless that was the end",
		    r->label, r->sum.records);
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
		resume_abandon(&r->resumed, r->output);
	if (n == 0)
		report(r);
	return n;
}

int
run(struct run *r, struct hs_err *e)
{
	bool looked_up = r->object.custom && r->object.type &&
			 !hs_object_exact(r->object.type);
	int n = prepare(r, e);

	if (n == 0)
		n = r->plan ? dryrun(&r->api, &r->list, r->plan, e)
			    : fetch(r, e);
	if (n < 0 && e->kind == HS_NOOBJECT && r->label[0] && !looked_up)
		explain(r, e);
	if (n < 0)
		error_blot(r->session.token, e->text);
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
	hs_object_free(&r->object);
}
