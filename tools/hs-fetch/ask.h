/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef FETCH_ASK_H
#define FETCH_ASK_H

#include <cjson/cJSON.h>

#include "endpoint.h"
#include "search.h"
#include "session.h"

/*
 * Answers whose content we use, as documents.  Each function waits for its
 * answer.  An answer that is not strictly a JSON object is asked for again,
 * and then is HS_PROTOCOL.  The caller deletes the document; it is NULL after a
 * failure.
 */

/* What an answer that becomes a document may be: it takes many times that. */
#define ASK_BYTES ((size_t)1 << 20)
#define ASK_LIST_BYTES ((size_t)32 << 20)

/* One answer; with s not NULL it is a search. */
int ask_document(struct session *api, enum endpoint at, const char *type,
    const struct search *s, cJSON **j, struct hs_err *e);

/* The results of all pages, as one array; query is "" or like "?a=b".  So far
 * these lists have come in one page; nothing promises that. */
int ask_list(struct session *api, const struct hs_object_kind *kind,
    const char *type, const char *query, cJSON **list, struct hs_err *e);

/* A string member; "" where it is missing or none. */
const char *ask_text(const cJSON *j, const char *name);

/* The document in an answer's body; NULL with e filled. */
cJSON *ask_read(const struct hs_buf *body, struct hs_err *e);

#endif
