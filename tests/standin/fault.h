/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef STANDIN_FAULT_H
#define STANDIN_FAULT_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "bytes.h"
#include "route.h"

struct answer;
struct request;

/*
 * What to do wrong, and when.  A fault is a line of words with single spaces
 * between them; each is for matching or for acting, in any order:
 *
 *   which request            (all that are given must hold)
 *     path=TEXT              the path contains TEXT
 *     query=TEXT             the raw query contains TEXT
 *     contains=TEXT          the request's body contains TEXT
 *     method=POST
 *     at=K                   from the K-th such request on (default 1)
 *     times=N                for N of them (default 1), or times=forever
 *   another reply
 *     status=CODE            with HubSpot's error object, if it's an error
 *     html                   a page of HTML instead
 *     empty                  no body
 *     garbage                not quite JSON
 *     nan                    JSON with NaN in it
 *     no-results             an error object, with status 200
 *     redirect=URL           302 and Location
 *     header=NAME:VALUE      besides the others (repeatable)
 *     charset                Content-Type says ISO-8859-1
 *     no-content-type
 *     delay=MS               waits first
 *     body=TEXT              to the end of the line; body=@FILE reads FILE
 *   wrong data               (only where the endpoint has such data)
 *     cut-valid              half of the results, and no paging
 *     repeat-cursor          the cursor that was just used
 *     empty-page             no results, with a cursor to go on
 *     torn[=N]               the N-th record (from 0) has changed by now
 *     missing=K              K records left out of a batch
 *     extra                  one in the batch that wasn't asked for
 *     duplicate              the first record comes twice
 *     partial207             every second input of an association batch fails
 *   sending
 *     reset                  the connection is reset before any reply
 *     truncate=BYTES         the right Content-Length, then only BYTES
 *     truncate-chunked=BYTES no length, cut after BYTES
 *     short-length[=BYTES]   the body cut (to half), its length matching
 *     stall=BYTES            BYTES, then nothing for ever
 *     drip=BYTES/MS          BYTES every MS milliseconds
 *     huge=BYTES             valid JSON with a string of BYTES in it
 *     huge-spaces=BYTES      valid JSON with BYTES of spaces in it
 *     bomb                   2 MB of gzip that are more than 2 GiB
 *     badgzip                gzip that's broken in the middle
 *     exit[=BYTES]           the server dies after BYTES (or half) of it
 *
 * The first fault in the order of the command line that is due fires; the
 * others stay due.  A fault comes before the checks of token and limits.
 * One that never fired makes the server end with status 3.
 */
enum fault_data {
	DATA_CUT = 1,
	DATA_CURSOR = 2,
	DATA_EMPTY = 4,
	DATA_TORN = 8,
	DATA_MISSING = 16,
	DATA_EXTRA = 32,
	DATA_DUPLICATE = 64,
	DATA_PARTIAL = 128
};

enum fault_reply {
	REPLY_RIGHT,
	REPLY_TEXT,
	REPLY_HTML,
	REPLY_EMPTY,
	REPLY_GARBAGE,
	REPLY_NAN,
	REPLY_NO_RESULTS
};

enum fault_sending {
	SEND_WHOLE,
	SEND_RESET,
	SEND_TRUNCATE,
	SEND_CHUNKED,
	SEND_SHORT,
	SEND_STALL,
	SEND_DRIP,
	SEND_HUGE,
	SEND_SPACES,
	SEND_BOMB,
	SEND_BADGZIP,
	SEND_EXIT
};

struct fault {
	struct fault *next;
	char *text;
	const char *path, *query, *contains, *method;
	uint64_t at, times;
	unsigned status;
	unsigned data;	/* of enum fault_data */
	uint64_t count; /* of missing=, torn= */
	enum fault_reply reply;
	enum fault_sending sending;
	uint64_t size; /* of the sending; UINT64_MAX: not given */
	uint64_t delay, pause;
	const char *redirect;
	const char *headers[4];
	bool charset, untyped;
	struct bytes body;
	char *words; /* where the strings above live */
	uint64_t seen, fired;
};

struct faults {
	pthread_mutex_t lock;
	struct fault *first;
};

/* -1 if the line can't be understood. */
int fault_add(struct faults *f, const char *line);

/* The fault that is due for the request, counting it; else NULL. */
struct fault *fault_due(struct faults *f, const struct request *r);

/* Puts another reply in the answer's place, if the fault has one. */
void fault_reply(const struct fault *f, struct answer *a);

/* Names the faults that never fired; how many there are. */
unsigned faults_unmet(const struct faults *f, FILE *to);
void faults_free(struct faults *f);

#endif
