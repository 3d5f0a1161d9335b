/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef FETCH_NAMING_H
#define FETCH_NAMING_H

#include "targets.h"

/*
 * With --since: how the list would name associations.
 *
 * The search shows none, so all are read from their own endpoint.  That has
 * neither the key under which the list shows them ("line items") nor its words
 * for their types.  A record that has them, asked for alone, has both.  So one
 * is asked for at each type that is new; what it does not tell stays as
 * words.h says.
 */

/* Room for it, if the list is read with the search. */
int naming_open(struct fetch *f);
void naming_free(struct fetch *f);

/* Whether the record is to be asked for alone before the targets of an answer
 * can be named: 1 or 0; -1 for invalid text or want of memory. */
int naming_wanted(struct assoc_from *from, struct hs_span list);

/* Takes the record that was asked for with the associations of that type
 * alone; -1 for want of memory. */
int naming_take(struct assoc_from *from, struct hs_span record);

#endif
