/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Names that are spelled alike. */
#include "hs-fetch/near.h"

#include "../tap.h"

static void
near(const char *name, const char *want)
{
	static char *v[] = {"firstname", "lastname", "email", "name", "names",
	    "nam", "names2", "hs_object_id"};
	static const struct names names = {v, sizeof v / sizeof *v, 0};
	char text[64];

	near_names(&names, hs_span_str(name), text, sizeof text);
	tap_is_str(text, want, name);
}

int
main(void)
{
	char text[8], many[300];
	char *one[] = {"firstname"};
	const struct names names = {one, 1, 0};

	near("frstname", "firstname");
	near("firstnmae", "firstname");
	near("Email", "email");
	near("name", "");
	near("namse", "name, names");
	near("nme", "name");
	near("hs_objectid", "hs_object_id");
	near("zip", "");
	near_names(&names, hs_span_str("firstnam"), text, sizeof text);
	tap_is_str(text, "firstna", "cut to the room that there is");
	memset(many, 'a', sizeof many);
	near_names(&names, hs_span(many, sizeof many), text, sizeof text);
	tap_is_str(text, "", "a name that is too long to compare");
	return tap_done();
}
