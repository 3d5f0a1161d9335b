/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef FETCH_ENDPOINT_H
#define FETCH_ENDPOINT_H

#include <stdbool.h>

#include "buf.h"
#include "object.h"
#include "session.h"

/*
 * Where the API's endpoints are.  The version stands at a different place in
 * each family (HubSpot's OpenAPI files), so each has a path of its own; those
 * of lists are in lib's table of objects.
 */
enum endpoint {
	AT_RECORD,
	AT_BATCH_READ,
	AT_SEARCH,
	AT_ASSOC_BATCH,
	AT_DAILY,
	AT_COUNTS,
};

/* Whether it has the form of a version: YYYY-MM, YYYY-MM-beta or v3. */
bool endpoint_version(const char *version);

/* Replaces b's content by the URL; type and to are escaped.  The caller asks b
 * whether that went well. */
void endpoint_url(const struct session *api, struct hs_buf *b, enum endpoint at,
    const char *type, const char *to);

/* The same for the list of a kind of object. */
void endpoint_list_url(const struct session *api, struct hs_buf *b,
    const struct hs_object_kind *kind, const char *type);

/* Replaces b's content by the body of a list that is a POST: n records from an
 * offset on, which is digits. */
void endpoint_list_body(struct hs_buf *b, const struct hs_object_kind *kind,
    unsigned n, const char *offset);

#endif
