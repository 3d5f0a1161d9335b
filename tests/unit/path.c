/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Paths of the API: what is one, and what could lead elsewhere. */
#include "path.h"

#include <stdlib.h>

#include "tap.h"

static void
takes(const char *text, const char *path, const char *query, unsigned limit)
{
	char *got_path, *got_query, title[300];
	struct hs_err e = {0};
	unsigned got;

	snprintf(title, sizeof title, "%.280s: path", text);
	if (hs_path_parse(text, &got_path, &got_query, &got, &e) < 0)
		tap_ok(false, "%s is taken: %s", text, e.text);
	tap_is_str(got_path, path, title);
	snprintf(title, sizeof title, "%.280s: query", text);
	tap_is_str(got_query, query, title);
	tap_ok(got == limit, "and limit %u", limit);
	free(got_path);
	free(got_query);
}

static void
refuses(const char *text, const char *why)
{
	char *path, *query;
	struct hs_err e = {0};
	unsigned limit;

	if (hs_path_parse(text, &path, &query, &limit, &e) == 0)
		e.text[0] = '\0';
	tap_ok(strstr(e.text, why) && e.text[0] && e.kind == HS_USAGE,
	    "%.60s: %s", text, e.text);
	free(path);
	free(query);
}

static void
lengths(void)
{
	static char text[HS_PATH_MAX + HS_QUERY_MAX + 8];

	memset(text, 'a', sizeof text - 1);
	text[HS_PATH_MAX + 1] = '\0';
	refuses(text, "longer than 240");
	takes(text + 1, text + 1, NULL, 0);
	memset(text, 'a', sizeof text - 1);
	text[1] = '?';
	text[2 + HS_QUERY_MAX + 1] = '\0';
	refuses(text, "longer than 4000");
	text[2 + HS_QUERY_MAX] = '\0';
	takes(text, "a", text + 2, 0);
}

int
main(void)
{
	takes("marketing/v3/forms", "marketing/v3/forms", NULL, 0);
	takes("crm/lists/{V}/12/memberships?limit=250",
	    "crm/lists/{V}/12/memberships", NULL, 250);
	takes("a?limit=1&b=c&d", "a", "b=c&d", 1);
	takes("a?b=c&limit=10000&", "a", "b=c", 10000);
	takes("a?b=/x?y%2Fz", "a", "b=/x?y%2Fz", 0);
	takes("a?after_=1&limits=2", "a", "after_=1&limits=2", 0);
	takes("a?&", "a", NULL, 0);
	takes("a?&&b&&limit=7&&c&", "a", "b&c", 7);
	takes("a/", "a/", NULL, 0);
	takes("a%20b/...", "a%20b/...", NULL, 0);
	takes("a;b=1,2/(c)@x:8", "a;b=1,2/(c)@x:8", NULL, 0);

	refuses("", "empty");
	refuses("/evil.example/x", "empty");
	refuses("a//b", "empty");
	refuses("a/../b", ". or ..");
	refuses(".", ". or ..");
	refuses("a/%2e%2E/b", ". or ..");
	refuses("a/.%2e", ". or ..");
	refuses("a#b", "fragment");
	refuses("a?b#c", "fragment");
	refuses("a%2Fb", "escaped slash");
	refuses("a%5cb", "escaped slash");
	refuses("a%0d%0aHost:x", "control");
	refuses("a%7F", "control");
	refuses("a%00", "control");
	refuses("a?b=%0a", "control");
	refuses("a%", "two hexadecimal");
	refuses("a%4", "two hexadecimal");
	refuses("a%4g", "two hexadecimal");
	refuses("a%,1", "two hexadecimal");
	refuses("a%\x11\x31", "two hexadecimal");
	refuses("a b", "escaped");
	refuses("a\nb", "escaped");
	refuses("a\\b", "escaped");
	refuses("{X}", "escaped");
	refuses("a{V}", "escaped");
	refuses("caf\xc3\xa9", "escaped");
	refuses("a?b={V}", "escaped");
	refuses("a?", "query is empty");
	refuses("a?after=1", "after");
	refuses("a?b&after", "after");
	refuses("a?%61fte%72=1", "after");
	refuses("a?limit", "limit");
	refuses("a?limit=", "limit");
	refuses("a?limit=0", "limit");
	refuses("a?limit=10001", "limit");
	refuses("a?limit=1x", "limit");
	refuses("a?limit=-1", "limit");
	refuses("a?limit=99999999999999999999", "limit");
	refuses("a?limit=1&limit=2", "limit");
	refuses("a?l%69mit=x", "limit");
	lengths();
	return tap_done();
}
