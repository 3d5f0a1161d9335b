/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_OBJECT_H
#define HS_OBJECT_H

#include <stdbool.h>
#include <stddef.h>

#include "err.h"

/*
 * What is to be fetched, as hs-fetch's OBJECT and a pipeline's source_table
 * say it:
 *
 *	companies  0-2  2-30931773  p23451017_credentialing
 *	companies:contacts,deals		with associations
 *	custom:invoices  custom:invoices:contacts,custom:visits
 *	properties:companies  properties:custom:invoices
 *	pipelines:deals  schemas  owners
 *
 * `custom:` says that the name that follows is a custom object's, which has
 * to be looked up unless it is an objectTypeId (2-N) or a fully qualified
 * name (pN_name).  Names are bounded and free of control characters, commas,
 * colons and slashes; whether there is such an object only the API knows.
 */
#define HS_OBJECT_NAME_MAX 255
#define HS_OBJECT_ASSOCS 64

/*
 * A kind of object: a row of the table in object.c, the one home of what it
 * is called, where the API lists it, how many come in a page, and what tells
 * one from another.
 */
struct hs_object_kind {
	const char *name; /* "owners"; "pipelines:", a type follows; ""
			   * for records, which their type names */
	const char *key;  /* the member that no two have in common */
	unsigned page;	  /* in a page at most; 0: one page has all */
	bool archived;	  /* archived ones are listed on demand */
	/* Its list: $V is the version, $T the type. */
	const char *dated, *v3;
};

/* The kind of a stream by its hs.object ("companies", "properties:deals"),
 * never NULL. */
const struct hs_object_kind *hs_object_kind_of(const char *stream);

struct hs_object {
	const struct hs_object_kind *kind;
	bool records; /* it is CRM records */
	bool custom;  /* type is a custom object's, by any name */
	char *type;   /* NULL for schemas and owners */
	char *assoc[HS_OBJECT_ASSOCS];
	bool assoc_custom[HS_OBJECT_ASSOCS]; /* had custom: in front */
	size_t assocs;
};

/* Failure is HS_USAGE; the caller frees in both cases. */
int hs_object_parse(struct hs_object *o, const char *text, struct hs_err *e);

/* Adds a comma list of associated types. */
int hs_object_assoc(struct hs_object *o, const char *list, struct hs_err *e);

void hs_object_free(struct hs_object *o);

/* A standard type's id for its name, or NULL when name is none. */
const char *hs_object_standard(const char *name);

/* The i-th standard name, or NULL behind the last. */
const char *hs_object_standard_name(size_t i);

/* Whether the API takes the name as it stands: a type id, or a custom
 * object's fully qualified name. */
bool hs_object_exact(const char *name);

#endif
