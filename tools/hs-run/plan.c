/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* From a pipeline document to the programs that run it. */
#include "plan.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "object.h"
#include "program.h"

/* One plan in the making, and what it is made from. */
struct planner {
	struct hs_plan *plan;
	const struct hs_pipeline *p;
	const struct hs_site *site;
	const char *mode; /* replace or merge */
	const char *key;  /* what a merge goes by */
	struct hs_err *e;
};

static int
no_memory(struct planner *m)
{
	return hs_err_mem(m->e, "a plan");
}

static int
at(struct planner *m, const struct hs_setting *s)
{
	return hs_config_at(m->e, m->p, s);
}

/* Adds a program to the pipe. */
static struct hs_stage *
add_stage(struct planner *m, const char *name, enum hs_kind if_missing)
{
	struct hs_stage *s = &m->plan->stage[m->plan->stages++];

	s->argv[0] = strdup(name);
	s->path = hs_program_find(m->site->bin, name);
	if (s->argv[0] && s->path)
		return s;
	if (errno == ENOENT)
		hs_err_set(m->e, if_missing,
		    "program %s is neither beside hs-run nor in PATH", name);
	else
		no_memory(m);
	return NULL;
}

static int
add_arg(struct planner *m, struct hs_stage *s, const char *arg)
{
	size_t i = 0;

	while (s->argv[i])
		i++;
	if (i + 1 == HS_PLAN_ARGS)
		return hs_err_set(m->e, HS_INTERNAL, "too many arguments");
	s->argv[i] = strdup(arg);
	return s->argv[i] ? 0 : no_memory(m);
}

static int
add_option(struct planner *m, struct hs_stage *s, const char *option,
    const char *value)
{
	return add_arg(m, s, option) < 0 ? -1 : add_arg(m, s, value);
}

/* The address's one parameter, which is the token. */
static const struct hs_param *
find_token(struct planner *m, const struct hs_address *a)
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

/* A variable that isn't set is an error only where the pipeline runs. */
static int
note_unset(struct planner *m, const char *text, const struct hs_setting *s)
{
	struct hs_address filled;
	struct hs_err e;

	if (m->plan->unset)
		return 0;
	if (hs_address_parse(&filled, text, true, &e) == 0) {
		hs_address_free(&filled);
		return 0;
	}
	hs_config_at(&e, m->p, s);
	m->plan->unset = strdup(e.text);
	return m->plan->unset ? 0 : no_memory(m);
}

static int
plan_fetch(struct planner *m)
{
	struct hs_place place;
	const struct hs_param *token = NULL;

	if (hs_depot_source(
		&place, m->p->source.text, &m->site->depots, m->e) == 0)
		token = find_token(m, &place.a);
	if (!token) {
		hs_place_free(&place);
		return at(m, &m->p->source);
	}
	struct hs_stage *s = add_stage(m, "hs-fetch", HS_SYSTEM);
	int rc = s ? 0 : -1;
	if (s && token->literal) {
		m->plan->token = strdup(token->value);
		m->plan->in_file = place.text == m->p->source.text;
		rc = m->plan->token ? 0 : no_memory(m);
	} else if (s) {
		rc = add_option(m, s, "--address", place.text);
		if (rc == 0)
			rc = note_unset(m, place.text, &m->p->source);
	}
	hs_place_free(&place);
	return rc < 0 ? -1 : add_arg(m, s, m->p->object.text);
}

static int
find_key(struct planner *m)
{
	struct hs_object o;
	const char *text = m->p->object.text;
	int rc = hs_object_parse(&o, text, m->e);

	/* On a command line it would be an option. */
	if (rc == 0 && *text == '-')
		rc =
		    hs_err_set(m->e, HS_CONFIG, "no such object: %.200s", text);
	hs_object_free(&o);
	if (rc < 0) {
		m->e->kind = HS_CONFIG;
		return at(m, &m->p->object);
	}
	m->key = m->p->key.text ? m->p->key.text : hs_object_kind_of(text)->key;
	return 0;
}

static int
find_mode(struct planner *m)
{
	const char *s = m->p->strategy.text;

	m->mode = s ? s : "replace";
	if (!s || strcmp(s, "replace") == 0 || strcmp(s, "merge") == 0)
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
	return at(m, &m->p->strategy);
}

/* A table's name is the end of a path: no part of it may be empty, which
 * keeps out "..", hidden files and, with the slash, other folders.  Control
 * characters were refused with the document. */
static const char *
fault_in_table(const char *name, bool is_file)
{
	size_t parts = 0;

	if (strchr(name, '/'))
		return "a table's name has no / in it";
	for (const char *p = name;; p++) {
		size_t n = strcspn(p, ".");
		if (n == 0)
			return "a part of the table's name is empty";
		if (n > HS_PLAN_NAME)
			return "a part of the table's name is longer than "
			       "200 bytes";
		parts++;
		p += n;
		if (*p == '\0')
			break;
	}
	return is_file && parts != 2 ? "a table is named SCHEMA.TABLE" : NULL;
}

/* folder/schema and folder/schema/table.csv */
static int
name_files(struct planner *m, const char *folder, char **schema_file)
{
	struct hs_plan *plan = m->plan;
	const char *table = m->p->table.text, *dot = strchr(table, '.');
	size_t n = strlen(folder);

	while (n > 0 && folder[n - 1] == '/')
		n--;
	/* A folder that starts with a dash is no option. */
	if (asprintf(&plan->dir, "%s%.*s/%.*s", *folder == '-' ? "./" : "",
		(int)n, folder, (int)(dot - table), table) < 0) {
		plan->dir = NULL;
		return no_memory(m);
	}
	if (asprintf(&plan->target, "%s/%s.csv", plan->dir, dot + 1) < 0) {
		plan->target = NULL;
		return no_memory(m);
	}
	if (asprintf(schema_file, "%s/%s.schema.json", plan->dir, dot + 1) < 0)
		return no_memory(m);
	return 0;
}

