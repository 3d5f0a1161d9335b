/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/*
 * A record that a batch leaves out, asked for by itself: only a 404 says that
 * it is gone.
 */
#include "parts.h"

#include <stdio.h>

#include "endpoint.h"
#include "url.h"

int
one_post(struct page *pg, size_t cell, struct call *c)
{
	struct fetch *f = pg->f;
	struct hs_span id = pg->cell[cell].item->id;
	char text[ID_MAX + 1];
	int r;

	snprintf(text, sizeof text, "%.*s", (int)id.len, id.p);
	r = endpoint_url(f->api, &c->url, AT_RECORD, f->o->object->type, text);
	if (r == 0)
		r = hs_buf_printf(&c->url, "?properties=hs_object_id%s",
		    f->o->archived ? "&archived=true" : "");
	if (r == 0)
		r = url_add_list(&c->url, "associations", f->o->object->assoc,
		    f->o->object->assocs);
	if (r < 0)
		return hs_err_mem(f->e, "record");
	c->post = false;
	snprintf(
	    c->what, sizeof c->what, "%.100s: record %s", f->o->label, text);
	session_post(f->api, c);
	return 0;
}

bool
one_gone(struct page *pg, size_t cell, const struct call *c)
{
	if (c->request.result != HTTP_ANSWERED || c->request.status != 404)
		return false;
	if (!pg->cell[cell].gone)
		pg->f->p->dropped++;
	pg->cell[cell].gone = true;
	return true;
}
