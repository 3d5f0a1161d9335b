/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/*
 * What a stream is of, so that --resume does not join two that differ.
 *
 * Properties and histories count in any order: the API promises none for
 * theirs.
 */
#include "run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sha256.h"

static void
add(struct sha256 *s, const char *text)
{
	sha256_add(s, text, strlen(text) + 1);
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static int
add_sorted(struct sha256 *s, const struct names *names)
{
	char **v = calloc(names->n + 1, sizeof *v);

	if (!v)
		return -1;
	for (size_t i = 0; i < names->n; i++)
		v[i] = names->v[i];
	qsort(v, names->n, sizeof *v, by_name);
	for (size_t i = 0; i < names->n; i++)
		add(s, v[i]);
	add(s, "");
	free(v);
	return 0;
}

int
digest_request(struct run *r, struct hs_err *e)
{
	unsigned char digest[32];
	struct sha256 s;

	sha256_init(&s);
	add(&s, r->session.version);
	add(&s, r->label);
	add(&s, r->list.archived ? "archived" : "");
	add(&s, r->list.some_properties ? "properties" : "default");
	for (size_t i = 0; i < r->object.assocs; i++)
		add(&s, r->object.assoc[i]);
	add(&s, "");
	if (add_sorted(&s, &r->list.properties) < 0 ||
	    add_sorted(&s, &r->list.history) < 0)
		return hs_err_mem(e, "names");
	sha256_end(&s, digest);
	for (size_t i = 0; i < sizeof r->request / 2; i++)
		snprintf(r->request + 2 * i, 3, "%02x", digest[i]);
	return 0;
}
