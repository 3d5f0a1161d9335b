/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* From a pipeline document to the programs that run it. */
#include "command.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "loader.h"
#include "object.h"
#include "paths.h"

#define PAGE_MAX 100 /* records, as hs-fetch --page-size takes them */

/* A command while it is made, and what it is made from. */
struct maker {
	struct command *c;
	const struct pipeline *p;
	const struct site *site;
	const char *mode; /* replace or merge */
	const char *key;  /* columns that identify a row in a merge */
	struct hs_err *e;
};

static int
no_memory(struct maker *m)
{
	return hs_err_mem(m->e, "a command");
}

static int
at(struct maker *m, enum setting_id id)
{
	return pipeline_at(m->p, id, m->e);
}

/* Adds a program to the pipe. */
static struct stage *
add_stage(struct maker *m, const char *name, enum hs_kind if_missing)
{
	struct stage *s = &m->c->stage[m->c->stages++];

	return stage_set(s, name, m->site->bin, if_missing, m->e) < 0 ? NULL
								      : s;
}

static int
add_arg(struct maker *m, struct stage *s, const char *arg)
{
	return stage_arg(s, arg, m->e);
}

static int
add_option(
    struct maker *m, struct stage *s, const char *option, const char *value)
{
	return add_arg(m, s, option) < 0 ? -1 : add_arg(m, s, value);
}

/* The token: the address's only parameter. */
static const struct hs_param *
find_token(struct maker *m, const struct hs_address *a)
{
	const struct hs_param *token = hs_address_param(a, "api_key");

	if (!token)
		token = hs_address_param(a, "service_key");
	if (token && *token->value && a->params == 1 && *a->path == '\0' &&
	    (!a->authority || *a->authority == '\0'))
		return token;
	hs_err_set(m->e, HS_CONFIG,
	    "HubSpot's address is hubspot://?api_key={HUBSPOT_API_KEY} and "
	    "nothing else");
	return NULL;
}

/* Notes a variable that is not set: an error only when the pipeline runs. */
static int
note_unset(struct maker *m, const char *text, enum setting_id id)
{
	char **unset = &m->c->unset[id == SET_SINK];
	struct hs_address filled;
	struct hs_err e;

	if (hs_address_parse(&filled, text, true, &e) == 0) {
		hs_address_free(&filled);
		return 0;
	}
	pipeline_at(m->p, id, &e);
	*unset = strdup(e.text);
	return *unset ? 0 : no_memory(m);
}

/* Adds an option if the pipeline has the setting; a flag has no value. */
static int
add_setting(
    struct maker *m, struct stage *s, const char *option, enum setting_id id)
{
	const char *text = setting(m->p, id);
	bool flag = id == SET_ARCHIVED || id == SET_REPLACE_INVALID;

	if (flag)
		return setting_is_true(m->p, id) ? add_arg(m, s, option) : 0;
	return text ? add_option(m, s, option, text) : 0;
}

/* HubSpot's pages are no larger than PAGE_MAX, whatever is asked for. */
static int
add_page_size(struct maker *m, struct stage *s)
{
	const char *text = setting(m->p, SET_PAGE_SIZE);

	if (!text || strtoul(text, NULL, 10) > PAGE_MAX)
		return 0;
	return add_option(m, s, "--page-size", text);
}

static int
make_fetch(struct maker *m)
{
	struct place place;
	const struct hs_param *token = NULL;

	if (place_source(
		&place, setting(m->p, SET_SOURCE), &m->site->depots, m->e) == 0)
		token = find_token(m, &place.a);
	if (!token) {
		place_free(&place);
		return at(m, SET_SOURCE);
	}
	struct stage *s = add_stage(m, "hs-fetch", HS_SYSTEM);
	int rc = s ? 0 : -1;
	if (s && token->literal) {
		m->c->token = strdup(token->value);
		m->c->in_file = place.text == setting(m->p, SET_SOURCE);
		rc = m->c->token ? 0 : no_memory(m);
	} else if (s) {
		rc = add_option(m, s, "--address", place.text);
		if (rc == 0)
			rc = note_unset(m, place.text, SET_SOURCE);
	}
	place_free(&place);
	if (rc < 0 || add_setting(m, s, "--properties", SET_PROPERTIES) < 0 ||
	    add_setting(m, s, "--history", SET_HISTORY) < 0 ||
	    add_setting(m, s, "--archived", SET_ARCHIVED) < 0 ||
	    add_page_size(m, s) < 0)
		return -1;
	return add_arg(m, s, setting(m->p, SET_OBJECT));
}

