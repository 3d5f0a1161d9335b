/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef FETCH_URL_H
#define FETCH_URL_H

#include <stddef.h>

#include "buf.h"
#include "err.h"

/* What a URL may be, and what goes into one.  The caller asks the buffer once
 * at the end whether all went well. */

/* Refuses (HS_CONFIG) a base URL that is neither https nor http to the
 * loopback, or has a user name, a query or a fragment in it. */
int url_check_base(const char *url, struct hs_err *e);

/* Its length without slashes at the end. */
size_t url_base_len(const char *url);

/* Adds text to a URL's query or path, everything but unreserved characters
 * (RFC 3986, 2.3) percent-encoded. */
void url_escape(struct hs_buf *b, const char *text);

/* Adds what stands before a URL's next parameter: ? or &. */
void url_next(struct hs_buf *b);

/* Adds &name=v,... to a URL, when there are any. */
void url_add_list(struct hs_buf *b, const char *name, char *const *v, size_t n);

#endif
