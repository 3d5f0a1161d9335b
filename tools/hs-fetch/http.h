/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_HTTP_H
#define HS_HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "err.h"
#include "pace.h"
#include "span.h"

/*
 * Requests over libcurl, several at a time on connections that stay open.
 * One attempt each: whether a failure is worth another is the caller's.
 *
 * libcurl runs in a thread of its own, which receives, decrypts and inflates
 * while the caller reads and writes what came before; all else is the
 * caller's thread's.  A request and its buffers are the other thread's from
 * hs_http_start() on until they are handed back or dropped.
 *
 * What holds for all: HTTPS, or HTTP to the loopback alone; certificates are
 * checked; no redirect is followed, since that could carry the token to
 * another host; gzip is asked for; the decoded body has a limit, so that a
 * small answer can't unfold without end; a request without a byte for
 * timeout seconds is given up, and so is one that lasts five times that.
 */
struct hs_http;

struct hs_http_options {
	const char *token;	/* without control characters */
	long timeout;		/* seconds */
	size_t max_body;	/* bytes, decoded */
	int connections;	/* kept open */
};

enum hs_http_result {
	HS_HTTP_ANSWERED,	/* there is a status and a whole body */
	HS_HTTP_PASSING,	/* no or half an answer; may go better */
	HS_HTTP_GARBLED,	/* an encoding that can't be undone */
	HS_HTTP_TOO_BIG,	/* the body passed the limit */
	HS_HTTP_REFUSED,	/* will not go better: a bad certificate */
};

struct hs_request {
	/* The caller's, kept until the request is handed back. */
	const char *url;
	bool post;
	struct hs_span send;	/* JSON, with post */
	void *owner;
	/* With hs_http_follow(), called in libcurl's thread: makes url by the
	 * answer before; false when that names nothing to ask for. */
	bool (*ready)(struct hs_request *r, const struct hs_request *before);

	/* The answer. */
	enum hs_http_result result;
	char why[256];		/* when not answered */
	int status;
	struct hs_buf body;	/* the caller's to free */
	struct hs_rates rates;
	long after_ms;		/* Retry-After; -1 when absent */
	char location[512];	/* of a redirect; as long as a header may be */
	unsigned long long received;	/* bytes off the wire */
	int64_t began, ended;	/* when, by hs_pace_now() */
	bool followed;		/* and what was to follow has been sent */

	/* Private. */
	struct hs_request *follower;
	int64_t follow_until;
	size_t expected;	/* Content-Length, if it is modest */
	struct hs_request *next;
};

struct hs_http *hs_http_new(const struct hs_http_options *o, struct hs_err *e);

/* Refuses (HS_CONFIG) a base URL that is neither https nor http to the
 * loopback, or has a user name, a query or a fragment in it. */
int hs_http_check_base(const char *url, struct hs_err *e);

/* Its length without slashes at the end. */
size_t hs_http_base_len(const char *url);

/* Sends it, 64 at a time at most. */
void hs_http_start(struct hs_http *h, struct hs_request *r);

/* Has next sent at the very moment r is answered with a 2xx, if next->ready()
 * agrees and the time (hs_pace_now()) is not past until.  r->followed says so
 * once r is handed back; till then next is the other thread's.  With NULL what
 * was to follow does not, unless it was sent already. */
void hs_http_follow(struct hs_http *h, struct hs_request *r,
    struct hs_request *next, int64_t until);

/* Hands back a finished request: 1.  0 when none finished within
 * timeout_ms.  HS_SYSTEM when libcurl fails as such. */
int hs_http_next(struct hs_http *h, int timeout_ms, struct hs_request **r,
    struct hs_err *e);

/* Forgets the requests that are under way. */
void hs_http_drop(struct hs_http *h);

/* Drops requests that are under way; wipes the token. */
void hs_http_free(struct hs_http *h);

/* Adds text to a URL's query or path, everything but unreserved characters
 * percent-encoded. */
int hs_http_escape(struct hs_buf *b, const char *text);

#endif
