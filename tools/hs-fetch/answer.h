/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_CRM_LISTED_H
#define HS_CRM_LISTED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "err.h"
#include "scan.h"
#include "span.h"

/* Bytes of a record's id; HubSpot's are numbers of 64 bits, a pipeline's may
 * be a UUID. */
#define HS_ID_MAX 64

/*
 * A page as the API answered it: the body, read once, and where its records
 * are.  All spans point into the body, which the struct owns; it is counted,
 * since its records may end up in two pages of ours.
 */
struct hs_item {
	struct hs_span text;	/* the whole record */
	struct hs_span id;	/* without quotes; empty when it has none */
	struct hs_span updated;	/* updatedAt, without quotes; may be empty */
	uint64_t number;	/* the id as a number */
	bool numeric;		/* it is one */
	size_t over, overs;	/* its part of the listed's over */
};

/* An association whose inline page is not all. */
struct hs_over {
	struct hs_span key;	/* as it came */
	struct hs_span value;	/* the object with results and paging */
};

struct hs_listed {
	struct hs_buf body;
	struct hs_item *item;
	size_t n, cap;
	struct hs_over *over;
	size_t overs, over_cap;
	bool more;		/* paging.next.after is there: */
	struct hs_span after;	/* without quotes, escapes as they came */
	uint64_t after_number;
	bool after_numeric;
	struct hs_buf extra;	/* other members of the envelope: ,"a":1 */
	bool lines;		/* the body has line breaks in it */
	int refs;
	struct hs_members properties;	/* private, while it is read */

	/* Of the request that brought it. */
	bool light;		/* asked for without the properties */
	bool lawful;		/* see chain.c */
	char *requested;	/* the cursor, JSON escapes decoded; or NULL */
	struct hs_listed *next;
};

/* Takes body over (it is empty then) and reads it: a strict JSON object with
 * an array results of objects, with ids where need_id is set; none is longer
 * than HS_ID_MAX.  NULL, with HS_PROTOCOL, or HS_SYSTEM for memory. */
struct hs_listed *hs_listed_read(struct hs_buf *body, bool need_id,
    struct hs_err *e);

/* The cursor that a page's end seems to name, unread: empty when it doesn't,
 * or has escapes in it.  What it says is certain only once the page is. */
struct hs_span hs_listed_peek(struct hs_span body);

void hs_listed_free(struct hs_listed *l);	/* drops a reference */

/* Adds text, which is JSON, without line breaks; these can only be between
 * its tokens. */
int hs_listed_copy(struct hs_buf *b, struct hs_span text, bool lines);

#endif
