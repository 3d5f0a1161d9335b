/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef FETCH_LINKED_H
#define FETCH_LINKED_H

#include "words.h"

/* Records whose associations with one type are asked for together: their
 * requests, until all have what they wait for. */

/* Records of which associations with one type are missing: a page's, or with
 * --labels those of several pages. */
struct assoc_batch {
	struct assoc_batch *next;
	struct call call;
	struct fetch *f;
	struct hs_span key; /* as the first of them had it */
	char *to;	    /* the type, as in a URL */
	bool open;	    /* more may come: not asked for yet */
	size_t shown;	    /* bytes of what the list shows of them */
	struct assoc_from *from;
	size_t n, cap;
	struct hs_index by_id;
	size_t asked; /* the one whose record is asked for alone */
	bool waiting; /* for room */
};

/* Asks for what is left to read, or waits for room. */
int linked_post(struct assoc_batch *b);
void linked_free(struct assoc_batch *b);

#endif
