/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef STANDIN_ROUTE_H
#define STANDIN_ROUTE_H

#include <stdbool.h>

/*
 * Which endpoint a path names, in the dated family (/crm/objects/2026-09/…)
 * and in the legacy one (/crm/v3/objects/…), and the variable parts of it.
 */
enum endpoint {
	ENDPOINT_NONE,
	ENDPOINT_LIST,
	ENDPOINT_RECORD,
	ENDPOINT_BATCH,
	ENDPOINT_SEARCH,
	ENDPOINT_PROPERTIES,
	ENDPOINT_PROPERTY,
	ENDPOINT_SCHEMAS,
	ENDPOINT_SCHEMA,
	ENDPOINT_LINKS,
	ENDPOINT_LINKS_BATCH,
	ENDPOINT_USAGE,
	ENDPOINT_ACCOUNT,
	ENDPOINT_OWNERS,
	ENDPOINT_PIPELINES,
	ENDPOINT_OBJECTS,
	ENDPOINT_LISTS,
	ENDPOINT_MEMBERSHIPS,
	ENDPOINT_TEAMS
};

struct route {
	enum endpoint endpoint;
	bool other_method; /* the path is right, the method isn't */
	bool dated;
	unsigned nparts;
	char parts[3][128]; /* type, then id, name or other type */
};

void route_find(struct route *r, const char *method, const char *path);

/* Is the path that was asked for this one, whose segment {V} is a version? */
bool route_matches(const char *path, const char *asked);

#endif
