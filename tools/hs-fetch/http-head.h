/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef FETCH_HTTP_HEAD_H
#define FETCH_HTTP_HEAD_H

#include <stdbool.h>
#include <stddef.h>

#include "pace-row.h"

/* What the headers of an answer say. */
struct head {
	bool html; /* the body is a page of HTML */
	struct rates rates;
	long after_ms;	    /* Retry-After; -1 when absent */
	long date;	    /* seconds since 1970; 0 when absent */
	size_t expected;    /* Content-Length, if it is modest */
	char location[512]; /* of a redirect; as long as a header may be */
};

#define HEAD_NONE ((struct head){.rates = {-1, -1, -1, -1, -1}, .after_ms = -1})

/* Takes a header, of any letter case, into h. */
void head_take(struct head *h, const char *name, const char *value);

#endif
