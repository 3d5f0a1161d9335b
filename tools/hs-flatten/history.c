/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* The values that a record's properties have had, as rows. */
#include "history.h"

/* Where rows go, and of what they are. */
struct rows {
	struct hs_buf *b;
	char separator;
	size_t n;
	struct hs_span id, property;
};

static void
put_row(struct rows *r, const struct hs_span value[5])
{
	static const char *const names[] = {",\"value\":", ",\"timestamp\":",
	    ",\"source_type\":", ",\"source_id\":", ",\"updated_by\":"};

	if (r->n++ > 0)
		hs_buf_addc(r->b, r->separator);
	hs_buf_puts(r->b, "{\"from_id\":");
	hs_buf_put(r->b, r->id);
	hs_buf_puts(r->b, ",\"property\":\"");
	hs_buf_put(r->b, r->property);
	hs_buf_puts(r->b, "\"");
	for (size_t i = 0; i < 5; i++) {
		hs_buf_puts(r->b, names[i]);
		hs_buf_put(r->b, value[i].p ? value[i] : HS_SPAN("null"));
	}
	hs_buf_addc(r->b, '}');
}

/* Reads the list of a property's values. */
static int
read_values(struct rows *r, struct hs_scan *s)
{
	static const char *const names[] = {
	    "value", "timestamp", "sourceType", "sourceId", "updatedByUserId"};
	struct hs_span value[5];
	int n;

	if (hs_scan_enter(s, '[') < 0)
		return -1;
	while ((n = hs_scan_element(s)) > 0) {
		if (hs_scan_pick(s, names, 5, value) < 0)
			return -1;
		put_row(r, value);
	}
	return n;
}

static int
read_properties(struct rows *r, struct hs_scan *s)
{
	int n;

	if (hs_scan_enter(s, '{') < 0)
		return -1;
	while ((n = hs_scan_member(s, &r->property)) > 0)
		if (read_values(r, s) < 0)
			return -1;
	return n;
}

int
history_rows(struct hs_scan *s, struct hs_buf *b, char separator, size_t *rows)
{
	static const char *const names[] = {"id", "propertiesWithHistory"};
	struct rows r = {.b = b, .separator = separator};
	struct hs_span value[2];
	struct hs_scan history;

	*rows = 0;
	if (hs_scan_pick(s, names, 2, value) < 0)
		return -1;
	if (!value[1].p || hs_scan_null(value[1]))
		return 0;
	if (!value[0].p)
		return hs_scan_fail(s, "a record with a history has no id");
	r.id = value[0];
	hs_scan_init(&history, value[1]);
	if (read_properties(&r, &history) < 0)
		return hs_scan_fail_at(
		    s, history.p, "a history of unknown shape");
	*rows = r.n;
	return 0;
}
