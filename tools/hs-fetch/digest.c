/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/*
 * What a stream is of, so that --resume does not join two that differ.
 *
 * The order of properties and histories does not count: the API promises none.
 */
#include "digest.h"

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
digest_request(const char *version, const struct list_options *o,
    char digest[DIGEST_SIZE], struct hs_err *e)
{
	unsigned char bytes[32];
	struct sha256 s;

	sha256_init(&s);
	add(&s, version);
	add(&s, o->label);
	add(&s, o->archived ? "archived" : "");
	add(&s, o->some_properties ? "properties" : "default");
	for (size_t i = 0; i < o->object->assocs; i++)
		add(&s, o->object->assoc[i]);
	add(&s, "");
	if (o->object->query)
		add(&s, o->object->query);
	if (o->results)
		add(&s, o->results);
	if (o->since)
		add(&s, o->since);
	if (o->labels)
		add(&s, "labels");
	if (add_sorted(&s, &o->properties) < 0 ||
	    add_sorted(&s, &o->history) < 0)
		return hs_err_mem(e, "names");
	sha256_end(&s, bytes);
	for (size_t i = 0; i < DIGEST_SIZE / 2; i++)
		snprintf(digest + 2 * i, 3, "%02x", bytes[i]);
	return 0;
}