static int
plan_files(struct planner *m, const char *folder)
{
	char *schema_file = NULL;

	if (name_files(m, folder, &schema_file) < 0)
		return -1;
	struct hs_stage *s = add_stage(m, "hs-schema", HS_SYSTEM);
	int rc = s ? add_option(m, s, "-o", schema_file) : -1;
	free(schema_file);
	s = rc == 0 ? add_stage(m, "hs-load-csv", HS_SYSTEM) : NULL;
	if (!s || add_option(m, s, "-m", m->mode) < 0)
		return -1;
	if (strcmp(m->mode, "merge") == 0 && add_option(m, s, "-k", m->key) < 0)
		return -1;
	return add_arg(m, s, m->plan->target);
}

/* user:password@, with nothing in it that stands for a variable. */
static bool
has_password(const struct hs_address *a)
{
	const char *at_sign = a->authority ? strchr(a->authority, '@') : NULL;
	const char *colon = at_sign ? strchr(a->authority, ':') : NULL;

	return colon && colon < at_sign && colon[1] != '{' && colon[1] != '$';
}

static int
plan_other(struct planner *m, const struct hs_place *place)
{
	char name[64];
	int n = snprintf(name, sizeof(name), "hs-load-%s", place->a.scheme);

	if (n < 0 || (size_t)n >= sizeof(name)) {
		hs_err_set(m->e, HS_CONFIG, "the address's scheme is too long");
		return at(m, &m->p->sink);
	}
	m->plan->password = has_password(&place->a);
	struct hs_stage *s = add_stage(m, name, HS_CONFIG);
	if (!s)
		return at(m, &m->p->sink);
	if (note_unset(m, place->text, &m->p->sink) < 0 ||
	    add_option(m, s, "--address", place->text) < 0 ||
	    add_option(m, s, "--table", m->p->table.text) < 0 ||
	    add_option(m, s, "--mode", m->mode) < 0 ||
	    add_option(m, s, "--key", m->key) < 0)
		return -1;
	if (asprintf(&m->plan->target, "%s %s", place->a.scheme,
		m->p->table.text) >= 0)
		return 0;
	m->plan->target = NULL;
	return no_memory(m);
}

static int
plan_sink(struct planner *m)
{
	struct hs_place place;
	int rc = hs_depot_sink(&place, m->p->sink.text, &m->site->depots, m->e);
	const char *fault = NULL;

	if (rc < 0)
		rc = at(m, &m->p->sink);
	else if ((fault = fault_in_table(m->p->table.text, place.folder))) {
		hs_err_set(m->e, HS_CONFIG, "%s", fault);
		rc = at(m, &m->p->table);
	} else if (!add_stage(m, "hs-flatten", HS_SYSTEM))
		rc = -1;
	else
		rc = place.folder ? plan_files(m, place.folder)
				  : plan_other(m, &place);
	hs_place_free(&place);
	return rc;
}

int
hs_plan_make(struct hs_plan *plan, const struct hs_pipeline *p,
    const struct hs_site *site, struct hs_err *e)
{
	struct planner m = {plan, p, site, NULL, NULL, e};

	*plan = (struct hs_plan){.pipeline = p, .to_stdout = !p->has_sink};
	if (find_key(&m) < 0 || find_mode(&m) < 0 || plan_fetch(&m) < 0)
		return -1;
	if (p->has_sink)
		return plan_sink(&m);
	plan->target = strdup("standard output");
	return plan->target ? 0 : no_memory(&m);
}

/* A word as sh reads it back. */
static int
print_word(struct hs_buf *b, const char *s)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
				    "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789_-+./:,@%";

	if (*s && s[strspn(s, plain)] == '\0')
		return hs_buf_puts(b, s);
	int bad = hs_buf_addc(b, '\'');
	for (; *s; s++)
		bad |=
		    *s == '\'' ? hs_buf_puts(b, "'\\''") : hs_buf_addc(b, *s);
	return bad | hs_buf_addc(b, '\'');
}

int
hs_plan_print(const struct hs_plan *plan, struct hs_buf *b)
{
	int bad = 0;

	if (plan->token)
		bad |= hs_buf_printf(b,
		    "# %s: put its token into HUBSPOT_API_KEY first\n",
		    plan->pipeline->label);
	if (plan->dir) {
		bad |= hs_buf_puts(b, "mkdir -p ");
		bad |= print_word(b, plan->dir);
		bad |= hs_buf_puts(b, " && ");
	}
	for (size_t i = 0; i < plan->stages; i++) {
		const struct hs_stage *s = &plan->stage[i];
		bool known = hs_program_is_in_path(s->argv[0], s->path);
		bad |= hs_buf_puts(b, i ? " | " : "");
		bad |= print_word(b, known ? s->argv[0] : s->path);
		for (char *const *a = s->argv + 1; *a; a++)
			bad |= hs_buf_addc(b, ' ') | print_word(b, *a);
	}
	return bad | hs_buf_addc(b, '\n');
}

void
hs_plan_free(struct hs_plan *plan)
{
	for (size_t i = 0; i < plan->stages; i++) {
		for (char **a = plan->stage[i].argv; *a; a++)
			free(*a);
		free(plan->stage[i].path);
	}
	if (plan->token)
		explicit_bzero(plan->token, strlen(plan->token));
	free(plan->token);
	free(plan->dir);
	free(plan->target);
	free(plan->unset);
	*plan = (struct hs_plan){0};
}
