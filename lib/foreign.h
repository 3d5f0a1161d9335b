/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_FOREIGN_H
#define HS_FOREIGN_H

#include <stdbool.h>

#include "span.h"

/*
 * What comes in place of a stream: an error that the API has sent, JSON that
 * is not one object a line, or another format.
 */

/*
 * Whether an object is an error body of the API: it has a message and no id,
 * and its status is "error" or it has a correlationId.  Then *message is what
 * it says: a JSON string's text, without the quotes.
 */
bool hs_foreign_error(struct hs_span object, struct hs_span *message);

/* An object's first key, as it is spelled; NULL and 0 when there is none. */
struct hs_span hs_foreign_key(struct hs_span object);

/* Whether an error body may begin with this key. */
bool hs_foreign_is_errors(struct hs_span key);

/* What an input is whose first line this is, not an object, and what to do: a
 * literal, or NULL when it can't be told. */
const char *hs_foreign_format(struct hs_span line);

#endif
