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
 * since its records may end up in two pages of the output.
 */
struct item {
	struct hs_span text;	 /* the whole record */
	struct hs_span id;	 /* without quotes; empty when it has none; of
				  * what is no CRM record, recordId or listId
				  * where there is no id */
	struct hs_span updated;	 /* updatedAt, without quotes; may be empty */
	struct hs_span archived; /* archivedAt, the same */
	uint64_t number;	 /* the id as a number */
	bool numeric;		 /* it is one */
	/* Its associations to read: so many, from that place on. */
	size_t partial, partials;
};

/* The associations of a record with one type, which are to be read: the list
 * shows the first page only, or their labels are wanted. */
struct partial_assoc {
	struct hs_span key;   /* as it came */
	struct hs_span value; /* the object with results and paging */
};

struct answer {
	struct hs_buf body;
	struct item *item;
	size_t n, cap;
	struct partial_assoc *partial;
	size_t partials, partial_cap;
	bool more;	      /* paging.next is there: */
	struct hs_span after; /* without quotes, escapes as they came */
	bool after_numeric;   /* stride has read it as a number: */
	uint64_t after_number;
	struct hs_span errors; /* a batch's list of them, or no text */
	struct hs_buf extra;   /* other members of the envelope: ,"a":1 */
	bool lines;	       /* the body has line breaks in it */
	int refs;
	struct hs_members properties; /* private, while it is read */
	bool labels;		      /* the same */

	/* Of the request that brought it. */
	bool light;	 /* asked for without the properties */
	bool regular;	 /* stride may go by its ids and cursor */
	char *requested; /* the cursor, JSON escapes decoded; or NULL */
	struct answer *next;
};

enum { ANSWER_IDS = 1, ANSWER_LABELS };

/* Takes body over (it is empty then) and reads it: a strict JSON object with
 * an array results of objects; none of their ids is longer than ID_MAX.  With
 * ANSWER_IDS every one has an id; with ANSWER_LABELS all of their associations
 * are partial.  NULL, with HS_PROTOCOL, or HS_SYSTEM for memory. */
struct answer *answer_read(
    struct hs_buf *body, unsigned want, struct hs_err *e);

/* Drops a reference; NULL is allowed. */
void answer_free(struct answer *l);

/* An id or cursor without its quotes: a string that is not empty, or a
 * number.  false: value is neither. */
bool answer_id(struct hs_span value, struct hs_span *id);

/* Reads paging: 1, and the cursor of the next page.  0: there is no next
 * page, as paging or its next is missing or null.  -1: next has no cursor. */
int answer_next(struct hs_span paging, struct hs_span *after);

/* Adds text, which is JSON, without its line breaks, which stand between
 * tokens.  b remembers a failure. */
void answer_copy(struct hs_buf *b, struct hs_span text, bool lines);

#endif
