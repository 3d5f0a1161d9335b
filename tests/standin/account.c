/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* The account around the records: owners, pipelines, usage, details. */
#include <stdlib.h>
#include <string.h>

#include "answer.h"
#include "auth.h"
#include "serve.h"
#include "server.h"

#define OWNERS_MAX 500
#define OWNERS_USUAL 100
#define OWNER_ID 71000001
#define USUAL_DAILY 625000

#define BORN                                          \
	"\"createdAt\":\"2019-08-06T02:41:08.029Z\"," \
	"\"updatedAt\":\"2026-10-02T11:12:13Z\",\"archived\":false"

static void
add_owner(struct bytes *b, uint64_t i)
{
	struct facts none = {0};
	uint64_t h = mix(i) | 0xff;

	bytes_fmt(b, "{\"id\":\"%llu\",\"email\":\"owner%llu@example.com\",",
	    (unsigned long long)(OWNER_ID + i * 3), (unsigned long long)i);
	bytes_lit(b, "\"type\":\"PERSON\",\"firstName\":");
	value_add(b, VALUE_FIRST, h << 8, &none);
	bytes_lit(b, ",\"lastName\":");
	value_add(b, VALUE_LAST, (h >> 8) << 8, &none);
	bytes_fmt(b,
	    ",\"userId\":%llu,\"userIdIncludingInactive\":%llu," BORN ",",
	    (unsigned long long)(9000 + i), (unsigned long long)(9000 + i));
	bytes_lit(b,
	    "\"teams\":[{\"id\":\"178588\",\"name\":\"East, \\\"Team\\\"\","
	    "\"primary\":true}]}");
}

void
serve_owners(struct request *r, struct answer *a)
{
	uint64_t limit, from = 0, n = r->server->portal.owners;
	char *after = request_get(r, "after");

	if (after != NULL)
		from = strtoull(after, NULL, 10);
	if (!auth_scope(r, a, "crm.objects.owners.read") ||
	    !request_limit(r, a, OWNERS_USUAL, OWNERS_MAX, &limit))
		goto out;
	if (request_flag(r, "archived"))
		n = 0;
	uint64_t end = from + limit < n ? from + limit : n;
	if (request_spoilt(r, DATA_CUT))
		n = end /= 2;
	bytes_lit(&a->body, "{\"results\":[");
	for (uint64_t i = from; i < end; i++) {
		bytes_str(&a->body, i > from ? "," : "");
		add_owner(&a->body, i);
	}
	bytes_char(&a->body, ']');
	bool again = request_spoilt(r, DATA_CURSOR);
	if (end < n || again)
		request_next(r, a, again ? from : end);
	bytes_char(&a->body, '}');
out:
	free(after);
}

static void
add_pipeline(struct bytes *b, const char *id, int order)
{
	const char *const *stages = kinds[VALUE_STAGE].options;

	bytes_fmt(b,
	    "{\"label\":\"Pipeline %d\",\"displayOrder\":%d,\"id\":\"%s\","
	    "\"stages\":[",
	    order, order, id);
	for (int i = 0; stages[i] != NULL; i++) {
		bytes_fmt(b,
		    "%s{\"label\":\"%s, %s\",\"displayOrder\":%d,"
		    "\"metadata\":{\"isClosed\":\"%s\","
		    "\"probability\":\"0.%d\"},\"id\":\"%s\"," BORN
		    ",\"writePermissions\":\"CRM_PERMISSIONS_ENFORCEMENT\"}",
		    i ? "," : "", order ? "Later stage" : "Stage", stages[i], i,
		    strncmp(stages[i], "closed", 6) ? "false" : "true", i,
		    stages[i]);
	}
	bytes_lit(b, "]," BORN "}");
}

void
serve_pipelines(struct request *r, struct answer *a)
{
	const char *const *ids = kinds[VALUE_PIPELINE].options;
	struct type *t = request_type(r, a, r->route.parts[0]);

	if (t == NULL || !auth_type(r, a, t, false))
		return;
	bytes_lit(&a->body, "{\"results\":[");
	for (int i = 0; ids[i] != NULL; i++) {
		bytes_str(&a->body, i ? "," : "");
		add_pipeline(&a->body, ids[i], i);
	}
	bytes_lit(&a->body, "]}");
}

void
serve_usage(struct request *r, struct answer *a)
{
	struct limits *l = &r->server->limits;

	bytes_fmt(&a->body,
	    "{\"results\":[{\"name\":\"private-apps-api-calls-daily\","
	    "\"usageLimit\":%u,\"currentUsage\":%u,"
	    "\"collectedAt\":\"2026-11-02T09:30:00.120Z\","
	    "\"fetchStatus\":\"SUCCESS\",\"resetsAt\":\"2026-11-03T05:00:00Z\""
	    "}]}",
	    l->daily ? l->daily : USUAL_DAILY, limits_used(l));
}

void
serve_account(struct request *r, struct answer *a)
{
	(void)r;
	bytes_fmt(&a->body,
	    "{\"portalId\":%d,\"accountType\":\"STANDARD\","
	    "\"timeZone\":\"US/Eastern\",\"companyCurrency\":\"USD\","
	    "\"additionalCurrencies\":[],\"utcOffset\":\"-05:00\","
	    "\"utcOffsetMilliseconds\":-18000000,"
	    "\"uiDomain\":\"app.hubspot.com\",\"dataHostingLocation\":\"na1\"}",
	    PORTAL_ID);
}
