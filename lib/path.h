/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef HS_PATH_H
#define HS_PATH_H

#include "err.h"

/*
 * A path of the API, as a person gives it: marketing/v3/forms?archived=true,
 * behind its first slash.  It goes into a URL as it is, behind a host that is
 * given elsewhere.  So it can't lead to another host or out of its place: no
 * empty segment, no . or .., no fragment, and only characters that a URL may
 * have (RFC 3986).  Escapes are whole, and none stands for a slash or a control
 * character.  {V} is left for the API's version.
 */
#define HS_PATH_MAX 240	  /* bytes of the path */
#define HS_QUERY_MAX 4000 /* of its query */

/* Splits it into the path, its query (or NULL) without limit, and what limit
 * says (or 0).  The caller frees *path and *query in any case.  HS_USAGE: it
 * is no such path, or its query has after, which is not the caller's to
 * choose. */
int hs_path_parse(const char *text, char **path, char **query, unsigned *limit,
    struct hs_err *e);

#endif
