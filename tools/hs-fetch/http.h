/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef FETCH_HTTP_H
#define FETCH_HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "err.h"
#include "http-head.h"
#include "pace.h"
#include "span.h"

/*
 * Requests over libcurl, several at once on connections that stay open.  A
 * request is one attempt; the caller decides whether to try again.  All work is
 * done inside http_next().
 *
 * Every request goes over HTTPS, or over HTTP to the loopback.  Certificates
 * are checked.  Redirects are not followed: they could carry the token to
 * another host.  gzip is asked for, and the unpacked body has a limit.  A
 * request ends as HTTP_PASSING after timeout seconds without a byte, and after
 * five times that in all.
 */
struct http;

struct http_options {
	const char *token; /* without control characters */
	long timeout;	   /* seconds */
	size_t max_body;   /* bytes, decoded */
	int connections;   /* kept open */
};

enum http_result {
	HTTP_ANSWERED,	/* there is a status and a whole body */
	HTTP_PASSING,	/* no answer or half of one; may work later */
	HTTP_GARBLED,	/* an encoding that can't be undone */
	HTTP_TOO_BIG,	/* the body passed the limit */
	HTTP_UNTRUSTED, /* the server's certificate is not trusted */
	HTTP_REFUSED,	/* will not work later: a bad URL or setup */
};

/* A request, its URL and the text that it sends stay where they are from
 * http_start() until http_next() hands the request back or http_drop() forgets
 * it. */
struct request {
	const char *url;
	bool post;
	struct hs_span send; /* JSON, with post */
	size_t most;	     /* bytes of the answer; 0: max_body alone */
	void *owner;

	/* The answer. */
	enum http_result result;
	char why[256]; /* when not answered */
	int status;
	struct hs_buf body; /* the caller's to free */
	struct head head;
	unsigned long long received; /* bytes off the wire */
	int64_t began, ended;	     /* by hs_now() */

	/* Private. */
	struct request *next;
};

/* NULL with HS_SYSTEM.  The token is copied. */
struct http *http_new(const struct http_options *o, struct hs_err *e);

/* From now on requests carry this token, which is copied.  HS_SYSTEM. */
int http_token(struct http *h, const char *token, struct hs_err *e);

/* Sends r. */
void http_start(struct http *h, struct request *r);

/* Hands back a finished request: 1.  0: none finished within timeout_ms.
 * HS_SYSTEM when libcurl fails as such. */
int http_next(
    struct http *h, int timeout_ms, struct request **r, struct hs_err *e);

/* Forgets the requests that are under way. */
void http_drop(struct http *h);

/* Drops what is under way, and wipes the token.  NULL is allowed. */
void http_free(struct http *h);

#endif
