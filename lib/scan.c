/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* The scanner: JSON text walked and validated in one pass, as spans. */
#include "scan.h"

#include <stdint.h>
#include <stdlib.h>
#if defined(__SSE2__) && !defined(HS_PORTABLE)
#include <emmintrin.h>
#endif

#include "utf8.h"

const char hs_scan_nomem[] = "out of memory";

static const char CUT[] = "the text ends in the middle of a value";

/* Notes the reason and place of a failure; NULL for callers that return the
 * place they have come to. */
static const char *
fail(struct hs_scan *s, const char *at, const char *why)
{
	s->p = at;
	s->why = why;
	return NULL;
}

static inline const char *
space(const char *p, const char *end)
{
	if (p != end && *p > ' ')
		return p;
	while (p < end && (*p == ' ' || *p == '\t' || *p == '\n' || *p == '\r'))
		p++;
	return p;
}

/*
 * Skips bytes that mean nothing inside a string: all but quote, backslash,
 * control characters and non-ASCII.  As signed bytes the last two are one
 * comparison, "less than a space".
 */
static inline const char *
plain(const char *p, const char *end)
{
#if defined(__SSE2__) && !defined(HS_PORTABLE)
	const __m128i quote = _mm_set1_epi8('"');
	const __m128i slash = _mm_set1_epi8('\\');
	const __m128i blank = _mm_set1_epi8(' ');

	for (; end - p >= 16; p += 16) {
		__m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
		__m128i hit = _mm_or_si128(_mm_cmplt_epi8(v, blank),
		    _mm_or_si128(
			_mm_cmpeq_epi8(v, quote), _mm_cmpeq_epi8(v, slash)));
		unsigned mask = (unsigned)_mm_movemask_epi8(hit);
		if (mask)
			return p + __builtin_ctz(mask);
	}
#else
	/* The same, eight bytes in a word: a byte of x is below n, or has its
	 * high bit set, where (x - n) | x has the high bit; borrows can only
	 * make a false alarm, which the byte loop below settles. */
	const uint64_t ones = UINT64_C(0x0101010101010101);

	for (; end - p >= 8; p += 8) {
		uint64_t x;
		memcpy(&x, p, 8);
		uint64_t quote = x ^ ones * '"', slash = x ^ ones * '\\';
		if (((x - ones * ' ') | x | (quote - ones) | (slash - ones)) &
		    ones * 0x80)
			break;
	}
#endif
	while (p < end && (signed char)*p >= ' ' && *p != '"' && *p != '\\')
		p++;
	return p;
}

static int
hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Reads one escape; p stands at the backslash. */
static const char *
escape(struct hs_scan *s, const char *p)
{
	s->escaped = true;
	if (s->end - p < 2)
		return fail(s, s->end, CUT);
	switch (p[1]) {
	case '"':
	case '\\':
	case '/':
	case 'b':
	case 'f':
	case 'n':
	case 'r':
	case 't': return p + 2;
	case 'u': break;
	default: return fail(s, p, "no such escape in a string");
	}
	for (int i = 2; i < 6; i++) {
		if (p + i >= s->end)
			return fail(s, s->end, CUT);
		if (hex(p[i]) < 0)
			return fail(s, p, "\\u needs four hexadecimal digits");
	}
	return p + 6;
}

/* Reads a run of non-ASCII characters. */
static inline const char *
non_ascii(struct hs_scan *s, const char *p)
{
	while (p < s->end && (signed char)*p < 0) {
		size_t n = hs_utf8_len(p, s->end);
		if (n == 0)
			return fail(s, p, "not UTF-8");
		p += n;
	}
	return p;
}

/* Reads a string on from the byte that plain() stopped at. */
static const char *
string_rest(struct hs_scan *s, const char *p)
{
	for (;;) {
		if (p == s->end)
			return fail(s, p, CUT);
		if (*p == '"')
			return p + 1;
		if (*p == '\\')
			p = escape(s, p);
		else if ((signed char)*p < 0)
			p = non_ascii(s, p);
		else
			p = fail(s, p, "raw control character in a string");
		if (!p)
			return NULL;
		p = plain(p, s->end);
	}
}

/* Reads a string; p stands at its opening quote. */
static inline const char *
string(struct hs_scan *s, const char *p)
{
	p = plain(p + 1, s->end);
	return p < s->end && *p == '"' ? p + 1 : string_rest(s, p);
}

static inline bool
digit(const char *p, const char *end)
{
	return p < end && *p >= '0' && *p <= '9';
}

static const char *
digits(struct hs_scan *s, const char *p)
{
	if (p == s->end)
		return fail(s, p, CUT);
	if (!digit(p, s->end))
		return fail(s, p, "a digit is missing in a number");
	while (digit(p, s->end))
		p++;
	return p;
}

static const char *
number(struct hs_scan *s, const char *p)
{
	if (*p == '-')
		p++;
	if (p < s->end && *p == '0') {
		p++;
		if (digit(p, s->end))
			return fail(s, p, "a number starts with a zero");
	} else if (!(p = digits(s, p))) {
		return NULL;
	}
	if (p < s->end && *p == '.' && !(p = digits(s, p + 1)))
		return NULL;
	if (p < s->end && (*p == 'e' || *p == 'E')) {
		p++;
		if (p < s->end && (*p == '+' || *p == '-'))
			p++;
		p = digits(s, p);
	}
	return p;
}

