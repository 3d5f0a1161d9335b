/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* What to fetch: objects and paths. */
#include "object.h"

#include <stdlib.h>

#include "path.h"
#include "tap.h"

/* An object as "kind|type|assoc,assoc", * for a custom one; or its message. */
static const char *
shown(const char *text)
{
	static char out[4096];
	struct hs_object o;
	struct hs_err e;

	if (hs_object_parse(&o, text, &e) < 0) {
		const char *why = strstr(e.text, "\": ");
		snprintf(out, sizeof out, "%s", why ? why + 3 : e.text);
	} else {
		snprintf(out, sizeof out, "%s|%s%s|", o.kind->name,
		    o.custom ? "*" : "", o.type ? o.type : "-");
		for (size_t i = 0; i < o.assocs; i++)
			snprintf(out + strlen(out), sizeof out - strlen(out),
			    "%s%s%s", i ? "," : "",
			    o.assoc_custom[i] ? "*" : "", o.assoc[i]);
	}
	hs_object_free(&o);
	return out;
}

static void
objects(void)
{
	static const char *const v[][2] = {
	    {"companies", "|companies|"},
	    {"company", "|companies|"},
	    {"deal:contact,custom:visit", "|deals|contacts,*visit"},
	    {"custom:company", "|*company|"},
	    {"custom:a:b", "|*a|b"},
	    {"owners", "owners|-|"},
	    {"properties:deal", "properties:|deals|"},
	    {"memberships:12", "memberships:|12|"},
	    {"memberships:123456789012345678",
		"memberships:|123456789012345678|"},
	    {"memberships:1234567890123456789", "~listId"},
	    {"memberships:", "~listId"},
	    {"memberships:1x", "~listId"},
	    {"", "~empty"},
	    {"deals:", "~associations: "},
	    {"deals:a,", "~associations: "},
	    {"a/b", "~character"},
	    {"a\x7f", "~character"},
	    {"properties:deals:contacts", "~only records"},
	    {"https://h/p", "~--base-url"},
	};
	char name[HS_OBJECT_NAME_MAX + 2] = "";
	char many[20 + 2 * HS_OBJECT_ASSOCS] = "deals:a";

	for (size_t i = 0; i < sizeof v / sizeof *v; i++)
		tap_like(shown(v[i][0]), v[i][1], v[i][0]);
	memset(name, 'n', sizeof name - 1);
	tap_like(shown(name), "~255", "a name of 256 bytes");
	name[HS_OBJECT_NAME_MAX] = '\0';
	tap_ok(strlen(shown(name)) == HS_OBJECT_NAME_MAX + 2, "one of 255");
	for (int i = 1; i < HS_OBJECT_ASSOCS; i++)
		strcat(many, ",a");
	tap_ok(strncmp(shown(many), "|deals|", 7) == 0, "64 associations");
	strcat(many, ",a");
	tap_like(shown(many), "~64", "65");
}

static void
exact_names(void)
{
	static const char *const exact[] = {"0-2", "2-30931773", "p1_a"};
	static const char *const not [] = {
	    "", "0-", "0-2x", "02", "1-2", "p_a", "p1", "p1_", "px_a", "a"};

	for (size_t i = 0; i < sizeof exact / sizeof *exact; i++)
		tap_ok(hs_object_exact(exact[i]), "%s is exact", exact[i]);
	for (size_t i = 0; i < sizeof not / sizeof *not ; i++)
		tap_ok(!hs_object_exact(not [i]), "\"%s\" is not", not [i]);
}

/* A path as "path|query|limit", or its message. */
static const char *
path(const char *text)
{
	static char out[HS_PATH_MAX + HS_QUERY_MAX + 100];
	char *p, *query;
	unsigned limit;
	struct hs_err e;

	if (hs_path_parse(text, &p, &query, &limit, &e) < 0)
		snprintf(out, sizeof out, "%s", e.text);
	else
		snprintf(
		    out, sizeof out, "%s|%s|%u", p, query ? query : "-", limit);
	free(p);
	free(query);
	return out;
}

static void
paths(void)
{
	static const char dots[] = "~. or ..";
	static const char empty[] = "~empty";
	static const char digits[] = "~hexadecimal";
	static const char character[] = "~%20";
	static const char control[] = "~control";
	static const char slash[] = "~slash";
	static const char number[] = "~limit";
	static const char after[] = "~after";
	static const char *const v[][2] = {
	    {"a/b", "a/b|-|0"},
	    {"a/b/", "a/b/|-|0"},
	    {"crm/{V}/a", "crm/{V}/a|-|0"},
	    {"a%20b%aF", "a%20b%aF|-|0"},
	    {"a?b=/?%2f%5c", "a|b=/?%2f%5c|0"},
	    {"a?b=1&limit=5&&c", "a|b=1&c|5"},
	    {"a?limit=1", "a|-|1"},
	    {"a?limit=10000", "a|-|10000"},
	    {"a?limits=1&afte=2&lim=3", "a|limits=1&afte=2&lim=3|0"},
	    {"...", "...|-|0"},
	    {"", empty},
	    {"/a", empty},
	    {"a//b", empty},
	    {".", dots},
	    {"a/../b", dots},
	    {"a/%2e%2E", dots},
	    {"a/.%2e/b", dots},
	    {"a%", digits},
	    {"a%2", digits},
	    {"a%2g", digits},
	    {"a%g2", digits},
	    {"a%\x11"
	     "2",
		digits},
	    {"a%1f", control},
	    {"a%7f", control},
	    {"a%2f", slash},
	    {"a%5C", slash},
	    {"a b", character},
	    {"a/{V", character},
	    {"a?b c", character},
	    {"a#b", "~#"},
	    {"a?", "~query"},
	    {"a?after=1", after},
	    {"a?b&%61fter", after},
	    {"a?limit", number},
	    {"a?limit=", number},
	    {"a?limit=0", number},
	    {"a?limit=10001", number},
	    {"a?limit=99999999999999999999", number},
	    {"a?limit=1x", number},
	    {"a?limit=-1", number},
	    {"a?limit=1&limit=2", number},
	};
	char text[HS_PATH_MAX + HS_QUERY_MAX + 3] = "";

	for (size_t i = 0; i < sizeof v / sizeof *v; i++)
		tap_like(path(v[i][0]), v[i][1], v[i][0]);
	memset(text, 'a', HS_PATH_MAX + 1);
	tap_like(path(text), "~240", "241 bytes");
	text[HS_PATH_MAX] = '?';
	memset(text + HS_PATH_MAX + 1, 'b', HS_QUERY_MAX + 1);
	tap_like(path(text), "~4000", "240 bytes and a query of 4001");
	text[sizeof text - 2] = '\0';
	tap_ok(strchr(path(text), '|') == path(text) + HS_PATH_MAX,
	    "240 bytes and a query of 4000");
}

int
main(void)
{
	objects();
	exact_names();
	paths();
	return tap_done();
}
