/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Where the endpoints are. */
#include "endpoint.h"

#include <string.h>

#include "url.h"

/* $V version, $T type, $U the other type or the record's id */
static const struct {
	const char *dated;
	const char *v3;
} paths[] = {
    [AT_RECORD] = {"/crm/objects/$V/$T/$U", "/crm/v3/objects/$T/$U"},
    [AT_BATCH_READ] = {"/crm/objects/$V/$T/batch/read",
	"/crm/v3/objects/$T/batch/read"},
    [AT_SEARCH] = {"/crm/objects/$V/$T/search", "/crm/v3/objects/$T/search"},
    /* The associations of v3 have no cursor; v4 belongs to them. */
    [AT_ASSOC_BATCH] = {"/crm/associations/$V/$T/$U/batch/read",
	"/crm/v4/associations/$T/$U/batch/read"},
    [AT_DAILY] = {"/account-info/$V/api-usage/daily/private-apps",
	"/account-info/v3/api-usage/daily/private-apps"},
    [AT_COUNTS] = {"/crm/limits/$V/records", "/crm/limits/v3/records"},
};

bool
endpoint_version(const char *version)
{
	static const char form[] = "dddd-dd";
	size_t i = 0;

	if (strcmp(version, "v3") == 0)
		return true;
	for (; form[i]; i++)
		if (form[i] == 'd' ? version[i] < '0' || version[i] > '9'
				   : version[i] != form[i])
			return false;
	return !version[i] || strcmp(version + i, "-beta") == 0;
}

/* A path of the API, which needs no escapes, with its {V}. */
static void
put_path(struct hs_buf *b, const char *path, const char *version)
{
	for (const char *p = path; *p; p++)
		if (*p == '{') {
			hs_buf_puts(b, version);
			p += strlen("{V");
		} else {
			hs_buf_addc(b, *p);
		}
}

/* Replaces b's content by the URL of a path with these in it. */
static void
expand(const struct session *api, struct hs_buf *b, const char *dated,
    const char *v3, const char *type, const char *to)
{
	const char *version = api->options.version;

	hs_buf_clear(b);
	hs_buf_puts(b, api->options.base_url);
	for (const char *p = version[0] == 'v' ? v3 : dated; *p; p++)
		if (*p != '$')
			hs_buf_addc(b, *p);
		else if (*++p == 'V')
			hs_buf_puts(b, version);
		else if (*p == 'P')
			put_path(b, type, version);
		else
			url_escape(b, *p == 'T' ? type : to);
}

void
endpoint_url(const struct session *api, struct hs_buf *b, enum endpoint at,
    const char *type, const char *to)
{
	expand(api, b, paths[at].dated, paths[at].v3, type, to);
}

void
endpoint_list_url(const struct session *api, struct hs_buf *b,
    const struct hs_object_kind *kind, const char *type)
{
	expand(api, b, kind->dated, kind->v3, type, "");
}

void
endpoint_list_body(struct hs_buf *b, const struct hs_object_kind *kind,
    unsigned n, const char *offset)
{
	hs_buf_clear(b);
	for (const char *p = kind->post; *p; p++)
		if (*p != '$')
			hs_buf_addc(b, *p);
		else if (*++p == 'N')
			hs_buf_printf(b, "%u", n);
		else
			hs_buf_puts(b, offset);
}
