/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* The grammar of what to fetch. */
#include "object.h"

#include <stdlib.h>
#include <string.h>

#include "path.h"

#define SEARCH                                                               \
	"{\"count\":$N,\"offset\":$A,\"listIds\":[],\"processingTypes\":[]," \
	"\"additionalProperties\":[]}"

static const struct hs_object_kind kinds[] = {
    {"", "id", 100, true, "/crm/objects/$V/$T", "/crm/v3/objects/$T", NULL,
	NULL},
    {"/", "id", 100, false, "/$P", "/$P", "?", NULL},
    {"schemas", "name", 0, false, "/crm-object-schemas/$V/schemas",
	"/crm-object-schemas/v3/schemas", NULL, NULL},
    {"schemas:", "name", 0, false, "/crm-object-schemas/$V/schemas/$T",
	"/crm-object-schemas/v3/schemas/$T", ".", NULL},
    {"owners", "id", 100, true, "/crm/owners/$V", "/crm/v3/owners", NULL, NULL},
    {"properties:", "name", 0, false, "/crm/properties/$V/$T",
	"/crm/v3/properties/$T", NULL, NULL},
    {"pipelines:", "id", 0, false, "/crm/pipelines/$V/$T",
	"/crm/v3/pipelines/$T", NULL, NULL},
    {"objects", "objectTypeId", 0, false, "/crm/limits/$V/records",
	"/crm/limits/v3/records",
	"hubspotDefinedObjectTypes,customObjectTypes.byObjectType", NULL},
    {"lists", "listId", 500, false, "/crm/lists/$V/search",
	"/crm/v3/lists/search", "lists", SEARCH},
    {"memberships:", "recordId", 100, false, "/crm/lists/$V/$T/memberships",
	"/crm/v3/lists/$T/memberships", NULL, NULL},
    /* The dated path is a guess, after that of users. */
    {"teams", "id", 0, false, "/settings/users/$V/teams",
	"/settings/v3/users/teams", NULL, NULL},
};
#define KINDS (sizeof kinds / sizeof *kinds)

static const struct {
	const char *name;
	const char *id;
} standard[] = {
    {"companies", "0-2"},
    {"contacts", "0-1"},
    {"deals", "0-3"},
    {"tickets", "0-5"},
    {"products", "0-7"},
    {"quotes", "0-14"},
    {"line_items", "0-8"},
    {"invoices", "0-53"},
    {"subscriptions", "0-69"},
    {"orders", "0-123"},
    {"carts", "0-142"},
    {"leads", "0-136"},
    {"calls", "0-48"},
    {"emails", "0-49"},
    {"meetings", "0-47"},
    {"notes", "0-46"},
    {"tasks", "0-27"},
    {"communications", "0-18"},
    {"postal_mail", "0-116"},
    {"feedback_submissions", "0-19"},
    {"goal_targets", "0-74"},
    {"users", "0-115"},
    {"appointments", "0-421"},
    {"courses", "0-410"},
    {"listings", "0-420"},
    {"services", "0-162"},
    {"projects", "0-970"},
    {"discounts", "0-84"},
    {"fees", "0-85"},
    {"taxes", "0-86"},
    {"commerce_payments", "0-101"},
    {"contracts", "0-721"},
    {"marketing_events", "0-54"},
    /* Known by their names alone. */
    {"partner_clients", "partner_clients"},
    {"partner_services", "partner_services"},
};
#define STANDARD (sizeof standard / sizeof *standard)

/* Whether something follows the kind's name. */
static bool
has_type(const struct hs_object_kind *k)
{
	size_t n = strlen(k->name);

	return n == 0 || strchr(":/", k->name[n - 1]);
}

const struct hs_object_kind *
hs_object_kind_of(const char *stream)
{
	for (size_t i = 1; i < KINDS; i++) {
		const struct hs_object_kind *k = &kinds[i];

		if (has_type(k) ? strncmp(stream, k->name, strlen(k->name)) == 0
				: strcmp(stream, k->name) == 0)
			return k;
	}
	return &kinds[0];
}

const char *
hs_object_standard(const char *name)
{
	for (size_t i = 0; i < STANDARD; i++)
		if (strcmp(standard[i].name, name) == 0)
			return standard[i].id;
	return NULL;
}

/* Whether the text of n bytes is the singular of a plural of m. */
static bool
is_singular(const char *s, size_t n, const char *plural, size_t m)
{
	if (m < 4 || n + 1 > m || plural[m - 1] != 's')
		return false;
	if (strcmp(plural + m - 3, "ies") == 0)
		return n == m - 2 && memcmp(s, plural, n - 1) == 0 &&
		       s[n - 1] == 'y';
	if (strcmp(plural + m - 3, "xes") == 0)
		return n == m - 2 && memcmp(s, plural, n) == 0;
	return n == m - 1 && memcmp(s, plural, n) == 0;
}

/* The standard name that the text of n bytes is the singular of, or NULL. */
static const char *
plural_of(const char *s, size_t n)
{
	for (size_t i = 0; i < STANDARD; i++)
		if (is_singular(
			s, n, standard[i].name, strlen(standard[i].name)))
			return standard[i].name;
	return NULL;
}

