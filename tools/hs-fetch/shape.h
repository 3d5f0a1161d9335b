/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef FETCH_SHAPE_H
#define FETCH_SHAPE_H

#include <stdbool.h>

#include "buf.h"
#include "err.h"
#include "object.h"

/*
 * A page of an answer that is none: whose records are in arrays of other
 * names, or which is one record itself.  body becomes {"results":[...]} and
 * the answer's other members; where the kind's list is a POST, hasMore and
 * offset become its paging, too.  results says where the records are, as in
 * struct hs_object_kind.  first: no page of the list came before.
 *
 * What is no JSON, or an error of the API, stays as it is: answer_read() says
 * so.  HS_USAGE: there is more than one way to read the answer.  HS_PROTOCOL:
 * the arrays are not there, or the answer says that there is more and not
 * where.
 */
int shape_page(struct hs_buf *body, const struct hs_object_kind *kind,
    const char *results, bool first, struct hs_err *e);

#endif
