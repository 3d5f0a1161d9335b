/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef STANDIN_SERVE_H
#define STANDIN_SERVE_H

#include <stdbool.h>
#include <stdint.h>

#include "fault.h"
#include "parse.h"

struct answer;
struct request;
struct type;

/* A member that a body must have, and of which kind; a list of them ends with
 * one without a name. */
struct required {
	const char *name;
	enum node_kind kind;
};

/* Each endpoint has a serve_ function; it fills the answer, whose status is
 * 200 at the start.  Those of associations are in assoc.h. */
void serve_list(struct request *r, struct answer *a);
void serve_record(struct request *r, struct answer *a);
void serve_batch(struct request *r, struct answer *a);
void serve_search(struct request *r, struct answer *a);
void serve_properties(struct request *r, struct answer *a);
void serve_property(struct request *r, struct answer *a);
void serve_schemas(struct request *r, struct answer *a);
void serve_schema(struct request *r, struct answer *a);
void serve_owners(struct request *r, struct answer *a);
void serve_pipelines(struct request *r, struct answer *a);
void serve_objects(struct request *r, struct answer *a);
void serve_lists(struct request *r, struct answer *a);
void serve_memberships(struct request *r, struct answer *a);
void serve_teams(struct request *r, struct answer *a);
void serve_usage(struct request *r, struct answer *a);
void serve_account(struct request *r, struct answer *a);

/* What they share.  Those that return false or NULL have made the error. */

/* The value of a parameter, decoded; repeated ones joined by commas.  NULL
 * if there's none.  The caller frees it. */
char *request_get(const struct request *r, const char *name);

/* Is the parameter given as true? */
bool request_flag(const struct request *r, const char *name);

/* Should the answer's data be wrong in that way? */
bool request_spoilt(const struct request *r, enum fault_data how);

/* Adds the paging of a list whose next page begins at `after`. */
void request_next(const struct request *r, struct answer *a, uint64_t after);

/* The type of that name, id or qualified name. */
struct type *request_type(
    struct request *r, struct answer *a, const char *name);

/* The limit asked for: usual if none, between 1 and max. */
bool request_limit(struct request *r, struct answer *a, uint64_t usual,
    uint64_t max, uint64_t *limit);

/* The body, read; it's an object.  The caller frees it. */
struct node *request_body(struct request *r, struct answer *a);

/* With --strict-bodies: has the body all that the specification requires?
 * With --bare-bodies: and nothing that it could do without? */
bool request_requires(struct request *r, struct answer *a,
    const struct node *body, const struct required *wanted);

/* The same in any case. */
bool request_wants(
    struct answer *a, const struct node *body, const struct required *wanted);

/* Sleeps as long as that many properties take. */
void request_weigh(const struct request *r, size_t nprops);

/* Whether a batch's inputs all have ids and are no more than max; else a is
 * the API's refusal.  what is read, for its words. */
bool serve_inputs_fit(
    struct answer *a, const struct node *inputs, size_t max, const char *what);

#endif
