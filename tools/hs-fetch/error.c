/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* What the API's refusals say, in words and exit statuses. */
#include "error.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "retry.h"

#define BODY_MAX ((size_t)1 << 20) /* of an error that is read */

void
error_blot(const char *token, char *text)
{
	static const char blot[] = "[token]";
	size_t n = strlen(token), m = sizeof blot - 1;
	char *p = text;

	while (n > 0 && (p = strstr(p, token))) {
		if (n < m) {
			memset(p, '*', n);
			p += n;
			continue;
		}
		memcpy(p, blot, m);
		memmove(p + m, p + n, strlen(p + n) + 1);
		p += m;
	}
}

static cJSON *
parse(const struct request *r)
{
	if (r->body.len == 0 || r->body.len > BODY_MAX)
		return NULL;
	return cJSON_ParseWithLength(r->body.data, r->body.len);
}

/* Hides a token that the server echoes, before any text is cut. */
static void
blot_strings(const char *token, cJSON *j)
{
	cJSON *one;

	cJSON_ArrayForEach(one, j)
	{
		if (cJSON_IsString(one))
			error_blot(token, one->valuestring);
		else
			blot_strings(token, one);
	}
}

static const char *
text_of(const cJSON *j, const char *name)
{
	const char *s =
	    cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(j, name));

	return s ? s : "";
}

bool
error_is_daily(const struct request *r)
{
	cJSON *j = parse(r);
	const char *policy = text_of(j, "policyName");
	bool daily = strcasecmp(policy, "DAILY") == 0;

	if (policy[0] == '\0')
		daily = strcasestr(text_of(j, "message"), "daily");
	cJSON_Delete(j);
	return daily;
}

bool
error_is_expired(const struct request *r)
{
	cJSON *j = parse(r);
	bool expired =
	    strcasecmp(text_of(j, "category"), "EXPIRED_AUTHENTICATION") == 0;

	cJSON_Delete(j);
	return expired;
}

static void
add(char *dst, size_t size, const char *more)
{
	size_t n = strlen(dst);

	snprintf(dst + n, size - n, "%s", more);
}

/* The scopes that errors[].context names; any one of them suffices. */
static void
scopes(const cJSON *j, char *dst, size_t size)
{
	static const char *const names[] = {
	    "requiredGranularScopes", "requiredScopes"};
	const cJSON *error, *scope;

	dst[0] = '\0';
	cJSON_ArrayForEach(error, cJSON_GetObjectItemCaseSensitive(j, "errors"))
	{
		const cJSON *context =
		    cJSON_GetObjectItemCaseSensitive(error, "context");

		for (size_t i = 0; i < 2; i++)
			cJSON_ArrayForEach(scope,
			    cJSON_GetObjectItemCaseSensitive(context, names[i]))
			{
				if (!cJSON_IsString(scope))
					continue;
				add(dst, size, dst[0] ? ", " : "");
				add(dst, size, scope->valuestring);
			}
	}
}

/* The API's message and category; nothing for HTML and the like. */
static void
own_words(const cJSON *j, char *dst, size_t size)
{
	const char *message = text_of(j, "message");
	const char *category = text_of(j, "category");
	const char *id = text_of(j, "correlationId");

	snprintf(dst, size, "%s%.64s%s%.600s", category[0] ? " " : "", category,
	    message[0] ? ": " : "", message);
	if (id[0] != '\0') {
		char more[80];

		snprintf(more, sizeof more, " (correlation id %.40s)", id);
		add(dst, size, more);
	}
}

static int
refused(const struct request *r, const cJSON *j, const char *words,
    struct hs_err *e)
{
	char list[600];

	scopes(j, list, sizeof list);
	if (list[0] != '\0')
		return hs_err_set(e, HS_REFUSED,
		    "the token lacks a scope: %d%s; add one of: %s", r->status,
		    words, list);
	if (r->status == 403)
		return hs_err_set(e, HS_REFUSED,
		    "the token may not do this: 403%s; check its scopes",
		    words);
	return hs_err_set(e, HS_REFUSED,
	    "the token was refused: %d%s; check that it is current", r->status,
	    words);
}

static int
limited(const struct request *r, const char *words, struct hs_err *e)
{
	if (error_is_daily(r))
		return hs_err_set(e, HS_LATER,
		    "the account's daily limit is used up: 429%s; it resets at "
		    "midnight in the account's time zone, run again after that "
		    "(with -o FILE --resume it goes on where it stopped)",
		    words);
	return hs_err_set(
	    e, HS_LATER, "too many requests: 429%s; try again later", words);
}

