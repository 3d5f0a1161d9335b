/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Programs that load tables. */
#include "loader.h"

#include <stdio.h>
#include <string.h>

struct loader {
	const char *scheme, *program, *secret;
};

/* The loader of ours for the address, or NULL. */
static const struct loader *
find(const struct place *place)
{
	static const struct loader ours[] = {
	    {"postgres", "sql", "PGPASSWORD"},
	    {"postgresql", "sql", "PGPASSWORD"},
	    {"mysql", "sql", "MYSQL_PWD"},
	    {"mariadb", "sql", "MYSQL_PWD"},
	    {"sqlite", "sql", NULL},
	    {"clickhouse", "clickhouse", "CLICKHOUSE_PASSWORD"},
	    {"clickhouses", "clickhouse", "CLICKHOUSE_PASSWORD"},
	};

	for (size_t i = 0; place->a.scheme && i < sizeof ours / sizeof *ours;
	     i++)
		if (strcmp(place->a.scheme, ours[i].scheme) == 0)
			return &ours[i];
	return NULL;
}

int
loader_name(const struct place *place, char name[LOADER_NAME], struct hs_err *e)
{
	const struct loader *l = find(place);
	const char *program = l ? l->program : place->a.scheme;
	int n =
	    snprintf(name, LOADER_NAME, "hs-load-%s", program ? program : "");

	if (n >= 0 && n < LOADER_NAME)
		return 0;
	return hs_err_set(e, HS_CONFIG, "the address's scheme is too long");
}

const char *
loader_secret(const struct place *place)
{
	const struct loader *l = find(place);

	return l ? l->secret : NULL;
}

/* A table's name is the end of a path.  No part of it may be empty and it has
 * no slash: that keeps out "..", hidden files and other folders.  Control
 * characters were refused when the document was read. */
const char *
loader_table_fault(const char *name, const struct place *place)
{
	size_t parts = 0;

	if (strchr(name, '/'))
		return "a table's name has no / in it";
	for (const char *p = name;; p++) {
		size_t n = strcspn(p, ".");
		if (n == 0)
			return "a part of the table's name is empty";
		if (n > TABLE_NAME_MAX)
			return "a part of the table's name is longer than "
			       "200 bytes";
		parts++;
		p += n;
		if (*p == '\0')
			break;
	}
	if (place->folder && parts != 2)
		return "a table is named SCHEMA.TABLE";
	if (find(place) && parts > 2)
		return "a table is named SCHEMA.TABLE or TABLE";
	return NULL;
}