static int
find_key(struct maker *m)
{
	const char *text = setting(m->p, SET_OBJECT);
	struct hs_object o;
	int rc = hs_object_parse(&o, text, m->e);

	/* hs-fetch would read it as an option. */
	if (rc == 0 && *text == '-')
		rc =
		    hs_err_set(m->e, HS_CONFIG, "no such object: %.200s", text);
	if (rc == 0 && o.path)
		rc = hs_err_set(m->e, HS_CONFIG,
		    "a pipeline names an object; a path of the API is read "
		    "with hs-fetch: %.200s",
		    text);
	if (rc == 0)
		m->key = o.kind->key;
	hs_object_free(&o);
	if (rc < 0) {
		m->e->kind = HS_CONFIG;
		return at(m, SET_OBJECT);
	}
	if (setting(m->p, SET_KEY))
		m->key = setting(m->p, SET_KEY);
	return 0;
}

static bool
is_merge(const struct maker *m)
{
	return strcmp(m->mode, "merge") == 0;
}

static int
find_mode(struct maker *m)
{
	const char *s = setting(m->p, SET_STRATEGY);

	m->mode = s ? s : "replace";
	if (is_merge(m) && setting(m->p, SET_MAX_REMOVED)) {
		hs_err_set(m->e, HS_CONFIG,
		    "a merge removes no rows; max_removed goes with replace");
		return at(m, SET_MAX_REMOVED);
	}
	if (is_merge(m) || strcmp(m->mode, "replace") == 0)
		return 0;
	if (strcmp(s, "append") == 0)
		hs_err_set(m->e, HS_CONFIG,
		    "append would add every record again on every run, since "
		    "HubSpot is read as a full snapshot; write replace or "
		    "merge");
	else
		hs_err_set(m->e, HS_CONFIG,
		    "unknown incremental_strategy %.200s; write replace or "
		    "merge",
		    s);
	return at(m, SET_STRATEGY);
}

/* As asprintf(), with *text NULL when it fails. */
__attribute__((format(printf, 3, 4))) static int
format(struct maker *m, char **text, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	int n = vasprintf(text, fmt, ap);
	va_end(ap);
	if (n >= 0)
		return 0;
	*text = NULL;
	return no_memory(m);
}

/* The folder folder/schema and the table in it, table.csv. */
static int
name_table(struct maker *m, const char *folder)
{
	struct command *c = m->c;
	const char *table = setting(m->p, SET_TABLE), *dot = strchr(table, '.');
	size_t n = strlen(folder);

	while (n > 0 && folder[n - 1] == '/')
		n--;
	/* So that a folder that begins with a dash is not read as an
	 * option. */
	if (format(m, &c->dir, "%s%.*s/%.*s", *folder == '-' ? "./" : "",
		(int)n, folder, (int)(dot - table), table) < 0)
		return -1;
	return format(m, &c->target, "%s/%s.csv", c->dir, dot + 1);
}

/* table.schema.json beside it, or what that is a link to, and the file that
 * will be renamed to it. */
static int
name_schema(struct maker *m)
{
	struct command *c = m->c;
	int n = (int)(strlen(c->target) - strlen(".csv"));

	if (format(m, &c->schema, "%.*s.schema.json", n, c->target) < 0)
		return -1;
	char *real = follow_link(c->schema);
	if (!real)
		return no_memory(m);
	free(c->schema);
	c->schema = real;
	const char *slash = strrchr(c->schema, '/');
	const char *name = slash ? slash + 1 : c->schema;
	return format(m, &c->schema_new, "%.*s.%s.%ld", (int)(name - c->schema),
	    c->schema, name, (long)getpid());
}

static int
add_loader_settings(struct maker *m, struct stage *s)
{
	if (add_setting(m, s, "--replace-invalid", SET_REPLACE_INVALID) < 0)
		return -1;
	return add_setting(m, s, "--max-removed", SET_MAX_REMOVED);
}

