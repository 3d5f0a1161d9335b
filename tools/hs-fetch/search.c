/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* The bodies of searches. */
#include "search.h"

#include <inttypes.h>
#include <string.h>

#include "json.h"
#include "object.h"
#include "since.h"

static void
put_filters(struct hs_buf *b, const struct search *s)
{
	const char *id = hs_object_standard(s->type);
	bool contacts = strcmp(id ? id : s->type, "0-1") == 0;

	hs_buf_printf(b,
	    "\"filterGroups\":[{\"filters\":[{\"propertyName\":\"%s\","
	    "\"operator\":\"GTE\",\"value\":\"%" PRId64 "\"}",
	    contacts ? "lastmodifieddate" : "hs_lastmodifieddate",
	    since_time(s->since));
	if (s->last) {
		hs_buf_puts(b, ",{\"propertyName\":\"hs_object_id\","
			       "\"operator\":\"GT\",\"value\":");
		hs_json_string(b, hs_span_str(s->last));
		hs_buf_puts(b, "}");
	}
	hs_buf_puts(b, "]}],");
}

unsigned
search_body(struct hs_buf *b, const struct search *s, unsigned form)
{
	unsigned mine = FORM_AFTER | (s->since ? 0 : FORM_FILTERS) |
			(s->properties.len > 0 ? 0 : FORM_PROPERTIES);
	unsigned out = form & mine;

	hs_buf_clear(b);
	hs_buf_puts(b, "{");
	if (s->since)
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
		hs_buf_puts(b, "\"after\":\"0\",");
	hs_buf_printf(b, "\"limit\":%u}", s->limit);
	return mine;
}
