/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_CRM_ASK_H
#define HS_CRM_ASK_H

#include <cjson/cJSON.h>

#include "session.h"

/*
 * Answers whose content we use, as documents: each waits for its answer.
 * What is no JSON object, strictly, is asked for again like any answer that
 * can't be read, then HS_PROTOCOL.  The caller deletes the document; it is
 * NULL after a failure.
 */

/* One answer; with body not NULL it is a POST. */
int hs_crm_ask(struct hs_crm *crm, enum hs_endpoint at, const char *type,
    const char *body, cJSON **j, struct hs_err *e);

/* The results of all pages, as one array.  These lists come in one page so
 * far; that is promised nowhere. */
int hs_crm_ask_list(struct hs_crm *crm, const struct hs_object_kind *kind,
    const char *type, cJSON **list, struct hs_err *e);

/* A string member; "" where it is missing or none. */
const char *hs_crm_text(const cJSON *j, const char *name);

/* The document in an answer's body; NULL with e filled. */
cJSON *hs_crm_document(const struct hs_buf *body, struct hs_err *e);

#endif
