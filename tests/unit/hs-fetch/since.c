/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Times of --since, and the bodies of searches in their forms. */
#include "hs-fetch/since.h"

#include "../tap.h"
#include "hs-fetch/search.h"

static void
is_time(const char *text, const char *utc)
{
	char got[SINCE_SIZE] = "none";
	int64_t ms = since_time(text);

	if (ms >= 0)
		since_write(ms, got);
	tap_is_str(got, utc, text);
}

static void
is_body(const struct search *s, unsigned form, const char *want)
{
	struct hs_buf b = {0};
	char title[60];

	search_body(&b, s, form);
	snprintf(title, sizeof title, "a body without %u", form);
	tap_is_str(hs_buf_str(&b), want, title);
	hs_buf_free(&b);
}

static void
turns(const char *said, unsigned mine, unsigned out, bool again)
{
	struct form f = FORM_USUAL;
	struct request r = {0};

	hs_buf_puts(&r.body, said);
	bool turned = form_turn(&f, &r, mine, FORM_USUAL.out);
	tap_ok(turned == again && f.out == out, "%s: %u", said, f.out);
	tap_ok(!form_turn(&f, &r, mine, f.out), "once");
	hs_buf_free(&r.body);
}

int
main(void)
{
	is_time("1971-01-01", "1971-01-01T00:00:00.000Z");
	is_time("2000-02-29T23:59:59.999Z", "2000-02-29T23:59:59.999Z");
	is_time("2023-01-15T05:00:00Z", "2023-01-15T05:00:00.000Z");
	is_time("2024-12-31T23:30+01:00", "2024-12-31T22:30:00.000Z");
	is_time("2024-12-31T23:30:00-01:00", "2025-01-01T00:30:00.000Z");
	is_time("2024-03-01T00:00:00.1234567Z", "2024-03-01T00:00:00.123Z");
	is_time("9999-12-31", "9999-12-31T00:00:00.000Z");
	is_time("", "none");
	is_time("1705294800000", "none");
	is_time("2024-1-01", "none");
	is_time("2024-01-01 ", "none");
	is_time("2024-01-01T00:00:00", "none");

	struct search s = {.type = "deals", .limit = 7, .falling = true};
	is_body(&s, 0,
	    "{\"filterGroups\":[],\"sorts\":[{\"propertyName\":"
	    "\"hs_object_id\",\"direction\":\"DESCENDING\"}],"
	    "\"properties\":[],\"after\":\"0\",\"limit\":7}");
	is_body(&s, FORM_FILTERS | FORM_PROPERTIES | FORM_AFTER,
	    "{\"sorts\":[{\"propertyName\":\"hs_object_id\",\"direction\":"
	    "\"DESCENDING\"}],\"limit\":7}");
	s = (struct search){.type = "contact's",
	    .since = "2023-01-15T05:00:00Z",
	    .last = "1\"2",
	    .properties = SEARCH_ID,
	    .limit = 7};
	is_body(&s, FORM_FILTERS | FORM_PROPERTIES,
	    "{\"filterGroups\":[{\"filters\":[{\"propertyName\":"
	    "\"hs_lastmodifieddate\",\"operator\":\"GTE\",\"value\":"
	    "\"1673758800000\"},{\"propertyName\":\"hs_object_id\","
	    "\"operator\":\"GT\",\"value\":\"1\\\"2\"}]}],\"sorts\":["
	    "{\"propertyName\":\"hs_object_id\",\"direction\":\"ASCENDING\"}],"
	    "\"properties\":[\"hs_object_id\"],\"after\":\"0\",\"limit\":7}");

	turns("fields were not set: [properties, after]",
	    FORM_PROPERTIES | FORM_AFTER, FORM_AFTER, true);
	turns("propertiesWithHistory", FORM_PROPERTIES, FORM_PROPERTIES, false);
	turns("propertiesWithHistory", FORM_HISTORY,
	    FORM_PROPERTIES | FORM_HISTORY, true);
	turns("no such thing", 15, FORM_PROPERTIES, false);
	turns("", 15, FORM_PROPERTIES, false);
	return tap_done();
}
