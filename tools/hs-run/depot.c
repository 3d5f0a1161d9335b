/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Depots: names for addresses. */
#include "depot.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "grow.h"

static bool
is_name(struct hs_span s)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
				    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";

	return s.len > 0 && s.len <= DEPOT_NAME_MAX && s.p[0] != '-' &&
	       strspn(s.p, plain) >= s.len;
}

/* Whether it is HubSpot's address with the token written out. */
static bool
is_literal(const char *address)
{
	struct hs_address a;
	bool literal = false;

	/* It may be a folder, or wrong, which is seen when it is used. */
	if (hs_address_parse(&a, address, false, NULL) < 0)
		return false;
	for (size_t i = 0; i < a.params; i++)
		literal |= a.param[i].literal;
	literal &= strcmp(a.scheme, "hubspot") == 0;
	hs_address_free(&a);
	return literal;
}

int
depots_add(struct depots *d, const char *arg, bool *literal, struct hs_err *e)
{
	struct hs_span name = hs_span(arg, strcspn(arg, "="));
	const char *address = arg + name.len + 1;

	if (arg[name.len] == '\0' || *address == '\0' || !is_name(name))
		return hs_err_set(e, HS_USAGE, "%.*s: write NAME=ADDRESS",
		    (int)name.len, arg);
	if (HS_GROW(d->v, d->n, d->cap) < 0)
		return hs_err_mem(e, "depots");
	d->v[d->n++] = (struct depot){name, address};
	*literal = is_literal(address);
	return 0;
}

void
depots_free(struct depots *d)
{
	free(d->v);
	*d = (struct depots){0};
}

static bool
is_scheme(const struct place *place, const char *scheme)
{
	return place->a.scheme && strcmp(place->a.scheme, scheme) == 0;
}

static const char *
find_depot(const struct depots *d, const char *name)
{
	char variable[sizeof("HS_DEPOT_") + DEPOT_NAME_MAX];

	for (size_t i = 0; i < d->n; i++)
		if (hs_span_is(d->v[i].name, name))
			return d->v[i].address;
	snprintf(variable, sizeof variable, "HS_DEPOT_%s", name);
	for (char *c = variable; *c; c++) {
		if (*c >= 'a' && *c <= 'z')
			*c = (char)(*c & ~0x20);
		else if (*c == '-')
			*c = '_';
	}
	return getenv(variable);
}

/* Checks that a is dataos://NAME?purpose=…, with nothing else. */
static int
check_depot(const struct hs_address *a, struct hs_err *e)
{
	if (!a->authority || !is_name(hs_span_str(a->authority)) ||
	    (*a->path && strcmp(a->path, "/") != 0))
		return hs_err_set(e, HS_CONFIG,
		    "a depot's address is dataos://NAME, the name of letters, "
		    "digits, - and _, %d at most",
		    DEPOT_NAME_MAX);
	for (size_t i = 0; i < a->params; i++)
		if (strcmp(a->param[i].name, "purpose") != 0 &&
		    strcmp(a->param[i].name, "acl") != 0)
			return hs_err_set(e, HS_CONFIG,
			    "unknown parameter %s of a depot",
			    a->param[i].name);
	return 0;
}

static int
set_folder(struct place *place, const char *path, struct hs_err *e)
{
	place->folder = strdup(path);
	if (place->folder)
		return 0;
	hs_err_mem(e, "an address");
	return -1;
}

/* Replaces the depot's address by the one that it stands for. */
static int
enter_depot(
    struct place *place, const struct depots *d, bool is_sink, struct hs_err *e)
{
	if (check_depot(&place->a, e) < 0)
		return -1;
	struct hs_address depot = place->a;
	const char *name = depot.authority;
	const char *to = find_depot(d, name);
	int rc = 0;

