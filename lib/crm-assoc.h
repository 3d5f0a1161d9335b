/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_CRM_ASSOC_H
#define HS_CRM_ASSOC_H

#include "crm-parts.h"

/*
 * Associations past the inline page.
 *
 * A list carries at most 100 associations of a type with each record.  Where
 * there are more, all of the record's are read from their own endpoint, from
 * the start, and take the inline page's place in its shape, {"id","type"}.
 * The endpoint names a type by category, number and label, the list by a word
 * (company_to_contact_unlabeled); the hundred that came both ways tell which
 * is which.  A type that none of them has is called by its label, or by
 * category and number.
 */
#define TYPES_MAX 64 /* that are told apart */

/* An inline entry. */
struct entry {
	struct hs_span id, type; /* the type with its quotes */
};

/* A type as the endpoint names it, and as the list does. */
struct word {
	struct hs_span category, number, word; /* of texts that stay */
	char *memory;
};

/* One record's association with one type. */
struct input {
	size_t cell, over;
	struct hs_buf *results;
	char *after; /* JSON escapes as they came; NULL: start */
	char *mark;  /* a cursor of before, to notice a loop */
	unsigned long long steps, next_mark;
	int failures;
	int empty; /* answers without targets in a row */
	bool answered; /* in the answer being read */
	bool done;
	struct entry *entry; /* the inline page */
	size_t entries, hint;
	size_t shown;	/* different ids among them */
	size_t targets; /* read so far */
	struct word word[TYPES_MAX];
	size_t words;
};

/* crm-target.c */

/* Reads the inline page of an association that was read before. */
int link_entries(struct input *in, struct hs_span value);
/* Adds the targets of an answer to in->results. */
int link_targets(struct input *in, struct hs_span list);
/* An id, written as a string or as a number. */
bool link_id(struct hs_span value, struct hs_span *id);
/* Reads the members of an object; those named go to v, in that order. */
int link_object(struct hs_scan *s, const char *const *names,
    struct hs_span *v);

#endif
