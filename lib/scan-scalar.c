/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Strings with escapes, numbers and words. */
#include "scan-scalar.h"

#include "utf8.h"

const char hs_scan_cut[] = "the text ends in the middle of a value";

/* Reads one escape; p stands at the backslash. */
static const char *
escape(struct hs_scan *s, const char *p)
{
	s->escaped = true;
	if (s->end - p < 2)
		return hs_scan_stop(s, s->end, hs_scan_cut);
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
	default: return hs_scan_stop(s, p, "unknown escape in a string");
	}
	for (int i = 2; i < 6; i++) {
		if (p + i >= s->end)
			return hs_scan_stop(s, s->end, hs_scan_cut);
		if (hs_scan_hex(p[i]) < 0)
			return hs_scan_stop(
			    s, p, "\\u needs four hexadecimal digits");
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
			return hs_scan_stop(s, p, "not UTF-8");
		p += n;
	}
	return p;
}

const char *
hs_scan_string_rest(struct hs_scan *s, const char *p)
{
	for (;;) {
		if (p == s->end)
			return hs_scan_stop(s, p, hs_scan_cut);
		if (*p == '"')
			return p + 1;
		if (*p == '\\')
			p = escape(s, p);
		else if ((signed char)*p < 0)
			p = non_ascii(s, p);
		else
			p = hs_scan_stop(
			    s, p, "raw control character in a string");
		if (!p)
			return NULL;
		p = hs_scan_plain(p, s->end);
	}
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
		return hs_scan_stop(s, p, hs_scan_cut);
	if (!digit(p, s->end))
		return hs_scan_stop(s, p, "a digit is missing in a number");
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
			return hs_scan_stop(
			    s, p, "a number starts with a zero");
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
		return hs_scan_stop(s, s->end, hs_scan_cut);
	if (left < word.len || memcmp(p, word.p, word.len) != 0)
		return hs_scan_stop(s, p, "not a JSON value");
	return p + word.len;
}

const char *
hs_scan_scalar(struct hs_scan *s, const char *p)
{
	switch (*p) {
	case '"': return hs_scan_string(s, p);
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
	default: return hs_scan_stop(s, p, "not a JSON value");
	}
}
