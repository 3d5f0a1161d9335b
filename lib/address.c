/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Addresses of sources and sinks, their variables filled in. */
#include "address.h"

#include <stdlib.h>
#include <string.h>

/* Writes into memory of a fixed size, since growing would leave copies of a
 * secret behind. */
struct writer {
	char *p;
	char *end;
};

static bool
is_alpha(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static int
hex(char c)
{
	if (is_digit(c))
		return c - '0';
	c = (char)(c | 0x20);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Length of the scheme before its colon (RFC 3986, 3.1); 0 without one. */
static size_t
scheme_len(const char *s)
{
	size_t n = 0;

	if (!is_alpha(s[0]))
		return 0;
	while (is_alpha(s[n]) || is_digit(s[n]) || strchr("+-.", s[n])) {
		if (s[n] == '\0')
			return 0;
		n++;
	}
	return s[n] == ':' ? n : 0;
}

static int
put(struct writer *w, const char *p, size_t n, struct hs_err *e)
{
	if ((size_t)(w->end - w->p) < n)
		return hs_err_set(e, HS_CONFIG,
		    "address is longer than %d bytes", HS_ADDRESS_MAX);
	memcpy(w->p, p, n);
	w->p += n;
	return 0;
}

/* Length of the reference to a variable at s, which starts with '{' or "${",
 * and that variable's name; 0 when it is no reference. */
static size_t
reference(const char *s, const char *end, const char **name, size_t *len)
{
	const char *p = s + (*s == '$') + 1;

	*name = p;
	if (p >= end || !(is_alpha(*p) || *p == '_'))
		return 0;
	while (p < end && (is_alpha(*p) || is_digit(*p) || *p == '_'))
		p++;
	*len = (size_t)(p - *name);
	return p < end && *p == '}' ? (size_t)(p + 1 - s) : 0;
}

static int
put_variable(struct writer *w, const char *name, size_t len, struct hs_err *e)
{
	char key[256];

	if (len >= sizeof key)
		return hs_err_set(
		    e, HS_CONFIG, "address: a variable's name is too long");
	memcpy(key, name, len);
	key[len] = '\0';
	const char *value = getenv(key);
	if (!value)
		return hs_err_set(e, HS_CONFIG,
		    "address: variable %s is not set; export %s", key, key);
	return put(w, value, strlen(value), e);
}

static int
put_percent(struct writer *w, const char *s, const char *end, struct hs_err *e)
{
	int high = end - s >= 3 ? hex(s[1]) : -1;
	int low = end - s >= 3 ? hex(s[2]) : -1;
	char c = (char)(high * 16 + low);

	if (high < 0 || low < 0 || (high == 0 && low == 0))
		return hs_err_set(e, HS_CONFIG,
		    "address: %% is not followed by two hexadecimal digits; "
		    "write %%25 for the character itself");
	return put(w, &c, 1, e);
}

/* Adds the text from s to end, decoded, as a string. */
static const char *
text(struct writer *w, const char *s, const char *end, bool expand,
    bool *literal, struct hs_err *e)
{
	const char *begin = w->p, *name;
	size_t len = 0, n;
	int r;

	*literal = true;
	while (s < end) {
		n = 1;
		if (*s == '%') {
			r = put_percent(w, s, end, e);
			n = 3;
		} else if (*s == '{' ||
			   (*s == '$' && s + 1 < end && s[1] == '{')) {
			n = reference(s, end, &name, &len);
			if (n == 0) {
				hs_err_set(e, HS_CONFIG,
				    "address: { is not the start of {NAME}; "
				    "write %%7B for the character itself");
				return NULL;
			}
			*literal = false;
			r = expand ? put_variable(w, name, len, e)
				   : put(w, s, n, e);
		} else {
			r = put(w, s, 1, e);
		}
		if (r < 0)
			return NULL;
		s += n;
	}
	return put(w, "", 1, e) < 0 ? NULL : begin;
}

static int
parameter(struct hs_address *a, struct writer *w, const char *s,
    const char *end, bool expand, struct hs_err *e)
{
	const char *equals = memchr(s, '=', (size_t)(end - s));
	struct hs_param *p = &a->param[a->params];
	bool ignored;

	if (a->params == HS_ADDRESS_PARAMS)
		return hs_err_set(e, HS_CONFIG,
		    "address: more than %d parameters", HS_ADDRESS_PARAMS);
	if (!equals || equals == s)
		return hs_err_set(e, HS_CONFIG,
		    "address: parameter %zu is not name=value", a->params + 1);
	p->name = text(w, s, equals, false, &ignored, e);
	if (!p->name)
		return -1;
	if (hs_address_param(a, p->name))
		return hs_err_set(e, HS_CONFIG,
		    "address: parameter %s is given twice", p->name);
	p->value = text(w, equals + 1, end, expand, &p->literal, e);
	if (!p->value)
		return hs_err_at(e, "parameter %s", p->name);
	a->params++;
	return 0;
}

static int
parameters(struct hs_address *a, struct writer *w, const char *s, bool expand,
    struct hs_err *e)
{
	while (*s != '\0') {
		const char *end = s + strcspn(s, "&");

		if (end > s && parameter(a, w, s, end, expand, e) < 0)
			return -1;
		s = *end == '&' ? end + 1 : end;
	}
	return 0;
}

/* Adds the scheme, of n bytes, in lower case. */
static int
scheme(struct hs_address *a, struct writer *w, const char *s, size_t n,
    struct hs_err *e)
{
	char *text = w->p;

	if (n == 0)
		return hs_err_set(e, HS_CONFIG,
		    "address: no scheme, such as hubspot: or csv:");
	if (put(w, s, n, e) < 0 || put(w, "", 1, e) < 0)
		return -1;
	for (size_t i = 0; i < n; i++)
		if (text[i] >= 'A' && text[i] <= 'Z')
			text[i] |= 0x20;
	a->scheme = text;
	return 0;
}

static int
split(struct hs_address *a, const char *s, bool expand, struct hs_err *e)
{
	struct writer w = {a->memory, a->memory + HS_ADDRESS_MAX};
	size_t n = scheme_len(s);
	bool ignored;

	if (scheme(a, &w, s, n, e) < 0)
		return -1;
	s += n + 1;
	const char *query = s + strcspn(s, "?");
	if (s[0] == '/' && s[1] == '/') {
		s += 2;
		n = strcspn(s, "/?");
		a->authority = text(&w, s, s + n, expand, &ignored, e);
		if (!a->authority)
			return -1;
		s += n;
	}
	a->path = text(&w, s, query, expand, &ignored, e);
	if (!a->path)
		return -1;
	return *query ? parameters(a, &w, query + 1, expand, e) : 0;
}

int
hs_address_parse(
    struct hs_address *a, const char *s, bool expand, struct hs_err *e)
{
	memset(a, 0, sizeof *a);
	a->memory = calloc(1, HS_ADDRESS_MAX);
	if (!a->memory)
		return hs_err_mem(e, "address");
	if (split(a, s, expand, e) == 0)
		return 0;
	hs_address_free(a);
	return -1;
}

const struct hs_param *
hs_address_param(const struct hs_address *a, const char *name)
{
	for (size_t i = 0; i < a->params; i++)
		if (strcmp(a->param[i].name, name) == 0)
			return &a->param[i];
	return NULL;
}

void
hs_address_free(struct hs_address *a)
{
	if (a->memory)
		explicit_bzero(a->memory, HS_ADDRESS_MAX);
	free(a->memory);
	memset(a, 0, sizeof *a);
}
