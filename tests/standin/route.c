/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Paths to endpoints.  In a pattern V is a dated version, * a part. */
#include "route.h"

#include <string.h>

#include "bytes.h"

struct pattern {
	enum endpoint endpoint;
	const char *method;
	const char *path;
};

static const struct pattern patterns[] = {
    {ENDPOINT_LIST, "GET", "/crm/objects/V/*"},
    {ENDPOINT_LIST, "GET", "/crm/v3/objects/*"},
    {ENDPOINT_BATCH, "POST", "/crm/objects/V/*/batch/read"},
    {ENDPOINT_BATCH, "POST", "/crm/v3/objects/*/batch/read"},
    {ENDPOINT_SEARCH, "POST", "/crm/objects/V/*/search"},
    {ENDPOINT_SEARCH, "POST", "/crm/v3/objects/*/search"},
    {ENDPOINT_RECORD, "GET", "/crm/objects/V/*/*"},
    {ENDPOINT_RECORD, "GET", "/crm/v3/objects/*/*"},
    {ENDPOINT_PROPERTIES, "GET", "/crm/properties/V/*"},
    {ENDPOINT_PROPERTIES, "GET", "/crm/v3/properties/*"},
    {ENDPOINT_PROPERTY, "GET", "/crm/properties/V/*/*"},
    {ENDPOINT_PROPERTY, "GET", "/crm/v3/properties/*/*"},
    {ENDPOINT_SCHEMAS, "GET", "/crm-object-schemas/V/schemas"},
    {ENDPOINT_SCHEMAS, "GET", "/crm-object-schemas/v3/schemas"},
    {ENDPOINT_SCHEMAS, "GET", "/crm/v3/schemas"},
    {ENDPOINT_SCHEMA, "GET", "/crm-object-schemas/V/schemas/*"},
    {ENDPOINT_SCHEMA, "GET", "/crm-object-schemas/v3/schemas/*"},
    {ENDPOINT_SCHEMA, "GET", "/crm/v3/schemas/*"},
    {ENDPOINT_LINKS, "GET", "/crm/objects/V/*/*/associations/*"},
    {ENDPOINT_LINKS, "GET", "/crm/v4/objects/*/*/associations/*"},
    {ENDPOINT_LINKS_BATCH, "POST", "/crm/associations/V/*/*/batch/read"},
    {ENDPOINT_LINKS_BATCH, "POST", "/crm/v4/associations/*/*/batch/read"},
    {ENDPOINT_USAGE, "GET", "/account-info/V/api-usage/daily/private-apps"},
    {ENDPOINT_USAGE, "GET", "/account-info/v3/api-usage/daily/private-apps"},
    {ENDPOINT_ACCOUNT, "GET", "/account-info/V/details"},
    {ENDPOINT_ACCOUNT, "GET", "/account-info/v3/details"},
    {ENDPOINT_OWNERS, "GET", "/crm/owners/V"},
    {ENDPOINT_OWNERS, "GET", "/crm/v3/owners"},
    {ENDPOINT_PIPELINES, "GET", "/crm/pipelines/V/*"},
    {ENDPOINT_PIPELINES, "GET", "/crm/v3/pipelines/*"},
    {ENDPOINT_OBJECTS, "GET", "/crm/limits/V/records"},
    {ENDPOINT_OBJECTS, "GET", "/crm/limits/v3/records"},
    {ENDPOINT_LISTS, "POST", "/crm/lists/V/search"},
    {ENDPOINT_LISTS, "POST", "/crm/v3/lists/search"},
    {ENDPOINT_MEMBERSHIPS, "GET", "/crm/lists/V/*/memberships"},
    {ENDPOINT_MEMBERSHIPS, "GET", "/crm/v3/lists/*/memberships"},
    {ENDPOINT_TEAMS, "GET", "/settings/users/V/teams"},
    {ENDPOINT_TEAMS, "GET", "/settings/v3/users/teams"},
};

static const char *const versions[] = {
    "2025-09", "2026-03", "2026-09", "2027-03", "2027-03-beta"};

static bool
is_version(const char *s, size_t n)
{
	for (size_t i = 0; i < sizeof(versions) / sizeof(versions[0]); i++)
		if (strlen(versions[i]) == n && !memcmp(versions[i], s, n))
			return true;
	return false;
}

static bool
keep_part(struct route *r, const char *s, size_t n)
{
	struct bytes b = {0};

	bytes_unpercent(&b, s, n, 0);
	bool fits = b.len > 0 && b.len < sizeof(r->parts[0]);
	if (fits) {
		bytes_end(&b);
		memcpy(r->parts[r->nparts++], b.at, b.len + 1);
	}
	bytes_free(&b);
	return fits;
}

/* Goes along both, segment by segment. */
static bool
match(struct route *r, const char *pattern, const char *path)
{
	r->nparts = 0;
	r->dated = false;
	while (*pattern == '/' && *path == '/') {
		size_t m = strcspn(++pattern, "/"), n = strcspn(++path, "/");
		if (m == 1 && *pattern == 'V') {
			if (!is_version(path, n))
				return false;
			r->dated = true;
		} else if (m == 1 && *pattern == '*') {
			if (!keep_part(r, path, n))
				return false;
		} else if (m != n || memcmp(pattern, path, n) != 0) {
			return false;
		}
		pattern += m;
		path += n;
	}
	return *pattern == '\0' && *path == '\0';
}

bool
route_matches(const char *path, const char *asked)
{
	for (;;) {
		size_t m = strcspn(path, "/"), n = strcspn(asked, "/");

		if (m == 3 && strncmp(path, "{V}", m) == 0) {
			if (!is_version(asked, n) &&
			    (n != 2 || strncmp(asked, "v3", n) != 0))
				return false;
		} else if (m != n || memcmp(path, asked, n) != 0) {
			return false;
		}
		if (path[m] == '\0' || asked[n] == '\0')
			return path[m] == asked[n];
		path += m + 1;
		asked += n + 1;
	}
}

void
route_find(struct route *r, const char *method, const char *path)
{
	*r = (struct route){.endpoint = ENDPOINT_NONE};
	for (size_t i = 0; i < sizeof(patterns) / sizeof(patterns[0]); i++) {
		if (!match(r, patterns[i].path, path))
			continue;
		if (strcmp(patterns[i].method, method) == 0) {
			r->endpoint = patterns[i].endpoint;
			r->other_method = false;
			return;
		}
		r->other_method = true;
	}
}
