/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* The scanner: JSON text walked and validated in one pass, as spans. */
#include "scan.h"

#include <stdlib.h>

#include "grow.h"
#include "scan-scalar.h"

const char hs_scan_nomem[] = "out of memory";

/* Reads a member's key and colon, and goes to its value. */
__attribute__((always_inline)) static inline const char *
key_colon(struct hs_scan *s, const char *p, struct hs_span *key)
{
	if (p == s->end)
		return hs_scan_stop(s, p, hs_scan_cut);
	if (*p != '"')
		return hs_scan_stop(s, p, "a member's name is missing");
	const char *from = p + 1;
	p = hs_scan_string(s, p);
	if (!p)
		return NULL;
	*key = hs_span(from, (size_t)(p - 1 - from));
	p = hs_scan_space(p, s->end);
	if (p == s->end)
		return hs_scan_stop(s, p, hs_scan_cut);
	if (*p != ':')
		return hs_scan_stop(
		    s, p, "a colon is missing after a member's name");
	return hs_scan_space(p + 1, s->end);
}

/* Reads a value that is no container.  Most are strings or null. */
static inline const char *
scalar(struct hs_scan *s, const char *p)
{
	if (*p == '"')
		return hs_scan_string(s, p);
	if (s->end - p >= 4 && memcmp(p, "null", 4) == 0)
		return p + 4;
	return hs_scan_scalar(s, p);
}

/* Reads a container whole, without recursion: `open` is a stack of the
 * brackets that have to close, above a byte that no bracket is. */
static const char *
container(struct hs_scan *s, const char *p)
{
	char open[HS_SCAN_DEPTH + 1];
	struct hs_span key;
	int depth = 0;

	open[0] = '\0';
	for (;;) {
		if (p == s->end)
			return hs_scan_stop(s, p, hs_scan_cut);
		if (*p != '{' && *p != '[') {
			if (!(p = scalar(s, p)))
				return NULL;
		} else {
			if (s->depth + depth >= HS_SCAN_DEPTH)
				return hs_scan_stop(s, p, "nested too deep");
			char close = *p == '{' ? '}' : ']';
			open[++depth] = close;
			p = hs_scan_space(p + 1, s->end);
			if (p == s->end || *p != close) {
				if (close == '}' &&
				    !(p = key_colon(s, p, &key)))
					return NULL;
				continue;
			}
		}
		/* Behind a value, or at the bracket of an empty container. */
		p = hs_scan_space(p, s->end);
		while (p < s->end && *p == open[depth]) {
			if (--depth <= 0)
				return p + 1;
			p = hs_scan_space(p + 1, s->end);
		}
		if (p == s->end)
			return hs_scan_stop(s, p, hs_scan_cut);
		if (*p != ',')
			return hs_scan_stop(
			    s, p, "a comma or a bracket is missing");
		p = hs_scan_space(p + 1, s->end);
		if (open[depth] == '}' && !(p = key_colon(s, p, &key)))
			return NULL;
	}
}

/* Reads a value whole; p stands at its first byte. */
static inline const char *
value(struct hs_scan *s, const char *p, struct hs_span *v)
{
	const char *from = p;

	if (p == s->end)
		return hs_scan_stop(s, p, hs_scan_cut);
	if (*p == '"')
		p = hs_scan_string(s, p);
	else
		p = *p == '{' || *p == '[' ? container(s, p) : scalar(s, p);
	if (p)
		*v = hs_span(from, (size_t)(p - from));
	return p;
}

/* Goes to the next element of a container that ends with `close`. */
static int
next(struct hs_scan *s, char close)
{
	const char *p = hs_scan_space(s->p, s->end);

	if (s->why)
		return -1;
	if (p == s->end) {
		hs_scan_stop(s, p, hs_scan_cut);
		return -1;
	}
	if (*p == close) {
		s->p = p + 1;
		s->depth--;
		s->first = false;
		return 0;
	}
	if (!s->first) {
		if (*p != ',') {
			hs_scan_stop(s, p, "a comma or a bracket is missing");
			return -1;
		}
		p = hs_scan_space(p + 1, s->end);
	}
	s->first = false;
	s->p = p;
	return 1;
}

void
hs_scan_init(struct hs_scan *s, struct hs_span text)
{
	*s = (struct hs_scan){.start = text.p, .p = text.p, .end = text.p};
	/* C does not allow to add even 0 to NULL. */
	if (text.len > 0)
		s->end += text.len;
}

char
hs_scan_peek(struct hs_scan *s)
{
	if (s->why)
		return '\0';
	s->p = hs_scan_space(s->p, s->end);
	return s->p < s->end ? *s->p : '\0';
}

int
hs_scan_enter(struct hs_scan *s, char open)
{
	char c = hs_scan_peek(s);

	if (s->why)
		return -1;
	if (s->p == s->end)
		return hs_scan_fail(s, hs_scan_cut);
	if (c != open)
		return hs_scan_fail(
		    s, open == '{' ? "not an object" : "not an array");
	if (s->depth >= HS_SCAN_DEPTH)
		return hs_scan_fail(s, "nested too deep");
	s->p++;
	s->depth++;
	s->first = true;
	return 0;
}

int
hs_scan_member(struct hs_scan *s, struct hs_span *key)
{
	int r = next(s, '}');

	if (r <= 0)
		return r;
	const char *p = key_colon(s, s->p, key);
	if (!p)
		return -1;
	s->p = p;
	return 1;
}

