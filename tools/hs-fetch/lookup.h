/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_CRM_NAMES_H
#define HS_CRM_NAMES_H

#include <stddef.h>
#include <stdint.h>

#include "session.h"
#include "object.h"

/*
 * What is asked before records are: names of objects and properties, totals,
 * the daily quota.  Each function waits for its answer.
 */

/* Owned strings; zeroed is empty. */
struct hs_strings {
	char **v;
	size_t n, cap;
};

int hs_strings_add(struct hs_strings *s, const char *text, size_t len);
void hs_strings_free(struct hs_strings *s);

/* Adds the names of a list, separated by commas or white space, leaving out
 * those that are there already. */
int hs_strings_split(struct hs_strings *s, const char *list,
    struct hs_err *e);

/* Replaces custom names in o, its own and the associated ones, by their
 * objectTypeId, with one look at the schemas if there are any. HS_NOOBJECT
 * lists the names there are; several matches are HS_NOOBJECT too. */
int hs_crm_resolve(struct hs_crm *crm, struct hs_object *o, struct hs_err *e);

/* The custom objects' names, for a message: adds them to text, or nothing. */
void hs_crm_customs(struct hs_crm *crm, char *text, size_t size);

/* The names of all properties of a type. */
int hs_crm_properties(struct hs_crm *crm, const char *type,
    struct hs_strings *names, struct hs_err *e);

/* How many records the search knows. */
int hs_crm_total(struct hs_crm *crm, const char *type,
    unsigned long long *total, struct hs_err *e);

/* The same without waiting: n is known once the answer is there, and if it
 * fails never.  t has to stay until then or until the session drops it. */
struct hs_crm_total {
	bool known;
	unsigned long long n;
	struct hs_call call;
};
int hs_crm_total_post(struct hs_crm *crm, struct hs_crm_total *t,
    const char *type, struct hs_err *e);

/* The daily quota and what is used of it. */
int hs_crm_daily(struct hs_crm *crm, long *limit, long *used,
    struct hs_err *e);

#endif