/* The kind that a text names, in the plural or the singular, and what follows
 * the name. */
static const struct hs_object_kind *
kind_of(const char *text, const char **rest)
{
	const struct hs_object_kind *k = hs_object_kind_of(text);
	size_t n = strcspn(text, ":");

	*rest = text + strlen(k->name);
	for (size_t i = 2; k == &kinds[0] && i < KINDS; i++) {
		size_t m = strcspn(kinds[i].name, ":");

		if (!is_singular(text, n, kinds[i].name, m) ||
		    (text[n] == ':') != has_type(&kinds[i]))
			continue;
		*rest = text + n + (text[n] == ':');
		return &kinds[i];
	}
	return k;
}

const char *
hs_object_standard_name(size_t i)
{
	return i < STANDARD ? standard[i].name : NULL;
}

static size_t
digits(const char *s)
{
	return strspn(s, "0123456789");
}

bool
hs_object_exact(const char *s)
{
	if ((s[0] == '0' || s[0] == '2') && s[1] == '-')
		return digits(s + 2) > 0 && s[2 + digits(s + 2)] == '\0';
	if (s[0] != 'p')
		return false;
	size_t n = digits(s + 1);
	return n > 0 && s[1 + n] == '_' && s[2 + n] != '\0';
}

static bool
is_name_char(char c)
{
	return (unsigned char)c >= ' ' && c != 127 && !strchr(":,/?#", c);
}

/* A copy of the name of n bytes at s, the standard one for its singular; NULL
 * with e filled when it is none. */
static char *
name(const char *s, size_t n, bool custom, struct hs_err *e)
{
	const char *plural = custom ? NULL : plural_of(s, n);
	size_t good = 0;

	if (plural) {
		s = plural;
		n = strlen(plural);
	}
	while (good < n && is_name_char(s[good]))
		good++;
	if (n == 0) {
		hs_err_set(e, HS_USAGE, "a name in it is empty");
	} else if (n > HS_OBJECT_NAME_MAX) {
		hs_err_set(e, HS_USAGE, "a name in it is longer than %d bytes",
		    HS_OBJECT_NAME_MAX);
	} else if (good < n) {
		hs_err_set(e, HS_USAGE,
		    "a name in it has a character that no name may have");
	} else {
		char *copy = strndup(s, n);
		if (!copy)
			hs_err_mem(e, "object");
		return copy;
	}
	return NULL;
}

static bool
take_prefix(const char **s, const char *prefix)
{
	size_t n = strlen(prefix);

	if (strncmp(*s, prefix, n) != 0)
		return false;
	*s += n;
	return true;
}

int
hs_object_assoc(struct hs_object *o, const char *s, struct hs_err *e)
{
	for (;;) {
		bool custom = take_prefix(&s, "custom:");
		size_t n = strcspn(s, ",");
		if (o->assocs == HS_OBJECT_ASSOCS)
			return hs_err_set(e, HS_USAGE,
			    "more than %d associated types", HS_OBJECT_ASSOCS);
		char *one = name(s, n, custom, e);
		if (!one)
			return hs_err_at(e, "associations");
		o->assoc_custom[o->assocs] = custom;
		o->assoc[o->assocs++] = one;
		if (s[n] == '\0')
			return 0;
		s += n + 1;
	}
}

static int
typed(struct hs_object *o, const char *s, struct hs_err *e)
{
	o->custom = take_prefix(&s, "custom:");
	size_t n = strcspn(s, ":");
	o->type = name(s, n, o->custom, e);
	if (!o->type)
		return -1;
	if (s[n] == '\0')
		return 0;
	if (!o->records)
		return hs_err_set(
		    e, HS_USAGE, "only records have associations");
	return hs_object_assoc(o, s + n + 1, e);
}

/* What lists of the API have in the place of a type. */
static int
numbered(struct hs_object *o, const char *s, struct hs_err *e)
{
	if (digits(s) == 0 || s[digits(s)] != '\0' || digits(s) > 18)
		return hs_err_set(e, HS_USAGE,
		    "a list has a number; hs-fetch lists shows them (listId)");
	o->type = strdup(s);
	return o->type ? 0 : hs_err_mem(e, "object");
}

int
hs_object_parse(struct hs_object *o, const char *text, struct hs_err *e)
{
	const char *rest;
	int r = 0;

	memset(o, 0, sizeof *o);
	o->kind = kind_of(text, &rest);
	o->records = o->kind == &kinds[0];
	o->path = o->kind == &kinds[1];
	if (o->path)
		r = hs_path_parse(rest, &o->type, &o->query, &o->limit, e);
	else if (o->records && strstr(text, "://"))
		r = hs_err_set(e, HS_USAGE,
		    "a path begins with a slash and has no host, which "
		    "--base-url names");
	else if (strcmp(o->kind->name, "memberships:") == 0)
		r = numbered(o, rest, e);
	else if (has_type(o->kind))
		r = typed(o, rest, e);
	return r < 0 ? hs_err_at(e, "object \"%.300s\"", text) : 0;
}

void
hs_object_free(struct hs_object *o)
{
	free(o->type);
	free(o->query);
	for (size_t i = 0; i < o->assocs; i++)
		free(o->assoc[i]);
	memset(o, 0, sizeof *o);
}
