/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Where the endpoints are.  The version stands at a different place in each
 * family (HubSpot's OpenAPI files), so this is a table, not a prefix. */
#include "session.h"

#include <string.h>

/* $V version, $T type, $U the other type or the record's id */
static const struct {
	const char *dated;
	const char *v3;
} paths[] = {
    [HS_RECORD] = {"/crm/objects/$V/$T/$U", "/crm/v3/objects/$T/$U"},
    [HS_BATCH_READ] = {"/crm/objects/$V/$T/batch/read",
	"/crm/v3/objects/$T/batch/read"},
    [HS_SEARCH] = {"/crm/objects/$V/$T/search", "/crm/v3/objects/$T/search"},
    /* The associations of v3 have no cursor; v4 belongs to them. */
    [HS_ASSOC_BATCH] = {"/crm/associations/$V/$T/$U/batch/read",
	"/crm/v4/associations/$T/$U/batch/read"},
    [HS_DAILY] = {"/account-info/$V/api-usage/daily/private-apps",
	"/account-info/v3/api-usage/daily/private-apps"},
};

bool
hs_crm_version(const char *version)
{
	static const char *const known[] = {
	    "2026-09", "2026-03", "2025-09", "v3"};

	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (strcmp(version, known[i]) == 0)
			return true;
	return false;
}

/* Replaces b's content by the URL of a path with these in it. */
static int
expand(const struct hs_crm *crm, struct hs_buf *b, const char *dated,
    const char *v3, const char *type, const char *to)
{
	const char *version = crm->options.version;
	const char *p = version[0] == 'v' ? v3 : dated;
	int r;

	hs_buf_clear(b);
	r = hs_buf_puts(b, crm->options.base_url);
	for (; *p != '\0' && r == 0; p++) {
		if (*p != '$')
			r = hs_buf_addc(b, *p);
		else if (*++p == 'V')
			r = hs_buf_puts(b, version);
		else
			r = hs_http_escape(b, *p == 'T' ? type : to);
	}
	return r;
}

int
hs_crm_url(const struct hs_crm *crm, struct hs_buf *b, enum hs_endpoint at,
    const char *type, const char *to)
{
	return expand(crm, b, paths[at].dated, paths[at].v3, type, to);
}

int
hs_crm_list_url(const struct hs_crm *crm, struct hs_buf *b,
    const struct hs_object_kind *kind, const char *type)
{
	return expand(crm, b, kind->dated, kind->v3, type, "");
}
