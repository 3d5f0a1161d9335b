/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* A path of the API. */
#include "path.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define LIMIT_MAX 10000

static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
			    "abcdefghijklmnopqrstuvwxyz"
			    "0123456789-._~!$&'()*+,;=:@";

/* The byte that two hexadecimal digits stand for; -1: they are none. */
static int
escaped(const char *s)
{
	static const char hex[] = "0123456789abcdef";
	int n = 0;

	for (int i = 0; i < 2; i++) {
		const char *at = s[i] ? strchr(hex, s[i] | 0x20) : NULL;

		if (!at || (s[i] < '0'))
			return -1;
		n = n * 16 + (int)(at - hex);
	}
	return n;
}

/* What is wrong with the n bytes: a literal, or NULL.  A path may have {V} as
 * a segment; more is what else may stand there. */
static const char *
text_fault(const char *s, size_t n, const char *more)
{
	for (size_t i = 0; i < n; i++) {
		if (s[i] == '%') {
			int c = n - i < 3 ? -1 : escaped(s + i + 1);

			if (c < 0)
				return "a % in it is not followed by two "
				       "hexadecimal digits";
			if (c < ' ' || c == 127)
				return "it has a control character";
			if ((c == '/' || c == '\\') && *more != '?')
				return "it has an escaped slash";
			i += 2;
		} else if (!strchr(plain, s[i]) && !strchr(more, s[i])) {
			return "it has a character that must be escaped, as "
			       "%20 is for a space";
		}
	}
	return NULL;
}

/* Whether the segment says . or .., escaped or not. */
static bool
is_dots(const char *s, size_t n)
{
	size_t dots = 0;

	for (size_t i = 0; i < n; i++, dots++)
		if (n - i >= 3 && s[i] == '%' && escaped(s + i + 1) == '.')
			i += 2;
		else if (s[i] != '.')
			return false;
	return dots == 1 || dots == 2;
}

static const char *
path_fault(const char *s, size_t len)
{
	if (len > HS_PATH_MAX)
		return "it is longer than 240 bytes";
	for (size_t i = 0, n; i <= len; i += n + 1) {
		n = strcspn(s + i, "/?");
		if (n == 0 && (i == 0 || i < len))
			return "a segment of it is empty";
		if (is_dots(s + i, n))
			return "it has . or .. in it";
		if (n == 3 && strncmp(s + i, "{V}", n) == 0)
			continue;
		const char *why = text_fault(s + i, n, "");
		if (why)
			return why;
	}
	return NULL;
}

/* Reads a whole number of 1 to LIMIT_MAX. */
static bool
read_limit(const char *s, size_t n, unsigned *limit)
{
	*limit = 0;
	for (size_t i = 0; i < n && *limit <= LIMIT_MAX; i++) {
		if (s[i] < '0' || s[i] > '9')
			return false;
		*limit = *limit * 10 + (unsigned)(s[i] - '0');
	}
	return *limit > 0 && *limit <= LIMIT_MAX;
}

/* Whether the n bytes are the name, escaped or not. */
static bool
is_name(const char *s, size_t n, const char *name)
{
	size_t i = 0;

	for (; i < n && *name; i++, name++) {
		int c = (unsigned char)s[i];

		if (c == '%') {
			c = escaped(s + i + 1);
			i += 2;
		}
		if (c != (unsigned char)*name)
			return false;
	}
	return i == n && !*name;
}

/* Copies the query without limit, which it reads. */
static const char *
take_query(const char *s, char *to, unsigned *limit)
{
	while (*s) {
		size_t n = strcspn(s, "&"), name = strcspn(s, "&=");

		if (is_name(s, name, "after"))
			return "its query has after: a stream begins at the "
			       "list's start; --resume goes on";
		if (!is_name(s, name, "limit")) {
			memcpy(to, s, n);
			to += n;
			if (n > 0)
				*to++ = '&';
		} else if (*limit > 0 || name == n ||
			   !read_limit(s + name + 1, n - name - 1, limit)) {
			return "its limit is no number from 1 to 10000";
		}
		s += n + (s[n] == '&');
	}
	to[-1] = '\0';
	return NULL;
}

static const char *
query_fault(const char *s)
{
	size_t n = strlen(s);

	if (n > HS_QUERY_MAX)
		return "its query is longer than 4000 bytes";
	if (n == 0)
		return "its query is empty";
	return text_fault(s, n, "?/");
}

int
hs_path_parse(const char *text, char **path, char **query, unsigned *limit,
    struct hs_err *e)
{
	size_t n = strcspn(text, "?");
	const char *why = path_fault(text, n), *rest = text + n;

	*limit = 0;
	*query = NULL;
	*path = NULL;
	if (strchr(text, '#'))
		why = "it has a fragment (#)";
	if (!why && *rest == '?')
		why = query_fault(++rest);
	if (why)
		return hs_err_set(e, HS_USAGE, "%s", why);
	*path = strndup(text, n);
	/* One byte before the text, for what ends an empty one. */
	char *copy = malloc(strlen(rest) + 2);
	if (!*path || !copy) {
		free(copy);
		return hs_err_mem(e, "path");
	}
	copy[0] = copy[1] = '\0';
	why = take_query(rest, copy + 1, limit);
	if (!why && copy[1])
		*query = strdup(copy + 1);
	bool lost = !why && copy[1] && !*query;
	free(copy);
	if (lost)
		return hs_err_mem(e, "path");
	return why ? hs_err_set(e, HS_USAGE, "%s", why) : 0;
}
