/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* The script of faults: reading it, and which is due when. */
#include "fault.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "answer.h"
#include "server.h"

struct word {
	const char *name;
	int value;
	char argument; /* n: a number, o: perhaps one, 0: none */
};

static const struct word data_words[] = {{"cut-valid", DATA_CUT, 0},
    {"repeat-cursor", DATA_CURSOR, 0}, {"empty-page", DATA_EMPTY, 0},
    {"torn", DATA_TORN, 'o'}, {"missing", DATA_MISSING, 'n'},
    {"extra", DATA_EXTRA, 0}, {"duplicate", DATA_DUPLICATE, 0},
    {"partial207", DATA_PARTIAL, 0}, {NULL, 0, 0}};

static const struct word reply_words[] = {{"html", REPLY_HTML, 0},
    {"empty", REPLY_EMPTY, 0}, {"garbage", REPLY_GARBAGE, 0},
    {"nan", REPLY_NAN, 0}, {"no-results", REPLY_NO_RESULTS, 0}, {NULL, 0, 0}};

static const struct word sending_words[] = {{"reset", SEND_RESET, 0},
    {"truncate", SEND_TRUNCATE, 'n'}, {"truncate-chunked", SEND_CHUNKED, 'n'},
    {"short-length", SEND_SHORT, 'o'}, {"stall", SEND_STALL, 'n'},
    {"huge", SEND_HUGE, 'n'}, {"huge-spaces", SEND_SPACES, 'n'},
    {"bomb", SEND_BOMB, 0}, {"badgzip", SEND_BADGZIP, 0},
    {"exit", SEND_EXIT, 'o'}, {NULL, 0, 0}};

/* Which endpoints have data that can be wrong in that way. */
static const struct {
	unsigned data;
	unsigned endpoints;
} scope[] = {
    {DATA_CUT, 1u << ENDPOINT_LIST | 1u << ENDPOINT_BATCH |
		   1u << ENDPOINT_PROPERTIES | 1u << ENDPOINT_OWNERS},
    {DATA_CURSOR, 1u << ENDPOINT_LIST | 1u << ENDPOINT_LINKS_BATCH |
		      1u << ENDPOINT_OWNERS},
    {DATA_EMPTY, 1u << ENDPOINT_LIST | 1u << ENDPOINT_LINKS_BATCH},
    {DATA_TORN,
	1u << ENDPOINT_LIST | 1u << ENDPOINT_BATCH | 1u << ENDPOINT_RECORD},
    {DATA_MISSING, 1u << ENDPOINT_BATCH},
    {DATA_EXTRA, 1u << ENDPOINT_BATCH},
    {DATA_DUPLICATE, 1u << ENDPOINT_LIST | 1u << ENDPOINT_BATCH},
    {DATA_PARTIAL, 1u << ENDPOINT_LINKS_BATCH},
};

static int
parse_number(const char *s, uint64_t *n)
{
	char *end;

	if (s == NULL || !isdigit((unsigned char)*s))
		return -1;
	*n = strtoull(s, &end, 10);
	return *end == '\0' ? 0 : -1;
}

/* The word's value if it's one of the table's; -1 otherwise. */
static int
look_up(
    const struct word *w, const char *name, const char *argument, uint64_t *n)
{
	for (; w->name != NULL; w++) {
		if (strcmp(w->name, name) != 0)
			continue;
		if (argument == NULL)
			return w->argument == 'n' ? -1 : w->value;
		if (w->argument == 0 || parse_number(argument, n) != 0)
			return -1;
		return w->value;
	}
	return -1;
}

static int
parse_drip(struct fault *f, char *argument)
{
	char *slash = strchr(argument, '/');

	if (slash == NULL)
		return -1;
	*slash = '\0';
	f->sending = SEND_DRIP;
	if (parse_number(argument, &f->size) != 0 || f->size == 0)
		return -1;
	return parse_number(slash + 1, &f->pause);
}

