/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_OBJECT_H
#define HS_OBJECT_H

#include <stdbool.h>
#include <stddef.h>

#include "err.h"

/*
 * What to fetch, as hs-fetch's OBJECT and a pipeline's source_table say it:
 *
 *	companies  0-2  2-30931773  p23451017_credentialing
 *	companies:contacts,deals		with associations
 *	custom:invoices  custom:invoices:contacts,custom:visits
 *	properties:companies  properties:custom:invoices
 *	pipelines:deals  schemas:deals  schemas  owners
 *	lists  memberships:12  objects  teams
 *	/marketing/v3/forms?archived=true	a path of the API
 *
 * Types and kinds are taken in the singular, too: company is companies.
 * `custom:` marks the name of a custom object.  The name has to be looked up
 * unless it is an objectTypeId (2-N) or a fully qualified name (pN_name).
 * Names are bounded and free of control characters, commas, colons and
 * slashes.  Only the API knows whether there is such an object.
 */
#define HS_OBJECT_NAME_MAX 255
#define HS_OBJECT_ASSOCS 64

/* A kind of object, a row of the table in object.c: its name, the path of its
 * list, the size of a page, and the key that tells one from another. */
struct hs_object_kind {
	const char *name; /* "owners"; "pipelines:" before a type; "" for CRM
			   * records, which have the name of their type */
	const char *key;  /* the member that differs in each of them */
	unsigned page;	  /* at most so many in a page; 0: one page has all */
	bool archived;	  /* archived ones can be listed */
	/* The path of the list: $V is the version, $T the type, $P a path. */
	const char *dated, *v3;
	/* Where the records of an answer are.  NULL: in results.  Else the
	 * names of arrays, a.b,c; or ".": the answer is a record; or "?":
	 * in results, and an answer without any array is a record. */
	const char *results;
	/* The body, where the list is a POST: $N is how many, $A the offset. */
	const char *post;
};

/* The kind of a stream by its hs.object ("companies", "properties:deals"),
 * never NULL. */
const struct hs_object_kind *hs_object_kind_of(const char *stream);

struct hs_object {
	const struct hs_object_kind *kind;
	bool records;	/* the kind is CRM records */
	bool path;	/* the kind is a path of the API */
	bool custom;	/* the type is a custom object's, by any name */
	char *type;	/* NULL for schemas and the like; a path's text */
	char *query;	/* of a path, or NULL; without limit: */
	unsigned limit; /* what it says; or 0 */
	char *assoc[HS_OBJECT_ASSOCS];
	bool assoc_custom[HS_OBJECT_ASSOCS]; /* had custom: in front */
	size_t assocs;
};

/* Failure is HS_USAGE.  The caller frees o in any case. */
int hs_object_parse(struct hs_object *o, const char *text, struct hs_err *e);

/* Adds a comma list of associated types. */
int hs_object_assoc(struct hs_object *o, const char *list, struct hs_err *e);

void hs_object_free(struct hs_object *o);

/* The id of the standard type of that name, or NULL. */
const char *hs_object_standard(const char *name);

/* The i-th standard name, or NULL behind the last. */
const char *hs_object_standard_name(size_t i);

/* Whether the API takes the name as it stands: a type id, or a custom
 * object's fully qualified name. */
bool hs_object_exact(const char *name);

#endif
