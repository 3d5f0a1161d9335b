/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* The bodies of searches. */
#include "search.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "json.h"
#include "object.h"
#include "since.h"

/* A filter; comma is what goes before it.  None without a value. */
static void
put_filter(struct hs_buf *b, const char *comma, const char *property,
    const char *how, const char *value)
{
	if (!value)
		return;
	hs_buf_printf(b,
	    "%s{\"propertyName\":\"%s\",\"operator\":\"%s\",\"value\":", comma,
	    property, how);
	hs_json_string(b, hs_span_str(value));
	hs_buf_puts(b, "}");
}

static void
put_filters(struct hs_buf *b, const struct search *s)
{
	const char *id = hs_object_standard(s->type);
	bool contacts = strcmp(id ? id : s->type, "0-1") == 0;
	char time[24];

	if (s->since)
		snprintf(time, sizeof time, "%" PRId64, since_time(s->since));
	hs_buf_puts(b, "\"filterGroups\":[{\"filters\":[");
	put_filter(b, "", contacts ? "lastmodifieddate" : "hs_lastmodifieddate",
	    "GTE", s->since ? time : NULL);
	put_filter(b, s->since ? "," : "", "hs_object_id", "GT", s->last);
	put_filter(
	    b, s->since || s->last ? "," : "", "hs_object_id", "LT", s->below);
	hs_buf_puts(b, "]}],");
}

unsigned
search_body(struct hs_buf *b, const struct search *s, unsigned form)
{
	bool filters = s->since || s->last || s->below;
	unsigned mine = (s->skip > 0 ? 0 : FORM_AFTER) |
			(filters ? 0 : FORM_FILTERS) |
			(s->properties.len > 0 ? 0 : FORM_PROPERTIES);
	unsigned out = form & mine;

	hs_buf_clear(b);
	hs_buf_puts(b, "{");
	if (filters)
		put_filters(b, s);
	else if (!(out & FORM_FILTERS))
		hs_buf_puts(b, "\"filterGroups\":[],");
	hs_buf_printf(b,
	    "\"sorts\":[{\"propertyName\":\"hs_object_id\","
	    "\"direction\":\"%s\"}],",
	    s->falling ? "DESCENDING" : "ASCENDING");
	hs_buf_put(b, s->properties);
	if (mine & ~out & FORM_PROPERTIES)
		hs_buf_puts(b, "\"properties\":[],");
	if (!(out & FORM_AFTER))
		hs_buf_printf(b, "\"after\":\"%llu\",", s->skip);
	hs_buf_printf(b, "\"limit\":%u}", s->limit);
	return mine;
}
