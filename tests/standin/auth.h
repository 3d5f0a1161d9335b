/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef STANDIN_AUTH_H
#define STANDIN_AUTH_H

#include <stdbool.h>

struct answer;
struct request;
struct type;

/* Is the token the right one?  Otherwise makes the 401 (or 530). */
bool auth_pass(struct request *r, struct answer *a);

/* May the token read that type's records (or, with schema, its definitions)?
 * Otherwise makes the 403.  Type is NULL for the list of schemas. */
bool auth_type(
    struct request *r, struct answer *a, const struct type *t, bool schema);

/* May it use what needs that scope alone? */
bool auth_scope(struct request *r, struct answer *a, const char *scope);

/* May the values of a type's properties of that degree be read? */
bool auth_sensitive(
    struct request *r, struct answer *a, const struct type *t, unsigned degree);

#endif