static int
read_body(struct fault *f, const char *argument)
{
	char chunk[4096];
	size_t n;

	f->reply = REPLY_TEXT;
	if (*argument != '@') {
		bytes_str(&f->body, argument);
		return 0;
	}
	FILE *file = fopen(argument + 1, "rb");
	if (file == NULL)
		return -1;
	while ((n = fread(chunk, 1, sizeof(chunk), file)) > 0)
		bytes_add(&f->body, chunk, n);
	fclose(file);
	return 0;
}

static int
add_header(struct fault *f, const char *argument)
{
	for (size_t i = 0; i < sizeof(f->headers) / sizeof(*f->headers); i++) {
		if (f->headers[i] == NULL) {
			f->headers[i] = argument;
			return strchr(argument, ':') ? 0 : -1;
		}
	}
	return -1;
}

/* The words that have an argument of their own sort. */
static int
parse_special(struct fault *f, const char *name, char *argument)
{
	uint64_t n;

	if (strcmp(name, "path") == 0)
		f->path = argument;
	else if (strcmp(name, "query") == 0)
		f->query = argument;
	else if (strcmp(name, "contains") == 0)
		f->contains = argument;
	else if (strcmp(name, "method") == 0)
		f->method = argument;
	else if (strcmp(name, "redirect") == 0)
		f->redirect = argument;
	else if (strcmp(name, "header") == 0)
		return add_header(f, argument);
	else if (strcmp(name, "body") == 0)
		return read_body(f, argument);
	else if (strcmp(name, "drip") == 0)
		return parse_drip(f, argument);
	else if (strcmp(name, "at") == 0)
		return parse_number(argument, &f->at);
	else if (strcmp(name, "delay") == 0)
		return parse_number(argument, &f->delay);
	else if (strcmp(name, "times") != 0)
		goto status;
	else if (strcmp(argument, "forever") != 0)
		return parse_number(argument, &f->times);
	else
		f->times = UINT64_MAX;
	return 0;
status:
	if (strcmp(name, "status") != 0 || parse_number(argument, &n) != 0 ||
	    n < 100 || n > 999)
		return -1;
	f->status = (unsigned)n;
	return 0;
}

static int
parse_word(struct fault *f, char *word)
{
	char *argument = strchr(word, '=');
	int value;

	if (argument != NULL)
		*argument++ = '\0';
	if ((value = look_up(data_words, word, argument, &f->count)) >= 0) {
		f->data |= (unsigned)value;
		return 0;
	}
	if ((value = look_up(reply_words, word, argument, NULL)) >= 0) {
		f->reply = (enum fault_reply)value;
		return 0;
	}
	if ((value = look_up(sending_words, word, argument, &f->size)) >= 0) {
		f->sending = (enum fault_sending)value;
		return 0;
	}
	if (argument != NULL)
		return parse_special(f, word, argument);
	f->charset |= strcmp(word, "charset") == 0;
	f->untyped |= strcmp(word, "no-content-type") == 0;
	return f->charset || f->untyped ? 0 : -1;
}

int
fault_add(struct faults *faults, const char *line)
{
	struct fault *f = calloc(1, sizeof(*f)), **last = &faults->first;

	f->text = strdup(line);
	f->words = strdup(line);
	f->at = f->times = 1;
	f->size = UINT64_MAX;
	while (*last != NULL)
		last = &(*last)->next;
	*last = f;
	for (char *rest = f->words, *word; rest != NULL;) {
		while (*rest == ' ')
			rest++;
		if (*rest == '\0')
			break;
		if (strncmp(rest, "body=", 5) == 0)
			return read_body(f, rest + 5);
		word = strsep(&rest, " ");
		if (parse_word(f, word) != 0)
			return -1;
	}
	return 0;
}

static bool
matches(const struct fault *f, const struct request *r)
{
	if (f->path != NULL && strstr(r->path, f->path) == NULL)
		return false;
	if (f->query != NULL && strstr(r->query, f->query) == NULL)
		return false;
	if (f->method != NULL && strcmp(r->method, f->method) != 0)
		return false;
	if (f->contains != NULL &&
	    memmem(r->body.len ? r->body.at : "", r->body.len, f->contains,
		strlen(f->contains)) == NULL)
		return false;
	for (size_t i = 0; i < sizeof(scope) / sizeof(scope[0]); i++)
		if ((f->data & scope[i].data) &&
		    !(scope[i].endpoints & 1u << r->route.endpoint))
			return false;
	return true;
}

