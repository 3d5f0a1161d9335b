/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef STANDIN_ASSOC_H
#define STANDIN_ASSOC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct answer;
struct bytes;
struct portal;
struct record;
struct request;
struct type;

/*
 * Which records a record is associated with: like values a function of the
 * seed.  They are neighbours in the other type, ascending; past the type's
 * end they name records that aren't there.  It isn't symmetric: a contact
 * may name a company that doesn't name the contact.  A third of the pairs
 * carry a second label, so their id appears twice inline.
 */
struct links_rule {
	char *from, *to; /* NULL: any */
	uint64_t index;	 /* UINT64_MAX: any */
	uint64_t n;
};

struct links_rules {
	struct links_rule at[32];
	size_t n;
};

struct links {
	const struct type *from, *to;
	uint64_t id;	/* of the record */
	uint64_t start; /* index in the other type */
	uint64_t n;
};

/* Takes N, from:to=N or from:to:INDEX=N; -1 if it can't be understood. */
int links_rule_add(struct links_rules *rules, const char *text);
void links_rules_free(struct links_rules *rules);

void links_of(const struct links_rules *rules, const struct record *r,
    const struct type *to, struct links *l);

/* Appends a record's associations with a comma in front, with at
 * most 100 entries a type; nothing if there are none at all. */
void links_inline(struct bytes *b, const struct links_rules *rules,
    const struct record *r, const struct type *const *to, size_t nto,
    const char *version_path);

/* GET …/{id}/associations/{to} and POST …/associations/…/batch/read. */
void serve_links(struct request *r, struct answer *a);
void serve_links_batch(struct request *r, struct answer *a);

#endif
