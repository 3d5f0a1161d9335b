/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* What the API's refusals say, in words and exit statuses. */
#include "session.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "retry.h"

#define BODY_MAX ((size_t)1 << 20) /* of an error that is read */

void
hs_crm_blot(const char *token, char *text)
{
	static const char blot[] = "[token]";
	size_t n = strlen(token), m = sizeof(blot) - 1;
	char *p = text;

	while (n > 0 && (p = strstr(p, token)) != NULL) {
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
parse(const struct hs_request *r)
{
	if (r->body.len == 0 || r->body.len > BODY_MAX)
		return NULL;
	return cJSON_ParseWithLength(r->body.data, r->body.len);
}

/* A token that a server echoes stays secret: before anything is cut. */
static void
blot_strings(const char *token, cJSON *j)
{
	cJSON *one;

	cJSON_ArrayForEach(one, j)
	{
		if (cJSON_IsString(one))
			hs_crm_blot(token, one->valuestring);
		else
			blot_strings(token, one);
	}
}

static const char *
text_of(const cJSON *j, const char *name)
{
	const char *s =
	    cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(j, name));

	return s != NULL ? s : "";
}

bool
hs_crm_daily_limit(const struct hs_request *r)
{
	cJSON *j = parse(r);
	const char *policy = text_of(j, "policyName");
	bool daily = strcasecmp(policy, "DAILY") == 0;

	if (policy[0] == '\0')
		daily = strcasestr(text_of(j, "message"), "daily") != NULL;
	cJSON_Delete(j);
	return daily;
}

static void
add(char *dst, size_t size, const char *more)
{
	size_t n = strlen(dst);

	snprintf(dst + n, size - n, "%s", more);
}

/* The scopes that any errors[].context names, of which one suffices. */
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

/* The API's own words: its message, or nothing for HTML and the like. */
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

		snprintf(more, sizeof(more), " (correlation id %.40s)", id);
		add(dst, size, more);
	}
}

static int
refused(const struct hs_call *c, const cJSON *j, const char *words,
    struct hs_err *e)
{
	char list[600];

	scopes(j, list, sizeof(list));
	if (list[0] != '\0')
		return hs_err_set(e, HS_REFUSED,
		    "the token lacks a scope: %d%s; give the app one of: %s",
		    c->request.status, words, list);
	if (c->request.status == 403)
		return hs_err_set(e, HS_REFUSED,
		    "the token may not do this: 403%s; check the app's scopes",
		    words);
	return hs_err_set(e, HS_REFUSED,
	    "the token was refused: %d%s; check that it is current",
	    c->request.status, words);
}

static int
limited(const struct hs_call *c, const char *words, struct hs_err *e)
{
	if (hs_crm_daily_limit(&c->request))
		return hs_err_set(e, HS_LATER,
		    "the account's daily limit is used up: 429%s; it resets at "
		    "midnight in the account's time zone, run again after that "
		    "(with -o FILE --resume it goes on where it stopped)",
		    words);
	return hs_err_set(
	    e, HS_LATER, "too many requests: 429%s; try again later", words);
}

static int
by_status(const struct hs_call *c, const cJSON *j, struct hs_err *e)
{
	const struct hs_request *r = &c->request;
	char words[800];
	int s = r->status;

	own_words(j, words, sizeof(words));
	if (s == 401 || s == 403 || s == 530)
		return refused(c, j, words, e);
	if (s == 429)
		return limited(c, words, e);
	if (s >= 300 && s < 400)
		return hs_err_set(e, HS_PROTOCOL,
		    "refused to be redirected (%d) to %s; check the base URL",
		    s, r->location[0] ? r->location : "nowhere");
	if (s == 404 ||
	    (s == 400 && strstr(words, "Unable to infer object type") != NULL))
		return hs_err_set(
		    e, HS_NOOBJECT, "no such object: %d%s", s, words);
	if (s == 477 && r->after_ms > 0)
		return hs_err_set(e, HS_LATER,
		    "the account is being moved: 477%s; try again in %ld "
		    "minutes",
		    words, r->after_ms / 60000 + 1);
	if (hs_retry_passing(s) || s >= 500)
		return hs_err_set(e, HS_LATER,
		    "the API answered %d%s; try again later", s, words);
	return hs_err_set(e, HS_PROTOCOL, "the API answered %d%s", s, words);
}

int
hs_crm_error(
    const struct hs_crm *crm, const struct hs_call *c, struct hs_err *e)
{
	const struct hs_request *r = &c->request;

	if (r->result == HS_HTTP_ANSWERED) {
		cJSON *j = parse(r);

		blot_strings(crm->options.token, j);
		by_status(c, j, e);
		cJSON_Delete(j);
	} else if (r->result == HS_HTTP_PASSING) {
		hs_err_set(e, HS_LATER, "no whole answer: %s", r->why);
	} else {
		hs_err_set(e, HS_PROTOCOL, "no usable answer: %s", r->why);
	}
	hs_err_at(e, "%s", c->what);
	hs_crm_blot(crm->options.token, e->text);
	return -1;
}
