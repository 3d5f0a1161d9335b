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
    [HS_LIST] = {"/crm/objects/$V/$T", "/crm/v3/objects/$T"},
    [HS_RECORD] = {"/crm/objects/$V/$T/$U", "/crm/v3/objects/$T/$U"},
    [HS_BATCH_READ] = {"/crm/objects/$V/$T/batch/read",
	"/crm/v3/objects/$T/batch/read"},
    [HS_SEARCH] = {"/crm/objects/$V/$T/search", "/crm/v3/objects/$T/search"},
    [HS_PROPERTIES] = {"/crm/properties/$V/$T", "/crm/v3/properties/$T"},
    [HS_SCHEMAS] = {"/crm-object-schemas/$V/schemas", "/crm/v3/schemas"},
    /* The associations of v3 have no cursor; v4 belongs to them. */
    [HS_ASSOC_BATCH] = {"/crm/associations/$V/$T/$U/batch/read",
	"/crm/v4/associations/$T/$U/batch/read"},
    [HS_DAILY] = {"/account-info/$V/api-usage/daily/private-apps",
	"/account-info/v3/api-usage/daily/private-apps"},
    [HS_OWNERS] = {"/crm/owners/$V", "/crm/v3/owners"},
    [HS_PIPELINES] = {"/crm/pipelines/$V/$T", "/crm/v3/pipelines/$T"},
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

int
hs_crm_url(const struct hs_crm *crm, struct hs_buf *b, enum hs_endpoint at,
    const char *type, const char *to)
{
	const char *version = crm->options.version;
	const char *p = version[0] == 'v' ? paths[at].v3 : paths[at].dated;
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
