/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_HTTP_TRANSFER_H
#define HS_HTTP_TRANSFER_H

#include <curl/curl.h>

#include "http.h"

/*
 * One request on one libcurl handle: http.c has many of these.  A handle is
 * made once, and used for one request after another.
 */

/* The headers of a GET or POST; NULL when memory runs out. */
struct curl_slist *hs_transfer_headers(const char *token, bool post);

/* Frees headers, the token in them overwritten. */
void hs_transfer_wipe(struct curl_slist *headers);

/* A handle set up with what is the same for every request, or NULL. */
CURL *hs_transfer_new(long timeout);

/* Makes the handle ready to send r, whose answer is emptied; libcurl fills it
 * in from then on. */
void hs_transfer_begin(CURL *c, struct hs_request *r, size_t max_body,
    struct curl_slist *headers);

/* It can't be sent just now: an answer that says so. */
void hs_transfer_refuse(struct hs_request *r, const char *why);

/* The transfer is over, with code: completes r's answer. */
void hs_transfer_end(CURL *c, CURLcode code, struct hs_request *r);

#endif
