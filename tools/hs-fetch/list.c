/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* A whole list: its URLs, and the run. */
#include "list.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "changed.h"
#include "endpoint.h"
#include "json.h"
#include "naming.h"
#include "pages.h"
#include "parts.h"
#include "stride.h"
#include "url.h"

#define LIMIT_HISTORY 50 /* records a page, with histories */
#define BATCH_MAX 100	 /* ids of a batch read */
#define ROOM 300	 /* of a URL for limit and cursor */

/* The list's URL, with all parameters but limit and after. */
static void
list_url(struct fetch *f, struct hs_buf *b, bool light)
{
	const struct list_options *o = f->o;
	char *id[] = {"hs_object_id"};

	if (changed_searches(o)) {
		endpoint_url(f->api, b, AT_SEARCH, o->object->type, "");
		return;
	}
	endpoint_list_url(f->api, b, o->object->kind, o->object->type);
	if (o->object->kind->archived)
		hs_buf_printf(
		    b, "?archived=%s", o->archived ? "true" : "false");
	if (o->object->query)
		hs_buf_printf(b, "?%s", o->object->query);
	if (!o->object->records)
		return;
	url_add_list(b, "associations", o->object->assoc, o->object->assocs);
	if (light) {
		url_add_list(b, "properties", id, 1);
		return;
	}
	if (o->some_properties)
		url_add_list(b, "properties", o->properties.v, o->properties.n);
	url_add_list(b, "propertiesWithHistory", o->history.v, o->history.n);
}

static void
add_names(struct hs_buf *b, const char *name, const struct names *s)
{
	hs_buf_printf(b, "\"%s\":[", name);
	for (size_t i = 0; i < s->n; i++) {
		if (i > 0)
			hs_buf_addc(b, ',');
		hs_json_string(b, hs_span_str(s->v[i]));
	}
	hs_buf_puts(b, "],");
}

static void
batch_body(struct fetch *f, struct hs_buf *b)
{
	hs_buf_puts(b, "{");
	add_names(b, "properties", &f->o->properties);
	if (f->o->history.n > 0)
		add_names(b, "propertiesWithHistory", &f->o->history);
}

/* How many records a page has. */
static unsigned
page_limit(const struct list_options *o)
{
	unsigned most = o->object->kind->page;

	if (o->object->limit > 0)
		most = o->object->limit;
	if (changed_searches(o))
		most = CHANGED_PAGE;
	if (o->object->records && o->history.n > 0)
		most = LIMIT_HISTORY;
	return o->page_size > 0 && o->page_size < most ? o->page_size : most;
}

static int
make_urls(struct fetch *f)
{
	const struct hs_object *object = f->o->object;

	f->limit = page_limit(f->o);
	size_start(&f->list_size, f->limit);
	size_start(&f->batch_size, f->limit < BATCH_MAX ? f->limit : BATCH_MAX);
	list_url(f, &f->url, false);
	if (object->records) {
		list_url(f, &f->light_url, true);
		batch_body(f, &f->batch);
		if (f->o->some_properties)
			add_names(&f->search, "properties", &f->o->properties);
		f->light = f->url.len + ROOM > URL_MAX ||
			   (changed_searches(f->o) && f->o->history.n > 0);
	}
	if (hs_buf_check(&f->url, f->e, "URL") < 0 ||
	    hs_buf_check(&f->light_url, f->e, "URL") < 0 ||
	    hs_buf_check(&f->search, f->e, "search") < 0 ||
	    hs_buf_check(&f->batch, f->e, "batch read") < 0)
		return -1;
	/* A batch has no default choice. */
	if (f->light && !f->o->some_properties)
		return hs_err_set(f->e, HS_USAGE,
		    "--history: too much for the list, and a batch read has no "
		    "-p default; name the properties");
	return 0;
}

static void
release(struct fetch *f)
{
	session_drop(f->api);
	stride_free(f);
	pages_free(f);
	assoc_free(f);
	naming_free(f);
	answer_free(f->before);
	seen_free(&f->cursors);
	hs_buf_free(&f->url);
	hs_buf_free(&f->light_url);
	hs_buf_free(&f->batch);
	hs_buf_free(&f->search);
	verify_free(f);
	for (int i = 0; i < 2; i++) {
		hs_members_free(&f->members[i].list);
		hs_index_free(&f->members[i].by_key);
	}
}

static int
run(struct fetch *f)
{
	int r = 1;

	while (r > 0 && !(f->done && !f->pages)) {
		if (f->done && f->o->verify && !f->pages->next &&
		    f->pages->pending == 0)
			break;
		if ((f->done || pages_full(f)) && assoc_flush(f) < 0)
			return -1;
		r = session_turn(f->api, f->e);
		if (r >= 0 && pages_write(f) < 0)
			return -1;
		if (r >= 0 && stride_go_on(f) < 0)
			return -1;
		if (r == 0 && f->api->queue)
			r = 1;
	}
	if (r < 0)
		return -1;
	if (!f->done)
		return hs_err_set(f->e, HS_INTERNAL,
		    "%s: the list stands still", f->o->label);
	return 0;
}

int
list_fetch(struct session *api, const struct list_options *o, struct seen *seen,
    struct hs_out *out, struct list_counts *p, struct hs_err *e)
{
	struct fetch f = {.api = api,
	    .o = o,
	    .e = e,
	    .out = out,
	    .p = p,
	    .seen = seen,
	    .number = o->page};
	int r = -1;

	f.last = &f.pages;
	f.assocs_last = &f.assocs;
	if (naming_open(&f) < 0 || make_urls(&f) < 0 ||
	    stride_begin(&f, o->after) < 0)
		goto out;
	if (run(&f) < 0)
		goto out;
	r = 0;
	if (f.pages) {
		session_drop(api);
		r = verify_count(&f);
		if (r == 0)
			r = pages_write_last(&f);
	}
	if (r == 0)
		verify_absent(&f);
out:
	release(&f);
	return r;
}

int
list_plan(struct session *api, const struct list_options *o,
    struct list_plan *plan, struct hs_err *e)
{
	struct fetch f = {.api = api, .o = o, .e = e};
	int r = make_urls(&f);

	plan->batches = f.light;
	plan->limit = f.limit;
	plan->url = f.light ? f.light_url : f.url;
	if (f.light)
		f.light_url = (struct hs_buf){0};
	else
		f.url = (struct hs_buf){0};
	hs_buf_free(&f.url);
	hs_buf_free(&f.light_url);
	hs_buf_free(&f.batch);
	hs_buf_free(&f.search);
	return r;
}
