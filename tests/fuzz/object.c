/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/*
 * What to fetch, as any text.  A path that is taken has nothing in it that
 * leads elsewhere, and is taken again as it is; names have no character that
 * a path, a list or a line could mistake.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "object.h"
#include "path.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A path that a server would read otherwise, its escapes decoded. */
static bool
is_twisted(const char *path)
{
	char text[HS_PATH_MAX + 3] = "/", *to = text + 1;
	unsigned c;

	for (const char *s = path; *s; s++)
		if (*s == '%' && sscanf(s + 1, "%2x", &c) == 1) {
			if (c < ' ' || c == '/')
				return true;
			*to++ = (char)c;
			s += 2;
		} else {
			*to++ = *s;
		}
	strcpy(to, "/");
	return strstr(text, "/./") || strstr(text, "/../") ||
	       (strstr(text, "//") && strstr(text, "//")[2] != '\0');
}

static const char *
path_fault(const struct hs_object *o)
{
	char *path = NULL, *query = NULL, *again = NULL;
	const char *why = NULL;
	struct hs_err e;
	unsigned limit;

	for (const char *s = o->type; *s; s++)
		if (*s <= ' ' || *s > '~' || strchr("?#\\\"<>^`|", *s))
			return "a path has a character that it may not have";
	if (*o->type == '\0' || is_twisted(o->type))
		return "a path leads elsewhere";
	if (o->query && strchr(o->query, '#'))
		return "a query ends before its end";
	if (asprintf(&again, "%s%s%s", o->type, o->query ? "?" : "",
		o->query ? o->query : "") < 0)
		abort();
	if (hs_path_parse(again, &path, &query, &limit, &e) < 0)
		why = "what was taken is refused";
	else if (strcmp(path, o->type) != 0 || limit != 0 ||
		 !query != !o->query || (query && strcmp(query, o->query) != 0))
		why = "what was taken is read differently";
	free(path);
	free(query);
	free(again);
	return why;
}

static const char *
name_fault(const char *name)
{
	if (*name == '\0' || strlen(name) > HS_OBJECT_NAME_MAX)
		return "a name has no length that it may have";
	for (const char *s = name; *s; s++)
		if ((unsigned char)*s < ' ' || strchr(":,/?#\177", *s))
			return "a name has a character that it may not have";
	return NULL;
}

static const char *
fault(const struct hs_object *o)
{
	const char *why = NULL;

	if (o->path)
		return path_fault(o);
	if (o->type)
		why = name_fault(o->type);
	for (size_t i = 0; i < o->assocs && !why; i++)
		why = name_fault(o->assoc[i]);
	return o->assocs > 0 && !o->records ? "what are no records has links"
					    : why;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	/* Of its own length, so that a step outside is noticed. */
	char *text = malloc(size + 1);
	const char *why = NULL;
	struct hs_object o;
	struct hs_err e;

	if (!text)
		abort();
	memcpy(text, data, size);
	text[size] = '\0';
	if (hs_object_parse(&o, text, &e) == 0)
		why = fault(&o);
	hs_object_free(&o);
	free(text);
	if (why) {
		fprintf(stderr, "%s\n", why);
		abort();
	}
	return 0;
}
