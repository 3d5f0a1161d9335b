/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef CLICKHOUSE_HTTP_H
#define CLICKHOUSE_HTTP_H

#include "buf.h"
#include "err.h"
#include "span.h"

/*
 * Requests to one server, one after the other, on a connection that stays
 * open.  Certificates are checked, redirects are not followed.
 */
struct http;

struct http_options {
	const char *url;	     /* with its query */
	const char *user, *password; /* or NULL */
	long timeout;		     /* seconds without a byte */
};

/* Adds some bytes to b: 1; 0: there are no more. */
typedef int http_more(void *data, struct hs_buf *b, struct hs_err *e);

/* NULL with HS_SYSTEM.  The strings are copied. */
struct http *http_open(const struct http_options *o, struct hs_err *e);

/* Sends text and, unless more is NULL, what it adds.  0 with the answer and
 * its *status.  HS_LATER: no answer or half of one; HS_CONFIG: it will not
 * work later. */
int http_post(struct http *h, struct hs_span text, http_more *more, void *data,
    struct hs_buf *answer, long *status, struct hs_err *e);

/* What follows waits five seconds at most. */
void http_hurry(struct http *h);

/* NULL is allowed. */
void http_close(struct http *h);

#endif
