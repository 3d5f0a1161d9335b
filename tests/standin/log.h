/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef STANDIN_LOG_H
#define STANDIN_LOG_H

#include <pthread.h>
#include <stdint.h>

struct request;

/*
 * One line of JSON a request, written whole before the answer is queued, so
 * that a client which has its answer finds its line.  Headers are never in
 * it, the token least of all.
 *
 *     {"n":1,"t":12,"port":40112,"method":"GET","path":"/crm/…","query":"…",
 *      "body":0,"status":200,"bytes":5120,"fault":null}
 *
 * t is milliseconds since the start, port the client's (so a connection that
 * was used again shows), body the request's length, bytes the answer's
 * before a fault cut it, status 0 where no answer was given at all.
 */
struct log {
	int fd; /* -1: none */
	pthread_mutex_t lock;
	uint64_t n;
	int64_t start;
};

int log_open(struct log *l, const char *file);
void log_request(
    struct log *l, const struct request *r, unsigned status, uint64_t bytes);
void log_close(struct log *l);

#endif
