/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef FETCH_ANSWER_H
#define FETCH_ANSWER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "err.h"
#include "scan.h"
#include "span.h"

/* Bytes of a record's id; HubSpot's are numbers of 64 bits, a pipeline's may
 * be a UUID. */
#define ID_MAX 64

/*
 * A page as the API answered it: the body, read once, and where its records
 * are.  All spans point into the body, which the struct owns; it is counted,
 * since its records may end up in two pages of ours.
 */
struct item {
	struct hs_span text;	/* the whole record */
	struct hs_span id;	/* without quotes; empty when it has none */
	struct hs_span updated;	/* updatedAt, without quotes; may be empty */
	uint64_t number;	/* the id as a number */
	bool numeric;		/* it is one */
	size_t over, overs;	/* its part of the listed's over */
};

/* An association whose inline page is not all. */
struct partial {
	struct hs_span key;	/* as it came */
	struct hs_span value;	/* the object with results and paging */
};

struct answer {
	struct hs_buf body;
	struct item *item;
	size_t n, cap;
	struct partial *over;
	size_t overs, over_cap;
	bool more;		/* paging.next.after is there: */
	struct hs_span after;	/* without quotes, escapes as they came */
	bool after_numeric;	/* stride has read it as a number: */
	uint64_t after_number;
	struct hs_buf extra;	/* other members of the envelope: ,"a":1 */
	bool lines;		/* the body has line breaks in it */
	int refs;
	struct hs_members properties;	/* private, while it is read */

	/* Of the request that brought it. */
	bool light;		/* asked for without the properties */
	bool regular;		/* stride may go by its ids and cursor */
	char *requested;	/* the cursor, JSON escapes decoded; or NULL */
	struct answer *next;
};

/* Takes body over (it is empty then) and reads it: a strict JSON object with
 * an array results of objects, with ids where need_id is set; none is longer
 * than ID_MAX.  NULL, with HS_PROTOCOL, or HS_SYSTEM for memory. */
struct answer *answer_read(struct hs_buf *body, bool need_id,
    struct hs_err *e);

void answer_free(struct answer *l);	/* drops a reference */

/* Adds text, which is JSON, without line breaks; these can only be between
 * its tokens. */
int answer_copy(struct hs_buf *b, struct hs_span text, bool lines);

#endif