/* The host and port of a URL. */
static struct hs_span
host_of(const char *url)
{
	const char *host = strstr(url, "//");

	host = host ? host + 2 : url;
	return hs_span(host, strcspn(host, "/"));
}

/* The host of the region that a token like pat-eu1-... names; false when it
 * names none. */
static bool
regional_host(const char *token, char host[64])
{
	char region[8];
	size_t n;

	if (strncmp(token, "pat-", 4) != 0)
		return false;
	n = strcspn(token + 4, "-");
	if (n < 3 || n >= sizeof region || token[4 + n] != '-')
		return false;
	memcpy(region, token + 4, n);
	region[n] = '\0';
	if (strspn(region, "abcdefghijklmnopqrstuvwxyz0123456789") < n)
		return false;
	if (strcmp(region, "na1") == 0)
		strcpy(host, "api.hubapi.com");
	else
		snprintf(host, 64, "api-%s.hubapi.com", region);
	return true;
}

/* 488: the host knows nothing of the account. */
static int
elsewhere(const struct request *r, const char *words, const char *token,
    struct hs_err *e)
{
	struct hs_span asked = host_of(r->url);
	char host[64];

	if (regional_host(token, host) && !hs_span_is(asked, host))
		return hs_err_set(e, HS_CONFIG,
		    "the account is in another region than %.*s: 488%s; the "
		    "token names its region: try --base-url https://%s",
		    (int)asked.len, asked.p, words, host);
	return hs_err_set(e, HS_CONFIG,
	    "the account is in another region than %.*s: 488%s; try --base-url "
	    "with that of the account: https://api.hubapi.com, "
	    "https://api-eu1.hubapi.com, or the same with eu2, na2 or ap1",
	    (int)asked.len, asked.p, words);
}

static int
by_status(const struct request *r, const cJSON *j, const char *token,
    struct hs_err *e)
{
	char words[800];
	int s = r->status;

	own_words(j, words, sizeof words);
	if (s == 488)
		return elsewhere(r, words, token, e);
	if (retry_doubtful(s, r->head.html))
		return hs_err_set(e, HS_LATER,
		    "the request was refused on its way, by a proxy or a "
		    "firewall: %d with a page of HTML, which the API does not "
		    "send; try again later, or ask who runs it",
		    s);
	if (s == 401 || s == 403 || s == 530)
		return refused(r, j, words, e);
	if (s == 429)
		return limited(r, words, e);
	if (s >= 300 && s < 400)
		return hs_err_set(e, HS_PROTOCOL,
		    "refused to be redirected (%d) to %s; check the base URL",
		    s, r->head.location[0] ? r->head.location : "nowhere");
	if (s == 404 ||
	    (s == 400 && strstr(words, "Unable to infer object type")))
		return hs_err_set(
		    e, HS_NOOBJECT, "no such object: %d%s", s, words);
	if (s == 477 && r->head.after_ms > 0)
		return hs_err_set(e, HS_LATER,
		    "the account is being moved: 477%s; try again in %ld "
		    "minutes",
		    words, r->head.after_ms / 60000 + 1);
	if (retry_passing(s) || s >= 500)
		return hs_err_set(e, HS_LATER,
		    "the API answered %d%s; try again later", s, words);
	return hs_err_set(e, HS_PROTOCOL, "the API answered %d%s", s, words);
}

int
error_explain(const struct request *r, const char *what, const char *token,
    struct hs_err *e)
{
	if (r->result == HTTP_ANSWERED) {
		cJSON *j = parse(r);

		blot_strings(token, j);
		by_status(r, j, token, e);
		cJSON_Delete(j);
	} else if (r->result == HTTP_PASSING) {
		hs_err_set(e, HS_LATER, "no complete answer: %s", r->why);
	} else if (r->result == HTTP_UNTRUSTED) {
		struct hs_span host = host_of(r->url);

		hs_err_set(e, HS_CONFIG,
		    "the certificate of %.*s is not trusted: %s; to trust "
		    "another authority, such as a proxy's, set CURL_CA_BUNDLE "
		    "to a file with its certificate",
		    (int)host.len, host.p, r->why);
	} else {
		hs_err_set(e, HS_PROTOCOL, "no usable answer: %s", r->why);
	}
	hs_err_at(e, "%s", what);
	error_blot(token, e->text);
	return -1;
}
