/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef FETCH_PAGES_H
#define FETCH_PAGES_H

#include "fetch.h"

/*
 * The pages of the output, made of the list's records in order.  Where chains
 * have met in the middle of one of the API's pages, or the API was asked for
 * smaller ones, records are regrouped: no page has more than f->limit unless
 * one of the API's has.  Each has a cursor behind which the list goes on: the
 * API's, or where a page was cut, one that is right in the same way.
 */

/* Takes the first n records of l as the list's next; when these are all, the
 * page's end is reached, too. */
int pages_accept(struct fetch *f, struct answer *l, size_t n);

/* Writes the pages at the front that are whole. */
int pages_write(struct fetch *f);

/* The last page, too, which pages_write() holds back to be verified. */
int pages_write_last(struct fetch *f);

/* Whether no more should be read for now. */
bool pages_full(const struct fetch *f);

void pages_free(struct fetch *f);

#endif