struct fault *
fault_due(struct faults *faults, const struct request *r)
{
	struct fault *due = NULL;

	pthread_mutex_lock(&faults->lock);
	for (struct fault *f = faults->first; f != NULL; f = f->next) {
		if (!matches(f, r) || ++f->seen < f->at)
			continue;
		if (due == NULL && f->fired < f->times) {
			f->fired++;
			due = f;
		}
	}
	pthread_mutex_unlock(&faults->lock);
	return due;
}

static void
set_body(struct answer *a, const char *text, const char *type)
{
	a->body.len = 0;
	a->type = type;
	bytes_str(&a->body, text);
}

static void
replace_body(const struct fault *f, struct answer *a)
{
	switch (f->reply) {
	case REPLY_TEXT:
		set_body(a, "", NULL);
		bytes_add(&a->body, f->body.at, f->body.len);
		break;
	case REPLY_HTML:
		set_body(a,
		    "<!DOCTYPE html>\n<html><head><title>Error</title>"
		    "</head><body><h1>Something \033[31mwent wrong</h1>"
		    "</body></html>\n",
		    "text/html; charset=utf-8");
		break;
	case REPLY_EMPTY: set_body(a, "", NULL); break;
	case REPLY_GARBAGE:
		set_body(a, "{\"results\":[{\"id\":\"1\",}],}", NULL);
		break;
	case REPLY_NAN:
		set_body(a,
		    "{\"results\":[{\"id\":\"1\",\"properties\":"
		    "{\"score\":NaN}}]}",
		    NULL);
		break;
	case REPLY_NO_RESULTS:
		answer_error(a, 200, NULL, "internal error");
		break;
	case REPLY_RIGHT: break;
	}
}

static void
make_error(struct answer *a, unsigned status)
{
	const char *category = NULL;

	if (status == 429) {
		answer_error(a, 429, "RATE_LIMITS",
		    "You have reached your ten_secondly_rolling limit.");
		return;
	}
	if (status == 401)
		category = "INVALID_AUTHENTICATION";
	else if (status == 403)
		category = "MISSING_SCOPES";
	else if (status == 404)
		category = "OBJECT_NOT_FOUND";
	answer_error(a, status, category, "fault with status %u", status);
}

void
fault_reply(const struct fault *f, struct answer *a)
{
	if (f->status >= 400 && f->reply == REPLY_RIGHT)
		make_error(a, f->status);
	replace_body(f, a);
	if (f->status != 0)
		a->status = f->status;
	else if (f->reply != REPLY_RIGHT)
		a->status = 200;
	if (f->redirect != NULL) {
		a->status = f->status ? f->status : 302;
		answer_header(a, "Location", f->redirect);
	}
	for (size_t i = 0; i < 4 && f->headers[i] != NULL; i++) {
		const char *colon = strchr(f->headers[i], ':');
		char name[48];
		snprintf(name, sizeof(name), "%.*s",
		    (int)(colon - f->headers[i]), f->headers[i]);
		answer_header(a, name, colon + 1);
	}
	if (f->charset)
		a->type = "text/plain; charset=ISO-8859-1";
	a->untyped = f->untyped;
}

unsigned
faults_unmet(const struct faults *faults, FILE *to)
{
	unsigned n = 0;

	for (struct fault *f = faults->first; f != NULL; f = f->next) {
		if (f->fired > 0)
			continue;
		fprintf(to, "standin: fault never met: %s\n", f->text);
		n++;
	}
	return n;
}

void
faults_free(struct faults *faults)
{
	while (faults->first != NULL) {
		struct fault *f = faults->first;
		faults->first = f->next;
		bytes_free(&f->body);
		free(f->text);
		free(f->words);
		free(f);
	}
	pthread_mutex_destroy(&faults->lock);
}
