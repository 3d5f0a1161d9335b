/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* The bearer token and its scopes. */
#include "auth.h"

#include <microhttpd.h>
#include <stdio.h>
#include <string.h>

#include "answer.h"
#include "properties.h"
#include "server.h"

#define ALTERNATIVES 3

/* pat-REGION-UUID: the form alone. */
static bool
well_formed(const char *token)
{
	static const char uuid[] = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";

	if (strncmp(token, "pat-", 4) != 0)
		return false;
	const char *s = strchr(token + 4, '-');
	if (s == NULL || strlen(++s) != sizeof(uuid) - 1)
		return false;
	for (size_t i = 0; uuid[i]; i++) {
		const char *ok =
		    uuid[i] == '-' ? "-" : "0123456789abcdefABCDEF";
		if (strchr(ok, s[i]) == NULL)
			return false;
	}
	return true;
}

bool
auth_pass(struct request *r, struct answer *a)
{
	const struct manner *m = &r->server->manner;
	const char *header = MHD_lookup_connection_value(
	    r->connection, MHD_HEADER_KIND, "Authorization");
	const char *token = "";

	if (header != NULL && strncmp(header, "Bearer ", 7) == 0)
		token = header + 7;
	if (m->malformed530 && header != NULL && !well_formed(token)) {
		a->status = 530;
		a->type = "text/plain; charset=UTF-8";
		bytes_lit(&a->body, "error code: 1016");
		return false;
	}
	if (m->next_token != NULL && strcmp(token, m->next_token) == 0)
		return true;
	unsigned n = strcmp(token, m->token) ? 0 : ++r->server->authorized;
	if (n == 0 || (m->revoke_after > 0 && n > m->revoke_after)) {
		answer_error(a, 401, "INVALID_AUTHENTICATION",
		    "Authentication credentials not found. This API supports "
		    "OAuth 2.0 authentication and you can find more details at "
		    "https://developers.hubspot.com/docs/methods/auth/"
		    "oauth-overview");
		return false;
	}
	if (m->expired || (m->expire_after > 0 && n > m->expire_after)) {
		answer_error(a, 401, "EXPIRED_AUTHENTICATION",
		    "The OAuth token used to make this call expired 3 day(s) "
		    "ago.");
		return false;
	}
	return true;
}

static bool
has_scope(const char *list, const char *scope)
{
	size_t n = strlen(scope);

	if (list == NULL)
		return true;
	while (*list) {
		size_t len = strcspn(list, ",");
		if (len == n && memcmp(list, scope, n) == 0)
			return true;
		list += len;
		list += *list == ',';
	}
	return false;
}

/* Any one of the scopes suffices. */
static bool
check(struct request *r, struct answer *a, char scopes[][96], size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (has_scope(r->server->manner.scopes, scopes[i]))
			return true;
	answer_error(a, 403, "MISSING_SCOPES",
	    "This app hasn't been granted all required scopes to make this "
	    "call. Read more about required scopes here: "
	    "https://developers.hubspot.com/scopes.");
	a->body.len--;
	bytes_lit(&a->body,
	    ",\"errors\":[{\"message\":\"One or more of the following scopes "
	    "are required.\",\"context\":{\"requiredGranularScopes\":[");
	for (size_t i = 0; i < n; i++)
		bytes_fmt(&a->body, "%s\"%s\"", i ? "," : "", scopes[i]);
	bytes_lit(&a->body, "]}}],\"links\":{\"scopes\":"
			    "\"https://developers.hubspot.com/scopes\"}}");
	return false;
}

bool
auth_scope(struct request *r, struct answer *a, const char *scope)
{
	char scopes[1][96];

	snprintf(scopes[0], sizeof(scopes[0]), "%s", scope);
	return check(r, a, scopes, 1);
}

static size_t
object_scopes(const struct type *t, char scopes[][96])
{
	static const char *const commerce[] = {
	    "products", "quotes", "line_items"};

	if (t->custom) {
		strcpy(scopes[0], "crm.objects.custom.read");
		return 1;
	}
	if (strcmp(t->name, "tickets") == 0) {
		strcpy(scopes[0], "tickets");
		return 1;
	}
	snprintf(scopes[0], 96, "crm.objects.%s.read", t->name);
	for (size_t i = 0; i < 3; i++) {
		if (strcmp(commerce[i], t->name) == 0) {
			strcpy(scopes[1], "e-commerce");
			return 2;
		}
	}
	return 1;
}

bool
auth_type(
    struct request *r, struct answer *a, const struct type *t, bool schema)
{
	char scopes[ALTERNATIVES][96];
	size_t n = 0;

	if (schema && (t == NULL || t->custom))
		strcpy(scopes[n++], "crm.schemas.custom.read");
	else if (schema)
		snprintf(scopes[n++], 96, "crm.schemas.%s.read", t->name);
	if (t != NULL)
		n += object_scopes(t, scopes + n);
	return check(r, a, scopes, n);
}

bool
auth_sensitive(
    struct request *r, struct answer *a, const struct type *t, unsigned degree)
{
	char scope[96];

	snprintf(scope, sizeof(scope), "crm.objects.%s.%s.read.v2",
	    t->custom ? "custom" : t->name, sensitivities[degree]);
	return auth_scope(r, a, scope);
}