int
hs_scan_element(struct hs_scan *s)
{
	return next(s, ']');
}

int
hs_scan_value(struct hs_scan *s, struct hs_span *v)
{
	struct hs_span unused;

	if (s->why)
		return -1;
	const char *p = value(s, hs_scan_space(s->p, s->end), v ? v : &unused);
	if (!p)
		return -1;
	s->p = p;
	return 0;
}

int
hs_scan_end(struct hs_scan *s)
{
	hs_scan_peek(s);
	if (s->why)
		return -1;
	if (s->p < s->end)
		return hs_scan_fail(s, "more text after the value");
	return 0;
}

int
hs_scan_fail(struct hs_scan *s, const char *why)
{
	hs_scan_stop(s, s->p, why);
	return -1;
}

int
hs_scan_fail_at(struct hs_scan *s, const char *p, const char *why)
{
	s->p = p ? p : s->p;
	return hs_scan_fail(s, why);
}

int
hs_scan_error(
    const struct hs_scan *s, unsigned long long line, struct hs_err *e)
{
	enum hs_kind kind = s->why == hs_scan_nomem ? HS_SYSTEM : HS_DATA;

	return hs_err_set(e, kind, "line %llu, column %zu: %s", line,
	    (size_t)(s->p - s->start) + 1, s->why ? s->why : "no error");
}

int
hs_scan_place(const struct hs_scan *s, struct hs_err *e)
{
	struct hs_scan here = *s;
	unsigned long long line = 1;
	const char *nl;

	while ((nl = memchr(here.start, '\n', (size_t)(here.p - here.start)))) {
		here.start = nl + 1;
		line++;
	}
	return hs_scan_error(&here, line, e);
}

/* Makes room for one more member. */
static inline int
make_room(struct hs_scan *s, struct hs_members *m)
{
	if (m->n < m->cap)
		return 0;
	if (m->n >= HS_MEMBERS_MAX)
		return hs_scan_fail(s, "an object has too many members");
	if (HS_GROW(m->v, m->n, m->cap) < 0)
		return hs_scan_fail(s, hs_scan_nomem);
	return 0;
}

int
hs_members_add(struct hs_members *m, struct hs_span key, struct hs_span v,
    struct hs_scan *s)
{
	if (make_room(s, m) < 0)
		return -1;
	m->escaped |= memchr(key.p, '\\', key.len) != NULL;
	m->v[m->n++] = (struct hs_member){.key = key, .value = v};
	return 0;
}

int
hs_scan_add(struct hs_scan *s, struct hs_span key, struct hs_members *m)
{
	struct hs_span v;

	if (hs_scan_value(s, &v) < 0)
		return -1;
	return hs_members_add(m, key, v, s);
}

/* Reads members as long as their keys are the known ones, in a loop that is
 * short, since most of a stream's bytes are read here. */
static const char *
known_members(struct hs_scan *s, const char *p, struct hs_members *m)
{
	const struct hs_known *k = &m->known;
	size_t n;

	while (m->n < m->cap && (n = hs_known_at(k, m->n, p, s->end)) > 0) {
		struct hs_member *new = &m->v[m->n];
		new->key = hs_span(p + 2, n - 4);
		p = value(s, hs_scan_space(p + n, s->end), &new->value);
		if (!p)
			return NULL;
		m->n++;
	}
	return p;
}

/* Reads a member whose key is not the known one.  p stands at the brace or
 * behind the value before it. */
static const char *
new_member(struct hs_scan *s, const char *p, struct hs_members *m, bool first,
    bool learn)
{
	const char *from = p;

	p = hs_scan_space(p, s->end);
	if (p == s->end)
		return hs_scan_stop(s, p, hs_scan_cut);
	if (!first && *p != ',')
		return hs_scan_stop(s, p, "a comma or a bracket is missing");
	p = hs_scan_space(p + 1, s->end);
	if (make_room(s, m) < 0)
		return NULL;
	struct hs_member *new = &m->v[m->n];
	s->escaped = false;
	if (!(p = key_colon(s, p, &new->key)))
		return NULL;
	m->escaped |= s->escaped;
	/* Only a key without white space around it. */
	if (learn && !s->escaped && (size_t)(p - from) == new->key.len + 4)
		hs_known_learn(
		    &m->known, m->n, hs_span(from, new->key.len + 4));
	p = value(s, p, &new->value);
	m->n += p != NULL;
	return p;
}

int
hs_scan_members(struct hs_scan *s, struct hs_members *m)
{
	bool known = hs_known_begin(&m->known), surprised = false;

	if (hs_scan_enter(s, '{') < 0)
		return -1;
	const char *open = s->p - 1, *p = open, *q;
	for (;;) {
		if (known && !(p = known_members(s, p, m)))
			return -1;
		q = hs_scan_space(p == open ? p + 1 : p, s->end);
		if (q < s->end && *q == '}')
			break;
		surprised = true;
		if (!(p = new_member(s, p, m, p == open, known)))
			return -1;
	}
	m->expected = known && !surprised;
	if (known)
		hs_known_end(&m->known, surprised);
	s->p = q + 1;
	s->depth--;
	s->first = false;
	return 0;
}

void
hs_members_free(struct hs_members *m)
{
	free(m->v);
	hs_known_free(&m->known);
	*m = (struct hs_members){0};
}
