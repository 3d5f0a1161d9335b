/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* A record that a batch leaves out, asked for alone. */
#include "parts.h"

#include <stdio.h>

#include "endpoint.h"
#include "url.h"

int
one_post(struct page *pg, size_t cell, char *to, struct call *c)
{
	struct fetch *f = pg->f;
	struct hs_span id = pg->cell[cell].item->id;
	char text[ID_MAX + 1];

	snprintf(text, sizeof text, "%.*s", (int)id.len, id.p);
	endpoint_url(f->api, &c->url, AT_RECORD, f->o->object->type, text);
	hs_buf_printf(&c->url, "?properties=hs_object_id%s",
	    f->o->archived ? "&archived=true" : "");
	if (to)
		url_add_list(&c->url, "associations", &to, 1);
	else
		url_add_list(&c->url, "associations", f->o->object->assoc,
		    f->o->object->assocs);
	if (hs_buf_check(&c->url, f->e, "record") < 0)
		return -1;
	c->post = false;
	snprintf(
	    c->what, sizeof c->what, "%.100s: record %s", f->o->label, text);
	session_post(f->api, c);
	return 0;
}

void
one_drop(struct page *pg, size_t cell)
{
	if (!pg->cell[cell].gone)
		pg->f->p->dropped++;
	pg->cell[cell].gone = true;
}

bool
one_gone(struct page *pg, size_t cell, const struct call *c)
{
	const struct request *r = &c->request;

	/* HTML is not the API's. */
	if (r->result != HTTP_ANSWERED || r->status != 404 || r->head.html)
		return false;
	one_drop(pg, cell);
	return true;
}

int
one_merged(struct page *pg, size_t cell, const struct call *c)
{
	struct hs_span value, id;
	struct hs_scan s;

	hs_scan_init(&s, hs_buf_span(&c->request.body));
	if (hs_scan_pick_one(&s, "id", &value) < 0 || hs_scan_end(&s) < 0)
		return -1;
	if (!answer_id(value, &id) || hs_span_eq(id, pg->cell[cell].item->id))
		return 0;
	one_drop(pg, cell);
	return 1;
}
