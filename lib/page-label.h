/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_PAGE_LABEL_H
#define HS_PAGE_LABEL_H

#include <stdbool.h>

#include "scan.h"

/* What a page says of itself. */
struct hs_page_label {
	bool more;		 /* it has a paging.next that is not null */
	bool since;		 /* it has hs.since: what changed, no more */
	bool numbered;		 /* it has the member hs with a page number */
	unsigned long long page; /* that number */
	char object[256];	 /* hs.object, "" when not known */
	char request[72];	 /* hs.request, likewise */
};

/* Read the value of a page's member paging or hs whole and add what it says to
 * the label; they fail as the scanner does. */
int hs_page_label_paging(struct hs_scan *s, struct hs_page_label *l);
int hs_page_label_hs(struct hs_scan *s, struct hs_page_label *l);

/* What is wrong with a page that follows another, or is the first when that is
 * NULL: a literal.  NULL: nothing. */
const char *hs_page_label_fault(
    const struct hs_page_label *last, const struct hs_page_label *this);

#endif
