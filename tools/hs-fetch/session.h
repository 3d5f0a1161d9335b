/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_CRM_H
#define HS_CRM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "err.h"
#include "http.h"
#include "object.h"
#include "pace.h"

/*
 * A session with the CRM API: calls that keep the pace, are tried again while
 * their failure may pass, and end in a callback.  One thread; everything
 * happens inside hs_crm_turn().
 */
#define HS_CRM_JOBS_MAX 32

struct hs_crm_options {
	const char *base_url;
	const char *token;	/* cleaned */
	const char *version;	/* 2026-09, …, or v3 */
	int jobs;		/* calls under way at once */
	long timeout;		/* seconds without a byte */
	long retry_time;	/* seconds from a call's first failure on */
	size_t max_body;
	bool piped;		/* standard output is what all is for */
	void (*note)(void *user, const char *text);	/* or NULL */
	void *user;
};

struct hs_crm_stats {
	unsigned long long requests;	/* sent, retries included */
	unsigned long long retries;
	unsigned long long limited;	/* answers 429 */
	unsigned long long received;	/* bytes off the wire */
	int64_t paced_ns;		/* held back by the pace */
	long daily, daily_remaining;	/* as last seen; -1 unknown */
};

/*
 * A call.  Zero it, set what, url, done and owner (and for a POST, post and
 * body), hand it to hs_crm_post(); it has to stay where it is until done or
 * failed was called, which may post it again.
 *
 * done sees a 2xx answer in request.  It returns 0, or fills e and returns 1
 * (the answer is no good: tried again twice) or -1 (the end).
 * failed, where given, sees what can't be helped by waiting: 0 when it can go
 * on without, else -1.
 */
struct hs_call {
	char what[200];		/* for messages: "companies: page 3" */
	struct hs_buf url;
	struct hs_buf body;
	bool post;
	bool search;		/* has limits of its own */
	bool once;		/* not worth a second try */
	int priority;		/* lower goes first */
	long delay_ms;		/* not before that long from now */
	int (*done)(struct hs_call *c, struct hs_err *e);
	int (*failed)(struct hs_call *c, struct hs_err *e);
	void *owner;
	/* With hs_crm_follow(), called in another thread: completes url by the
	 * answer before it; false when that names nothing to ask for. */
	bool (*ready)(struct hs_call *c, struct hs_span answer);
	struct hs_request request;

	/* Private. */
	enum hs_call_state {
		HS_CALL_IDLE,
		HS_CALL_QUEUED,
		HS_CALL_BEHIND,	/* follows another */
		HS_CALL_SENT,
	} state;
	struct hs_call *follower;
	int failures, garbled, slot;
	int64_t slot_until;	/* while it is behind another */
	int64_t first_failure, not_before;
	struct hs_call *next;
};

struct hs_crm {
	struct hs_crm_options options;
	struct hs_crm_stats stats;
	char *base;		/* the base URL without a slash at the end */
	struct hs_http *http;
	struct hs_pace pace;
	struct hs_call *queue;	/* by priority */
	int sent;		/* calls under way */
	int64_t looked;		/* last, whether standard output is read */
	int64_t held_since;	/* pace says no since then; 0: it doesn't */
	uint64_t random;
};

/* Opens a session; the strings of o stay the caller's and have to last. */
int hs_crm_open(struct hs_crm *crm, const struct hs_crm_options *o,
    struct hs_err *e);
void hs_crm_close(struct hs_crm *crm);

/* Sends what may be sent, waits for something to happen and deals with it:
 * 1.  0: there is nothing to wait for.  -1: a call failed for good. */
int hs_crm_turn(struct hs_crm *crm, struct hs_err *e);

void hs_crm_post(struct hs_crm *crm, struct hs_call *c);

/* Has next sent at the very moment that c, which is under way, is answered
 * well, if next->ready() agrees: no time is lost between the two.  false: not
 * now, others wait for their turn or the pace has no slots to spare.  When c is
 * done, next is under way or, as before, idle. */
bool hs_crm_follow(struct hs_crm *crm, struct hs_call *c, struct hs_call *next);
/* What was to follow c does not, unless it was sent already. */
void hs_crm_unfollow(struct hs_crm *crm, struct hs_call *c);

/* Takes back a call that was not sent yet: true when it was so. */
bool hs_crm_unpost(struct hs_crm *crm, struct hs_call *c);

/* Forgets all calls, those under way too; theirs may be freed then. */
void hs_crm_drop(struct hs_crm *crm);

/* Releases url, body and answer. */
void hs_call_free(struct hs_call *c);

/* Paths (endpoint.c). */
enum hs_endpoint {
	HS_RECORD,
	HS_BATCH_READ,
	HS_SEARCH,
	HS_ASSOC_BATCH,
	HS_DAILY,
};

bool hs_crm_version(const char *version);

/* Replaces b's content by the URL; type and to are escaped. */
int hs_crm_url(const struct hs_crm *crm, struct hs_buf *b, enum hs_endpoint at,
    const char *type, const char *to);

/* The same for the list of a kind of object. */
int hs_crm_list_url(const struct hs_crm *crm, struct hs_buf *b,
    const struct hs_object_kind *kind, const char *type);

/* Errors (error.c). */

/* Whether a 429 is the daily limit's. */
bool hs_crm_daily_limit(const struct hs_request *r);

/* Makes the token in text unreadable. */
void hs_crm_blot(const char *token, char *text);

/* Fills e from a request that failed: kind, words, scopes; the token in an
 * answer is blotted out. */
int hs_crm_error(const struct hs_crm *crm, const struct hs_call *c,
    struct hs_err *e);

#endif
