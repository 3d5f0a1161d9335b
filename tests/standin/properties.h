/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef STANDIN_PROPERTIES_H
#define STANDIN_PROPERTIES_H

#include <stddef.h>

struct bytes;
struct property;
struct type;

/*
 * The properties of a type: first those that HubSpot would have, then
 * generated ones until there are as many as t->nprops says.  The last ones by
 * name are sensitive, so many of each degree.
 */
void properties_make(struct type *t, size_t name_length, size_t sensitive);
void properties_free(struct type *t);

/* Appends the definition, as the properties endpoint gives it. */
void property_define(struct bytes *b, const struct property *p);

/* The degrees as the API names them; the first is none. */
extern const char *const sensitivities[3];

/* Those that an answer carries, in the order of their names. */
struct selection {
	const struct property **at;
	size_t n;
	size_t asked; /* how many names the list had */
};

/* From a comma list; NULL or an empty one selects the usual ones.  Unknown
 * names are left out.  With bare set, those that always come don't. */
void selection_make(
    struct selection *s, const struct type *t, const char *list, int bare);
void selection_free(struct selection *s);

#endif