static const char *
literal(struct hs_scan *s, const char *p, struct hs_span word)
{
	size_t left = (size_t)(s->end - p);

	if (left < word.len && memcmp(p, word.p, left) == 0)
		return fail(s, s->end, CUT);
	if (left < word.len || memcmp(p, word.p, word.len) != 0)
		return fail(s, p, "not a JSON value");
	return p + word.len;
}

/* Reads a value that is no container. */
static const char *
scalar(struct hs_scan *s, const char *p)
{
	switch (*p) {
	case '"': return string(s, p);
	case 'n': return literal(s, p, HS_SPAN("null"));
	case 't': return literal(s, p, HS_SPAN("true"));
	case 'f': return literal(s, p, HS_SPAN("false"));
	case '-':
	case '0':
	case '1':
	case '2':
	case '3':
	case '4':
	case '5':
	case '6':
	case '7':
	case '8':
	case '9': return number(s, p);
	default: return fail(s, p, "not a JSON value");
	}
}

/* Reads a member's key and colon, and goes to its value. */
static inline const char *
key_colon(struct hs_scan *s, const char *p, struct hs_span *key)
{
	if (p == s->end)
		return fail(s, p, CUT);
	if (*p != '"')
		return fail(s, p, "a member's name is missing");
	const char *from = p + 1;
	p = string(s, p);
	if (!p)
		return NULL;
	*key = hs_span(from, (size_t)(p - 1 - from));
	p = space(p, s->end);
	if (p == s->end)
		return fail(s, p, CUT);
	if (*p != ':')
		return fail(s, p, "a colon is missing after a member's name");
	return space(p + 1, s->end);
}

/*
 * Reads a container whole, without recursion: what is open is a stack of
 * closing brackets.
 */
static const char *
container(struct hs_scan *s, const char *p)
{
	char open[HS_SCAN_DEPTH];
	struct hs_span key;
	int depth = 0;

	for (;;) {
		if (p == s->end)
			return fail(s, p, CUT);
		if (*p != '{' && *p != '[') {
			if (!(p = scalar(s, p)))
				return NULL;
		} else {
			if (s->depth + depth >= HS_SCAN_DEPTH)
				return fail(s, p, "nested too deep");
			char close = *p == '{' ? '}' : ']';
			open[depth++] = close;
			p = space(p + 1, s->end);
			if (p == s->end || *p != close) {
				if (close == '}' &&
				    !(p = key_colon(s, p, &key)))
					return NULL;
				continue;
			}
		}
		/* Behind a value, or at the bracket of an empty container; the
		 * first value was a container, so that one is open. */
		p = space(p, s->end);
		/* cppcheck-suppress uninitvar */
		while (p < s->end && *p == open[depth - 1]) {
			if (--depth == 0)
				return p + 1;
			p = space(p + 1, s->end);
		}
		if (p == s->end)
			return fail(s, p, CUT);
		if (*p != ',')
			return fail(s, p, "a comma or a bracket is missing");
		p = space(p + 1, s->end);
		if (open[depth - 1] == '}' && !(p = key_colon(s, p, &key)))
			return NULL;
	}
}

/* Reads a value whole; p stands at its first byte. */
static inline const char *
value(struct hs_scan *s, const char *p, struct hs_span *v)
{
	const char *from = p;

	if (p == s->end)
		return fail(s, p, CUT);
	/* Nearly all are one of these two. */
	if (*p == '"')
		p = string(s, p);
	else if (s->end - p >= 4 && memcmp(p, "null", 4) == 0)
		p += 4;
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
	const char *p = space(s->p, s->end);

	if (s->why)
		return -1;
	if (p == s->end) {
		fail(s, p, CUT);
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
			fail(s, p, "a comma or a bracket is missing");
			return -1;
		}
		p = space(p + 1, s->end);
	}
	s->first = false;
	s->p = p;
	return 1;
}

void
hs_scan_init(struct hs_scan *s, struct hs_span text)
{
	*s = (struct hs_scan){.start = text.p, .p = text.p, .end = text.p};
	/* Nothing may be added to a NULL, not even nothing. */
	if (text.len > 0)
		s->end += text.len;
}

char
hs_scan_peek(struct hs_scan *s)
{
	if (s->why)
		return '\0';
	s->p = space(s->p, s->end);
	return s->p < s->end ? *s->p : '\0';
}

int
hs_scan_enter(struct hs_scan *s, char open)
{
	char c = hs_scan_peek(s);

	if (s->why)
		return -1;
	if (s->p == s->end)
		return hs_scan_fail(s, CUT);
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
	const char *p = value(s, space(s->p, s->end), v ? v : &unused);
	if (!p)
		return -1;
	s->p = p;
	return 0;
}

int
hs_scan_leave(struct hs_scan *s, char open)
{
	struct hs_span key;
	int r;

	while ((r = open == '{' ? hs_scan_member(s, &key) : next(s, ']')) > 0)
		if (hs_scan_value(s, NULL) < 0)
			return -1;
	return r;
}