	place->a = (struct hs_address){0};
	place->text = to;
	if (!to && !is_sink)
		rc = hs_err_set(e, HS_CONFIG,
		    "depot %s is not known; say where it is with -D "
		    "%s='hubspot://?api_key={HUBSPOT_API_KEY}'",
		    name, name);
	else if (!to || *to == '/' || *to == '.')
		rc = set_folder(place, to ? to : name, e);
	else if (hs_address_parse(&place->a, to, false, e) < 0)
		rc = hs_err_at(e, "depot %s", name);
	else if (is_scheme(place, "dataos"))
		rc =
		    hs_err_set(e, HS_CONFIG, "depot %s is another depot", name);
	hs_address_free(&depot);
	return rc;
}

static int
find_place(struct place *place, const char *address, const struct depots *d,
    bool is_sink, struct hs_err *e)
{
	*place = (struct place){.text = address};
	if (hs_address_parse(&place->a, address, false, e) < 0)
		return -1;
	if (is_scheme(place, "dataos"))
		return enter_depot(place, d, is_sink, e);
	return 0;
}

/* The folder of a csv: or file: address. */
static int
find_folder(struct place *place, struct hs_err *e)
{
	struct hs_address a;

	if (hs_address_parse(&a, place->text, true, e) < 0)
		return -1;
	int rc = 0;
	if (a.authority && *a.authority)
		rc = hs_err_set(e, HS_CONFIG,
		    "a folder's address is %s:DIR or %s:///DIR", a.scheme,
		    a.scheme);
	else if (*a.path == '\0')
		rc = hs_err_set(
		    e, HS_CONFIG, "there is no folder in the address");
	else if (a.params > 0)
		rc = hs_err_set(
		    e, HS_CONFIG, "a folder's address has no parameters");
	else
		rc = set_folder(place, a.path, e);
	hs_address_free(&a);
	return rc;
}

int
place_source(struct place *place, const char *address, const struct depots *d,
    struct hs_err *e)
{
	if (find_place(place, address, d, false, e) < 0)
		return -1;
	if (place->folder || !is_scheme(place, "hubspot"))
		return hs_err_set(e, HS_CONFIG,
		    "%s is no source here; HubSpot's address is "
		    "hubspot://?api_key={HUBSPOT_API_KEY}",
		    place->folder ? "a folder" : place->a.scheme);
	return 0;
}

int
place_sink(struct place *place, const char *address, const struct depots *d,
    struct hs_err *e)
{
	if (find_place(place, address, d, true, e) < 0)
		return -1;
	if (place->folder ||
	    (!is_scheme(place, "csv") && !is_scheme(place, "file")))
		return 0;
	return find_folder(place, e);
}

void
place_free(struct place *place)
{
	hs_address_free(&place->a);
	free(place->folder);
	*place = (struct place){0};
}

/* The password of an address as it is written. */
static struct hs_span
find_password(const struct place *place)
{
	const char *p = strstr(place->text, "://");
	const char *end = p ? memrchr(p + 3, '@', strcspn(p + 3, "/?")) : NULL;
	const char *colon =
	    end ? memchr(p + 3, ':', (size_t)(end - p - 3)) : NULL;

	if (!colon || colon[1] == '{' || colon[1] == '$')
		return hs_span(NULL, 0);
	return hs_span(colon + 1, (size_t)(end - colon) - 1);
}

bool
place_has_password(const struct place *place)
{
	return find_password(place).len > 0;
}

int
place_hide_password(
    const struct place *place, char **text, char **password, struct hs_err *e)
{
	struct hs_span secret = find_password(place);
	struct hs_address decoded;
	char *written;

	*text = *password = NULL;
	if (secret.len == 0) {
		*text = strdup(place->text);
		return *text ? 0 : hs_err_mem(e, "an address");
	}
	int before = (int)(secret.p - 1 - place->text);
	if (asprintf(text, "%.*s%s", before, place->text,
		secret.p + secret.len) < 0) {
		*text = NULL;
		return hs_err_mem(e, "an address");
	}
	if (asprintf(&written, "x:%.*s", (int)secret.len, secret.p) < 0)
		return hs_err_mem(e, "an address");
	int rc = hs_address_parse(&decoded, written, false, e);
	explicit_bzero(written, strlen(written));
	free(written);
	if (rc < 0)
		return -1;
	*password = strdup(decoded.path);
	hs_address_free(&decoded);
	return *password ? 0 : hs_err_mem(e, "an address");
}
