/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* What to fetch. */
#include "object.h"

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

int
main(void)
{
	objects();
	exact_names();
	return tap_done();
}
