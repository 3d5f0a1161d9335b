/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Where the token comes from. */
#include "token.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "address.h"

static bool
is_blank(char c)
{
	return c && strchr(" \t\r\n\"'", c);
}

/* Leaves out what people paste along with a token. */
static int
clean(char *token, struct hs_err *e)
{
	char *s = token;
	size_t n, all = strlen(token);

	while (is_blank(*s))
		s++;
	if (strncasecmp(s, "Bearer", 6) == 0 &&
	    (s[6] == '\0' || is_blank(s[6])))
		s += 6;
	while (is_blank(*s))
		s++;
	n = strlen(s);
	while (n > 0 && is_blank(s[n - 1]))
		n--;
	memmove(token, s, n);
	explicit_bzero(token + n, all - n);
	if (n == 0)
		return hs_err_set(e, HS_CONFIG, "the token is empty");
	for (size_t i = 0; i < n; i++)
		if (token[i] <= ' ' || token[i] > '~')
			return hs_err_set(e, HS_CONFIG,
			    "the token has a character that can't be in one");
	return 0;
}

static int
keep(struct token *t, const char *text, struct hs_err *e)
{
	size_t n = strlen(text);

	if (n >= sizeof t->text)
		return hs_err_set(e, HS_CONFIG, "the token is too long");
	memcpy(t->text, text, n + 1);
	return clean(t->text, e);
}

static int
from_file(struct token *t, const char *file, struct hs_err *e)
{
	bool in = strcmp(file, "-") == 0;
	int fd = in ? STDIN_FILENO : open(file, O_RDONLY | O_CLOEXEC);
	size_t len = 0;
	ssize_t n = 0;

	if (fd < 0)
		return hs_err_set(e, HS_NOINPUT, "%s: cannot open: %s", file,
		    strerror(errno));
	/* A file that fills all of this holds something else than a token. */
	while (len < sizeof t->text - 1 &&
	       (n = read(fd, t->text + len, sizeof t->text - 1 - len)) > 0)
		len += (size_t)n;
	if (n < 0)
		hs_err_set(e, HS_NOINPUT, "%s: cannot read: %s", file,
		    strerror(errno));
	if (!in)
		close(fd);
	if (n < 0)
		return -1;
	t->text[len] = '\0';
	if (len == sizeof t->text - 1 || strlen(t->text) != len)
		return hs_err_set(e, HS_CONFIG, "%s: holds no token", file);
	return clean(t->text, e) < 0 ? hs_err_at(e, "%s", file) : 0;
}

static int
from_address(struct token *t, const char *text, struct hs_err *e)
{
	const struct hs_param *p, *service;
	struct hs_address a;
	int r;

	if (hs_address_parse(&a, text, true, e) < 0)
		return -1;
	p = hs_address_param(&a, "api_key");
	service = hs_address_param(&a, "service_key");
	if (p && service) {
		hs_address_free(&a);
		return hs_err_set(
		    e, HS_CONFIG, "address: has both api_key and service_key");
	}
	if (!p)
		p = service;
	if (strcmp(a.scheme, "hubspot") != 0 || !p) {
		r = hs_err_set(e, HS_CONFIG,
		    "address: not like hubspot://?api_key={HUBSPOT_API_KEY}");
	} else {
		t->literal = p->literal;
		r = keep(t, p->value, e);
	}
	hs_address_free(&a);
	return r;
}

int
token_read(
    struct token *t, const char *file, const char *address, struct hs_err *e)
{
	const char *value;
	int r;

	memset(t, 0, sizeof *t);
	if (file) {
		r = from_file(t, file, e);
		t->file = strcmp(file, "-") != 0 ? file : NULL;
	} else if (address) {
		r = from_address(t, address, e);
	} else {
		value = getenv("HUBSPOT_API_KEY");
		if (!value)
			return hs_err_set(e, HS_CONFIG,
			    "no token: export HUBSPOT_API_KEY, or give "
			    "--token-file");
		r = keep(t, value, e);
		if (r < 0)
			hs_err_at(e, "HUBSPOT_API_KEY");
	}
	if (r < 0)
		token_wipe(t);
	return r;
}

bool
token_renew(struct token *t)
{
	struct token new = {.file = t->file};
	struct hs_err ignored;
	bool other = t->file && from_file(&new, t->file, &ignored) == 0 &&
		     strcmp(new.text, t->text) != 0;

	if (other)
		*t = new;
	token_wipe(&new);
	return other;
}

void
token_wipe(struct token *t)
{
	explicit_bzero(t, sizeof *t);
}