static int
make_files(struct maker *m, const char *folder)
{
	if (name_table(m, folder) < 0 || name_schema(m) < 0)
		return -1;
	struct stage *s = add_stage(m, "hs-schema", HS_SYSTEM);
	if (!s || add_option(m, s, "-o", m->c->schema_new) < 0 ||
	    add_setting(m, s, "--replace-invalid", SET_REPLACE_INVALID) < 0)
		return -1;
	s = add_stage(m, "hs-load-csv", HS_SYSTEM);
	if (!s || add_option(m, s, "-m", m->mode) < 0)
		return -1;
	if ((is_merge(m) || setting(m->p, SET_MAX_REMOVED)) &&
	    add_option(m, s, "-k", m->key) < 0)
		return -1;
	if (add_loader_settings(m, s) < 0)
		return -1;
	return add_arg(m, s, m->c->target);
}

/* Adds the loader's address: a server's without its password, which goes by
 * the environment. */
static int
add_address(struct maker *m, struct stage *s, const struct place *place)
{
	char *text = NULL;

	m->c->secret_name = loader_secret(place);
	if (!m->c->secret_name)
		return add_option(m, s, "--address", place->text);
	int rc = place_hide_password(place, &text, &m->c->secret, m->e);
	if (rc == 0)
		rc = add_option(m, s, "--address", text);
	free(text);
	return rc;
}

static int
make_other(struct maker *m, const struct place *place)
{
	const char *scheme = place->a.scheme;
	char name[LOADER_NAME];

	if (loader_name(place, name, m->e) < 0)
		return at(m, SET_SINK);
	m->c->password = !loader_secret(place) && place_has_password(place);
	struct stage *s = add_stage(m, name, HS_CONFIG);
	if (!s)
		return at(m, SET_SINK);
	if (note_unset(m, place->text, SET_SINK) < 0 ||
	    add_address(m, s, place) < 0 ||
	    add_option(m, s, "--table", setting(m->p, SET_TABLE)) < 0 ||
	    add_option(m, s, "--mode", m->mode) < 0 ||
	    add_option(m, s, "--key", m->key) < 0 ||
	    add_loader_settings(m, s) < 0)
		return -1;
	return format(
	    m, &m->c->target, "%s %s", scheme, setting(m->p, SET_TABLE));
}

static int
make_sink(struct maker *m)
{
	const char *table = setting(m->p, SET_TABLE), *fault = NULL;
	struct place place;
	int rc =
	    place_sink(&place, setting(m->p, SET_SINK), &m->site->depots, m->e);

	if (rc < 0)
		rc = at(m, SET_SINK);
	else if ((fault = loader_table_fault(table, &place))) {
		hs_err_set(m->e, HS_CONFIG, "%s", fault);
		rc = at(m, SET_TABLE);
	} else if (!add_stage(m, "hs-flatten", HS_SYSTEM))
		rc = -1;
	else
		rc = place.folder ? make_files(m, place.folder)
				  : make_other(m, &place);
	place_free(&place);
	return rc;
}

int
command_make(struct command *c, const struct pipeline *p,
    const struct site *site, struct hs_err *e)
{
	struct maker m = {c, p, site, NULL, NULL, e};

	*c = (struct command){.pipeline = p, .to_stdout = !p->has_sink};
	if (find_key(&m) < 0 || find_mode(&m) < 0 || make_fetch(&m) < 0)
		return -1;
	if (p->has_sink)
		return make_sink(&m);
	c->target = strdup("standard output");
	return c->target ? 0 : no_memory(&m);
}

void
command_free(struct command *c)
{
	for (size_t i = 0; i < c->stages; i++)
		stage_free(&c->stage[i]);
	if (c->token)
		explicit_bzero(c->token, strlen(c->token));
	free(c->token);
	if (c->secret)
		explicit_bzero(c->secret, strlen(c->secret));
	free(c->secret);
	free(c->dir);
	free(c->target);
	free(c->schema);
	free(c->schema_new);
	free(c->unset[0]);
	free(c->unset[1]);
	*c = (struct command){0};
}