int
hs_scan_end(struct hs_scan *s)
{
	hs_scan_peek(s);
	if (s->why)
		return -1;
	if (s->p < s->end)
		return hs_scan_fail(s, "more text behind the value");
	return 0;
}

int
hs_scan_fail(struct hs_scan *s, const char *why)
{
	fail(s, s->p, why);
	return -1;
}

int
hs_scan_error(
    const struct hs_scan *s, unsigned long long line, struct hs_err *e)
{
	enum hs_kind kind = s->why == hs_scan_nomem ? HS_SYSTEM : HS_DATA;

	return hs_err_set(e, kind, "line %llu, column %zu: %s", line,
	    (size_t)(s->p - s->start) + 1, s->why ? s->why : "no error");
}

static int
grow(struct hs_members *m)
{
	size_t cap = m->cap ? m->cap * 2 : 64;
	void *v = reallocarray(m->v, cap, sizeof(*m->v));

	if (!v)
		return -1;
	m->v = v;
	m->cap = cap;
	return 0;
}

int
hs_members_add(struct hs_members *m, struct hs_span key, struct hs_span v,
    struct hs_scan *s)
{
	if (m->n == m->cap && grow(m) < 0)
		return hs_scan_fail(s, hs_scan_nomem);
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

/*
 * Most of a stream's bytes are read here, so the walk is written out: the
 * place stays in a register instead of s->p.
 */
int
hs_scan_members(struct hs_scan *s, struct hs_members *m)
{
	if (hs_scan_enter(s, '{') < 0)
		return -1;
	const char *p = space(s->p, s->end);
	while (p == s->end || *p != '}') {
		if (m->n == m->cap && grow(m) < 0)
			return hs_scan_fail(s, hs_scan_nomem);
		struct hs_member *new = &m->v[m->n];
		s->escaped = false;
		if (!(p = key_colon(s, p, &new->key)))
			return -1;
		m->escaped |= s->escaped;
		if (!(p = value(s, p, &new->value)))
			return -1;
		m->n++;
		p = space(p, s->end);
		if (p < s->end && *p == '}')
			break;
		if (p == s->end || *p != ',') {
			fail(s, p,
			    p == s->end ? CUT
					: "a comma or a bracket is missing");
			return -1;
		}
		p = space(p + 1, s->end);
		if (p < s->end && *p == '}') {
			fail(s, p, "a member's name is missing");
			return -1;
		}
	}
	s->p = p + 1;
	s->depth--;
	s->first = false;
	return 0;
}

void
hs_members_free(struct hs_members *m)
{
	free(m->v);
	*m = (struct hs_members){0};
}

static uint32_t
unit(const char *p)
{
	return (uint32_t)(hex(p[0]) << 12 | hex(p[1]) << 8 | hex(p[2]) << 4 |
			  hex(p[3]));
}

/* Decodes the \u escape at p, with its other half when it has one; returns
 * where it ends. */
static const char *
code_point(const char *p, const char *end, uint32_t *cp, size_t *lone)
{
	uint32_t u = unit(p + 2);

	p += 6;
	if (u >= 0xd800 && u < 0xdc00 && end - p >= 6 && p[0] == '\\' &&
	    p[1] == 'u') {
		uint32_t low = unit(p + 2);
		if (low >= 0xdc00 && low < 0xe000) {
			*cp = 0x10000 + ((u - 0xd800) << 10) + (low - 0xdc00);
			return p + 6;
		}
	}
	if (u >= 0xd800 && u < 0xe000) {
		++*lone;
		u = 0xfffd;
	}
	*cp = u;
	return p;
}

size_t
hs_scan_decode(struct hs_span inner, char *dst, size_t *lone)
{
	static const char from[] = "bfnrt", to[] = "\b\f\n\r\t";
	const char *p = inner.p, *end = inner.p + inner.len;
	size_t n = 0, unpaired = 0;

	while (p < end) {
		const char *q = memchr(p, '\\', (size_t)(end - p));
		size_t run = (size_t)((q ? q : end) - p);
		memcpy(dst + n, p, run);
		n += run;
		if (!q)
			break;
		p = q + 2;
		const char *simple = memchr(from, q[1], sizeof(from) - 1);
		if (q[1] == 'u') {
			uint32_t cp;
			p = code_point(q, end, &cp, &unpaired);
			n += hs_utf8_put(cp, dst + n);
		} else {
			dst[n++] = simple ? to[simple - from] : q[1];
		}
	}
	if (lone)
		*lone += unpaired;
	return n;
}

bool
hs_scan_is(struct hs_span inner, const char *name)
{
	char text[128];
	size_t n = strlen(name);

	/* An escape takes two to six bytes for one of the name's. */
	if (inner.len <= n || inner.len > n * 6 || inner.len > sizeof(text))
		return hs_span_eq(inner, hs_span(name, n));
	if (!memchr(inner.p, '\\', inner.len))
		return false;
	return hs_span_eq(
	    hs_span(text, hs_scan_decode(inner, text, NULL)), hs_span(name, n));
}
