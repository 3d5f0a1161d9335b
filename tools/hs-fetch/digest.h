/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef FETCH_DIGEST_H
#define FETCH_DIGEST_H

#include "fetch.h"

#define DIGEST_SIZE 17 /* bytes, the NUL included */

/* The member hs.request: a digest of all that makes one stream differ from
 * another. */
int digest_request(const char *version, const struct list_options *o,
    char digest[DIGEST_SIZE], struct hs_err *e);

#endif
