/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Which properties to fetch. */
#include "choose.h"

#include <string.h>

#include "file.h"
#include "sensitive.h"

#define LIST_MAX ((size_t)16 << 20) /* bytes, of -p @FILE */

static int
read_list(struct names *s, const char *path, struct hs_err *e)
{
	struct hs_buf b = {0};
	int r = hs_file_read(path, LIST_MAX, &b, e);

	if (r == 0 && strlen(hs_buf_str(&b)) < b.len)
		r = hs_err_set(e, HS_DATA, "%s: holds a NUL", path);
	if (r == 0)
		r = names_split(s, b.data, e);
	hs_buf_free(&b);
	return r;
}

static bool
has_name(const struct names *s, const char *name)
{
	for (size_t i = 0; i < s->n; i++)
		if (strcmp(s->v[i], name) == 0)
			return true;
	return false;
}

static int
add_name(struct names *s, const char *name, struct hs_err *e)
{
	return names_add(s, name, strlen(name)) < 0 ? hs_err_mem(e, "names")
						    : 0;
}

/* Adds the names of every property.  Sensitive ones are looked for in the
 * pages: the API may leave out what the token may not read. */
static int
add_all(struct session *api, struct choice *c, struct list_options *o,
    struct names *names, struct hs_err *e)
{
	const char *type = o->object->type;

	if (lookup_properties(api, type, "", names, e) < 0)
		return -1;
	if (!c->sensitive) {
		c->left_out = sensitive_count(api, type);
		return 0;
	}
	size_t n = names->n;
	if (sensitive_names(api, type, names, e) < 0)
		return -1;
	for (; n < names->n; n++)
		if (add_name(&o->named, names->v[n], e) < 0)
			return -1;
	return 0;
}

/* Puts what was given into names: "all" stands for every property of the
 * type, also in a list with others. */
static int
resolve(struct session *api, struct choice *c, struct list_options *o,
    const struct names *given, struct names *names, struct hs_err *e)
{
	if (has_name(given, "all") && add_all(api, c, o, names, e) < 0)
		return -1;
	for (size_t i = 0; i < given->n; i++) {
		const char *name = given->v[i];

		if (strcmp(name, "all") != 0 && !has_name(names, name) &&
		    add_name(names, name, e) < 0)
			return -1;
	}
	return 0;
}

/* The properties that -p names one by one are looked for in the pages. */
static int
note_named(struct list_options *o, const struct names *given, struct hs_err *e)
{
	for (size_t i = 0; i < given->n; i++)
		if (strcmp(given->v[i], "all") != 0 &&
		    add_name(&o->named, given->v[i], e) < 0)
			return -1;
	return 0;
}

static int
choose_history(struct session *api, struct choice *c, struct list_options *o,
    struct hs_err *e)
{
	struct names given = {0};
	int n = c->history ? names_split(&given, c->history, e) : 0;

	if (n == 0)
		n = resolve(api, c, o, &given, &o->history, e);
	names_free(&given);
	return n;
}

/* Whether what -p says can be had. */
static int
check_given(const struct choice *c, const char *p, const struct names *given,
    struct hs_err *e)
{
	if (c->sensitive && !has_name(given, "all"))
		return hs_err_set(e, HS_USAGE,
		    "--sensitive goes with -p all, which is the default");
	if (given->n == 0)
		return hs_err_set(e, HS_USAGE,
		    "-p: no names; the API's own choice is -p default");
	if (strcmp(p, "default") != 0 && has_name(given, "default"))
		return hs_err_set(e, HS_USAGE,
		    "-p: default can't be in a list: the API chooses only if "
		    "nothing is named; name the properties");
	return 0;
}

int
choose_properties(struct session *api, struct choice *c, struct list_options *o,
    struct hs_err *e)
{
	const char *p = c->properties ? c->properties : "all";
	struct names given = {0};

	if (!o->object->records)
		return 0;
	if (choose_history(api, c, o, e) < 0)
		return -1;
	int n = p[0] == '@' ? read_list(&given, p + 1, e)
			    : names_split(&given, p, e);
	if (n == 0)
		n = check_given(c, p, &given, e);
	o->some_properties = strcmp(p, "default") != 0;
	if (n == 0 && o->some_properties)
		n = resolve(api, c, o, &given, &o->properties, e);
	if (n == 0 && o->some_properties)
		n = note_named(o, &given, e);
	names_free(&given);
	return n;
}
