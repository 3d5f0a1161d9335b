/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* The databases that there are. */
#include "engines.h"

#include <string.h>
#include <strings.h>

#include "mysql.h"
#include "postgres.h"
#include "sqlite.h"

static const struct engine *const engines[] = {
    &postgres_engine, &sqlite_engine, &mysql_engine, &citus_engine};
#define ENGINES (sizeof engines / sizeof *engines)

static bool
is_named(const struct engine *engine, const char *dialect)
{
	return !dialect || strcmp(engine->name, dialect) == 0;
}

static bool
has_scheme(const struct engine *engine, const char *address)
{
	size_t n = strcspn(address, ":");

	for (const char *const *s = engine->schemes; *s; s++)
		if (address[n] && strlen(*s) == n &&
		    strncasecmp(address, *s, n) == 0)
			return true;
	return false;
}

const struct engine *
engines_named(const char *dialect)
{
	for (size_t i = 0; i < ENGINES; i++)
		if (is_named(engines[i], dialect))
			return engines[i];
	return NULL;
}

const struct engine *
engines_for(const char *address, const char *dialect, struct hs_err *e)
{
	for (size_t i = 0; i < ENGINES; i++)
		if (is_named(engines[i], dialect) &&
		    has_scheme(engines[i], address))
			return engines[i];
	hs_err_set(e, HS_CONFIG,
	    "address: it is postgres://USER@HOST/DATABASE, "
	    "mysql://USER@HOST/DATABASE or sqlite:FILE");
	return NULL;
}
