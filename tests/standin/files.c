/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Answers from files. */
#include "files.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "answer.h"
#include "serve.h"
#include "server.h"

#define LIMIT 10
#define LIMIT_MAX 100

int
files_add(struct files *f, const char *spec)
{
	const char *at = strchr(spec, '=');
	FILE *in = at ? fopen(at + 1, "re") : NULL;
	char part[65536];
	size_t n;

	if (in == NULL)
		return -1;
	struct file *new = calloc(1, sizeof(*new));
	new->path = strndup(spec, (size_t)(at - spec));
	while ((n = fread(part, 1, sizeof(part), in)) > 0)
		bytes_add(&new->text, part, n);
	bytes_end(&new->text);
	fclose(in);
	new->next = f->first;
	f->first = new;
	return 0;
}

void
files_free(struct files *f)
{
	struct file *one;

	while ((one = f->first)) {
		f->first = one->next;
		free(one->path);
		bytes_free(&one->text);
		free(one);
	}
}

/* The end of the element at s: the comma or bracket behind it. */
static const char *
element_end(const char *s)
{
	int depth = 0;
	bool quoted = false;

	for (; *s; s++) {
		if (*s == '\\' && s[1])
			s++;
		else if (*s == '"')
			quoted = !quoted;
		else if (!quoted && strchr("[{", *s))
			depth++;
		else if (!quoted && depth > 0 && strchr("]}", *s))
			depth--;
		else if (!quoted && depth == 0 && strchr(",]", *s))
			break;
	}
	return s;
}

static void
add_page(struct request *r, struct answer *a, const char *list, uint64_t limit,
    uint64_t from)
{
	uint64_t end = from + limit, i = 0;

	bytes_lit(&a->body, "{\"results\":[");
	for (const char *s = list + 1; *s && *s != ']'; i++) {
		const char *stop = element_end(s);

		if (i >= from && i < end) {
			bytes_str(&a->body, i > from ? "," : "");
			bytes_add(&a->body, s, (size_t)(stop - s));
		}
		s = *stop == ',' ? stop + 1 : stop;
		s += strspn(s, " \n");
	}
	bytes_char(&a->body, ']');
	bool again = request_spoilt(r, DATA_CURSOR);
	if (end < i || again)
		request_next(r, a, again ? from : end);
	bytes_char(&a->body, '}');
}

bool
files_serve(struct request *r, struct answer *a)
{
	const struct file *f = r->server->files.first;
	uint64_t limit;

	while (f != NULL && !route_matches(f->path, r->path))
		f = f->next;
	if (f == NULL)
		return false;
	if (strcmp(r->method, "GET") != 0) {
		answer_error(a, 405, NULL, "Method Not Allowed");
	} else if (*f->text.at != '[') {
		bytes_add(&a->body, f->text.at, f->text.len);
	} else if (request_limit(r, a, LIMIT, LIMIT_MAX, &limit)) {
		char *after = request_get(r, "after");

		add_page(r, a, f->text.at, limit,
		    after ? strtoull(after, NULL, 10) : 0);
		free(after);
	}
	return true;
}
