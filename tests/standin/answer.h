/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef STANDIN_ANSWER_H
#define STANDIN_ANSWER_H

#include <stdbool.h>

#include "bytes.h"

#define HEADERS_MAX 12

struct page;

/*
 * What goes back: made by a serve_ function, then perhaps spoilt by a fault,
 * then sent.  A zeroed struct with status 200 is an empty JSON answer.
 */
struct answer {
	unsigned status;
	struct bytes body;
	const struct page *page; /* one out of the cache, instead */
	const char *type;	 /* of the content; NULL for JSON */
	bool untyped;		 /* no Content-Type at all */
	const char *encoding;
	unsigned nheaders;
	struct {
		char name[48];
		char value[256];
	} headers[HEADERS_MAX];
};

void answer_header(struct answer *a, const char *name, const char *value);
void answer_number(struct answer *a, const char *name, long long value);

/* Replaces the body by HubSpot's error object; category may be NULL. */
__attribute__((format(printf, 4, 5))) void answer_error(struct answer *a,
    unsigned status, const char *category, const char *format, ...);

void answer_free(struct answer *a);

#endif
