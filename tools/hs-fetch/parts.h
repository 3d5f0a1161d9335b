/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef FETCH_PARTS_H
#define FETCH_PARTS_H

#include "fetch.h"

/*
 * What completes a page of the output once all its records are there.  A
 * function that returns int gives 0, or -1 with f->e filled.
 */

/* fill: reads the properties of records that were listed without them.  A page
 * that is not the first waits while other pages' take too much; fill_go_on()
 * has it begin once there is room. */
int fill_page(struct page *pg);
int fill_go_on(struct page *pg);
void fill_free(struct page *pg);

/* assoc: reads the associations that did not fit into the list's answer, or
 * with --labels all.  These are asked for together for several pages;
 * assoc_flush() has them asked for now.  A page that is not the first waits
 * while other pages' hold too much; assoc_go_on() has it go on once it is the
 * first. */
int assoc_page(struct page *pg);
int assoc_flush(struct fetch *f);
int assoc_go_on(struct fetch *f);
void assoc_free(struct fetch *f);

/* one: asks for the cell's record alone, with its associations to that type,
 * or NULL: to all that are asked for; c has its done and failed. */
int one_post(struct page *pg, size_t cell, char *to, struct call *c);

/* Leaves out the cell's record, which is gone. */
void one_drop(struct page *pg, size_t cell);

/* Whether c's failure says that the record is gone; it is left out then. */
bool one_gone(struct page *pg, size_t cell, const struct call *c);

/* Whether c's answer is another record, into which this one was merged: 1,
 * and it is left out.  0: it is the record.  -1: it is no JSON object. */
int one_merged(struct page *pg, size_t cell, const struct call *c);

/* verify: which properties came.  Before a page is written; with
 * --verify-count also before the last one is; and what no record had, at the
 * end. */
int verify_page(struct page *pg);
int verify_count(struct fetch *f);
void verify_absent(struct fetch *f);
void verify_free(struct fetch *f);

/* join: adds the page's line to b. */
int join_page(struct page *pg, struct hs_buf *b);

#endif
