/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Sensitive properties. */
#include "sensitive.h"

#include <stdio.h>
#include <string.h>

#include "ask.h"

static const char *const degree[] = {"sensitive", "highly_sensitive"};
#define DEGREES (sizeof degree / sizeof *degree)

int
sensitive_names(struct session *api, const char *type, struct names *names,
    struct hs_err *e)
{
	for (size_t i = 0; i < DEGREES; i++) {
		char query[64];

		snprintf(query, sizeof query, "?dataSensitivity=%s", degree[i]);
		if (lookup_properties(api, type, query, names, e) < 0)
			return -1;
	}
	return 0;
}

static int
counted(struct call *c, struct hs_err *e)
{
	size_t *n = c->owner;
	cJSON *j = ask_read(&c->request.body, e);

	*n += (size_t)cJSON_GetArraySize(
	    cJSON_GetObjectItemCaseSensitive(j, "results"));
	cJSON_Delete(j);
	return 0;
}

static int
not_counted(struct call *c, struct hs_err *e)
{
	(void)c;
	(void)e;
	return 0;
}

size_t
sensitive_count(struct session *api, const char *type)
{
	struct call call[DEGREES] = {0};
	struct hs_err ignored;
	bool pending = true;
	size_t n = 0;

	for (size_t i = 0; i < DEGREES; i++) {
		struct call *c = &call[i];

		endpoint_list_url(
		    api, &c->url, hs_object_kind_of("properties:"), type);
		hs_buf_printf(&c->url, "?dataSensitivity=%s", degree[i]);
		c->once = true;
		c->request.most = ASK_LIST_BYTES;
		c->done = counted;
		c->failed = not_counted;
		c->owner = &n;
		session_post(api, c);
	}
	while (pending && session_turn(api, &ignored) > 0) {
		pending = false;
		for (size_t i = 0; i < DEGREES; i++)
			pending |= call_pending(&call[i]);
	}
	session_drop(api);
	for (size_t i = 0; i < DEGREES; i++)
		call_free(&call[i]);
	return n;
}

void
sensitive_explain(const char *type, struct hs_err *e)
{
	const char *of =
	    hs_object_exact(type) && type[0] != '0' ? "custom" : type;
	size_t n = strlen(e->text);

	snprintf(e->text + n, sizeof e->text - n,
	    "; sensitive properties take crm.objects.%.40s.sensitive.read.v2 "
	    "and crm.objects.%.40s.highly_sensitive.read.v2",
	    of, of);
}
