/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef FETCH_STRIDE_H
#define FETCH_STRIDE_H

#include "fetch.h"

/*
 * Reading a list of records in several places at once.
 *
 * The API's list is a chain of pages: each names the cursor of the next, so
 * that a round trip passes between one page and another.  With further chains
 * begun at numbers ahead, chosen by guess, several pages are under way.
 *
 * What this relies on: ids are numbers that ascend within a page and from
 * page to page, and a cursor is a number between the last id of its page and
 * the first of the next, both included.  Whether the API reads it as "from"
 * or as "beyond" does not matter: a guess G brings the records behind G, and
 * perhaps one with the id G, which the chain before it brings in any case.
 *
 * A guess decides nothing about what is in the list.  The records of a chain
 * are accepted only when the chain before it, going on from cursor to cursor,
 * has reached the first of them: one of its pages holds that record (then
 * the ids behind it have to agree, too), or ends before it with a cursor at
 * or behind the guess, so that nothing lies between.  After any surprise the
 * chains ahead are thrown away, and the one in front goes on alone.
 */

/* Begins at a cursor, or with NULL at the list's start. */
int stride_begin(struct fetch *f, const char *after);

/* Posts what may be read now. */
int stride_go_on(struct fetch *f);

void stride_free(struct fetch *f);

#endif
