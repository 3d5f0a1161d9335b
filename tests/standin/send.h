/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef STANDIN_SEND_H
#define STANDIN_SEND_H

struct answer;
struct request;

/*
 * The last step of a request: packs the body if the client wants gzip, logs
 * the request, and queues the answer, in the wrong way if its fault says so.
 * Zero if the connection should be closed instead.
 */
int send_answer(struct request *r, struct answer *a);

#endif
