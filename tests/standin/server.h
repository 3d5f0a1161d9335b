/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef STANDIN_SERVER_H
#define STANDIN_SERVER_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "assoc.h"
#include "bytes.h"
#include "cache.h"
#include "cursor.h"
#include "fault.h"
#include "files.h"
#include "limits.h"
#include "log.h"
#include "portal.h"
#include "route.h"

struct MHD_Connection;

/* What the command line said about answers; see options.c. */
struct manner {
	const char *token;
	const char *scopes; /* comma list; NULL: all */
	bool expired;
	bool malformed530;
	bool null_paging;
	bool number_ids; /* toObjectId as a string if not set */
	bool report_missing;
	bool strict_bodies, bare_bodies;
	bool gzip;
	struct cursor cursor; /* of lists of records */
	size_t association_page;
	uint64_t lists, members; /* how many; and of each list */
	uint64_t search_lag, search_results;
	unsigned latency;	   /* ms a request */
	unsigned property_latency; /* µs a property asked for */
	unsigned revoke_after;	   /* requests; 0: never */
	unsigned expire_after;	   /* the same; then next_token is good */
	const char *next_token;
};

/*
 * Everything that the threads share.  Each connection has a thread of its
 * own, so a handler may sleep; what they change is behind locks or atomic.
 */
struct server {
	struct manner manner;
	struct portal portal;
	struct links_rules rules;
	struct limits limits;
	struct faults faults;
	struct cache cache;
	struct files files;
	struct log log;
	atomic_uint authorized;
	atomic_bool stop;
};

/* A request from its first line to the end of its answer. */
struct request {
	struct server *server;
	struct MHD_Connection *connection;
	char *path;
	char *query; /* as it came, without the question mark; may be "" */
	const char *method;
	bool begun;
	struct bytes body;
	struct route route;
	struct fault *fault; /* what to do wrong; usually NULL */
};

/* Milliseconds on a clock that only goes forward. */
int64_t now_ms(void);

/* Sleeps, but not past the server's end. */
void server_sleep(struct server *s, unsigned ms);

#endif
