/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef FETCH_CALL_H
#define FETCH_CALL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "err.h"
#include "form.h"
#include "http.h"
#include "pace.h"
#include "token.h"

/* What a session's modules share: its calls, and what it knows. */
#define JOBS_MAX 32

struct session_options {
	const char *base_url;
	struct token *token; /* renewed where that can be done */
	const char *version; /* 2026-09, ..., or v3 */
	int jobs;	     /* calls under way at once */
	long timeout;	     /* seconds without a byte */
	long retry_time;     /* seconds from a call's first failure on */
	size_t max_body;
	bool piped; /* the stream goes to standard output */
	void (*note)(void *user, const char *text); /* or NULL */
	void *user;
};

struct session_stats {
	unsigned long long requests; /* sent, retries included */
	unsigned long long retries;
	unsigned long long limited;  /* answers 429 */
	unsigned long long received; /* bytes off the wire */
	int64_t paced_ns;	     /* held back by the pace */
	long daily, daily_remaining; /* as last seen; -1 unknown */
};

/*
 * A call.  Zero it, set what, url, done and owner (and for a POST, post and
 * body), and hand it to session_post().  It has to stay where it is until
 * done or failed is called; these may post it again.
 *
 * done sees a 2xx answer in request.  It returns 0, or fills e and returns 1
 * (the answer is no good: tried again twice) or -1 (the end).
 * failed, where given, sees a failure that does not pass.  It returns 0 when it
 * can do without the answer, else -1.
 * remake, where given, makes the body anew after a 400 that names a member that
 * it may do without; 0, or -1.
 * ask_less, where given, is called when the answer seems to take the API too
 * long, before the call is tried again: true when it now asks for less.
 */
struct call {
	char what[200]; /* for messages: "companies: page 3" */
	struct hs_buf url;
	struct hs_buf body;
	bool post;
	bool search;   /* has limits of its own */
	bool once;     /* not worth a second try */
	unsigned mine; /* members that its body may do without (form) */
	int priority;  /* lower goes first */
	long delay_ms; /* not before that long from now */
	int (*done)(struct call *c, struct hs_err *e);
	int (*failed)(struct call *c, struct hs_err *e);
	int (*remake)(struct call *c);
	bool (*ask_less)(struct call *c);
	void *owner;
	struct request request;

	/* Private. */
	enum call_state { CALL_IDLE, CALL_QUEUED, CALL_SENT } state;
	int failures, garbled, slot, search_slot;
	unsigned token; /* which one it was sent with */
	unsigned form;	/* how its body was sent */
	int64_t first_failure, not_before;
	struct call *next;
};

struct session {
	struct session_options options;
	struct session_stats stats;
	char *base; /* the base URL without a slash at the end */
	struct http *http;
	struct pace pace, search; /* search is opened late */
	struct form form;	  /* of bodies */
	struct call *queue;	  /* by priority */
	int sent;		  /* calls under way */
	int64_t looked;		  /* at our reader, last */
	int64_t held_since;	  /* by the pace; 0: it is not */
	int64_t round_trip;	  /* of the latest answer */
	int64_t server_ms;	  /* the server's time when we first asked it */
	size_t usual;		  /* bytes of the bigger ones of late */
	bool accepted;		  /* the API has taken the token */
	unsigned token;		  /* how often that was renewed */
	int refused; /* status of the latest call that failed for good */
	uint64_t random;
};

/* Whether the call is queued or under way. */
static inline bool
call_pending(const struct call *c)
{
	return c->state != CALL_IDLE;
}

#endif
