/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
#ifndef FETCH_SEARCH_H
#define FETCH_SEARCH_H

#include <stdbool.h>

#include "buf.h"
#include "form.h"
#include "span.h"

/* The bodies of searches, in the order of ids. */
struct search {
	const char *type;
	const char *since;	 /* what changed since; or NULL: all */
	const char *last;	 /* behind that id; or NULL */
	const char *below;	 /* before that one; or NULL */
	unsigned long long skip; /* without so many of them */
	/* JSON with a comma, "properties":[...], or empty: the API's few. */
	struct hs_span properties;
	bool falling; /* the greatest id first */
	unsigned limit;
};

#define SEARCH_ID HS_SPAN("\"properties\":[\"hs_object_id\"],")

/* Replaces b's content by the body; form is what is left out.  Gives what it
 * may do without. */
unsigned search_body(struct hs_buf *b, const struct search *s, unsigned form);

#endif
