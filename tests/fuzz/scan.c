/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/*
 * JSON of any bytes: every way through the scanner gives one verdict, at one
 * place; it is the verdict of RFC 8259's grammar taken letter by letter; and
 * what is accepted means what cJSON finds in it, where cJSON goes by the
 * standard.
 */
#include <cjson/cJSON.h>
#include <stdlib.h>

#include "frame.h"
#include "json.h"
#include "scan.h"
#include "utf8.h"

/* The grammar, one function for each rule that needs one. */
struct ref {
	const unsigned char *p, *end;
	int depth;
};

static int
ref_byte(const struct ref *r, size_t at)
{
	return (size_t)(r->end - r->p) > at ? r->p[at] : -1;
}

static bool
ref_take(struct ref *r, const char *set)
{
	int c = ref_byte(r, 0);

	if (c <= 0 || !strchr(set, c))
		return false;
	r->p++;
	return true;
}

static void
ref_space(struct ref *r)
{
	while (ref_take(r, " \t\n\r"))
		;
}

/* A sequence of more than one byte, by its code point. */
static bool
ref_utf8(struct ref *r)
{
	static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
	uint32_t c = r->p[0], n = c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : 2;

	if (c < 0xc0 || c >= 0xf8)
		return false;
	c &= 0x7fu >> n;
	for (uint32_t i = 1; i < n; i++) {
		int next = ref_byte(r, i);
		if (next < 0x80 || next > 0xbf)
			return false;
		c = c << 6 | ((uint32_t)next & 0x3f);
	}
	r->p += n;
	return c >= least[n] && c <= 0x10ffff && (c < 0xd800 || c > 0xdfff);
}

static bool
ref_string(struct ref *r)
{
	if (!ref_take(r, "\""))
		return false;
	for (;;) {
		int c = ref_byte(r, 0);
		if (c < 0x20)
			return false;
		if (c >= 0x80) {
			if (!ref_utf8(r))
				return false;
			continue;
		}
		r->p++;
		if (c == '"')
			return true;
		if (c != '\\')
			continue;
		if (ref_take(r, "u")) {
			for (int i = 0; i < 4; i++)
				if (!ref_take(r, "0123456789abcdefABCDEF"))
					return false;
		} else if (!ref_take(r, "\"\\/bfnrt")) {
			return false;
		}
	}
}

static bool
ref_digits(struct ref *r)
{
	if (!ref_take(r, "0123456789"))
		return false;
	while (ref_take(r, "0123456789"))
		;
	return true;
}

static bool
ref_number(struct ref *r)
{
	ref_take(r, "-");
	if (!ref_take(r, "0") && !ref_digits(r))
		return false;
	if (ref_take(r, ".") && !ref_digits(r))
		return false;
	if (!ref_take(r, "eE"))
		return true;
	ref_take(r, "+-");
	return ref_digits(r);
}

static bool
ref_word(struct ref *r, const char *word)
{
	size_t n = strlen(word);

	if ((size_t)(r->end - r->p) < n || memcmp(r->p, word, n) != 0)
		return false;
	r->p += n;
	return true;
}

static bool
ref_value(struct ref *r)
{
	ref_space(r);
	int open = ref_byte(r, 0);
	if (open == '"')
		return ref_string(r);
	if (open != '{' && open != '[')
		return ref_word(r, "null") || ref_word(r, "true") ||
		       ref_word(r, "false") || ref_number(r);
	const char *close = open == '{' ? "}" : "]";
	if (++r->depth > HS_SCAN_DEPTH)
		return false;
	r->p++;
	ref_space(r);
	bool more = !ref_take(r, close);
	while (more) {
		ref_space(r);
		if (open == '{') {
			if (!ref_string(r))
				return false;
			ref_space(r);
			if (!ref_take(r, ":"))
				return false;
		}
		if (!ref_value(r))
			return false;
		ref_space(r);
		more = !ref_take(r, close);
		if (more && !ref_take(r, ","))
			return false;
	}
	r->depth--;
	return true;
}

static bool
by_grammar(struct hs_span text)
{
	const unsigned char *p = (const void *)text.p;
	struct ref r = {p, p + text.len, 0};
	bool good = ref_value(&r);

	ref_space(&r);
	return good && r.p == r.end;
}

/* What a walk has seen that cJSON takes another way. */
struct seen {
	size_t lone, number;
	int depth;
	const char *wrong;
};

static void
see_string(struct hs_span inner, struct seen *seen)
{
	char *text = malloc(inner.len + 1), *again;
	struct hs_buf b = {0};
	struct hs_span back = {0};

	size_t n = hs_scan_decode(inner, text, &seen->lone);
	if (n > inner.len || hs_utf8_valid(hs_span(text, n)) != n)
		seen->wrong = "a string is not decoded to UTF-8 in its length";
	if (hs_json_string(&b, hs_span(text, n)) < 0 ||
	    !hs_scan_inner(hs_buf_span(&b), &back))
		seen->wrong = "a string cannot be written";
	again = malloc(back.len + 1);
	if (!hs_span_eq(hs_span(again, hs_scan_decode(back, again, NULL)),
		hs_span(text, n)))
		seen->wrong = "a string changes when written and read";
	free(again);
	free(text);
	hs_buf_free(&b);
}

/* Reads a value by entering all that can be entered. */
static int
walk(struct hs_scan *s, struct seen *seen)
{
	char open = hs_scan_peek(s);
	struct hs_span key, v;
	int r;

	if (open != '{' && open != '[') {
		if (hs_scan_value(s, &v) < 0)
			return -1;
		if (hs_scan_inner(v, &key))
			see_string(key, seen);
		else if (v.len > seen->number)
			seen->number = v.len;
		return 0;
	}
	if (hs_scan_enter(s, open) < 0)
		return -1;
	if (s->depth > seen->depth)
		seen->depth = s->depth;
	while ((r = open == '{' ? hs_scan_member(s, &key)
				: hs_scan_element(s)) > 0) {
		if (open == '{')
			see_string(key, seen);
		if (walk(s, seen) < 0)
			return -1;
	}
	return r;
}

static bool
same_text(struct hs_span inner, const char *text)
{
	char *own = malloc(inner.len + 1);
	size_t n = hs_scan_decode(inner, own, NULL);
	/* cJSON keeps what follows a NUL, it only can't say so. */
	bool same = text && memcmp(own, text, n) == 0 && text[n] == '\0';

	free(own);
	return same;
}

static bool
same_number(struct hs_span v, double d)
{
	char text[64] = "";

	memcpy(text, v.p, v.len);
	double own = strtod(text, NULL);
	return memcmp(&own, &d, sizeof d) == 0;
}

/* Whether the value means what cJSON has found. */
static bool
same_value(struct hs_scan *s, const cJSON *j)
{
	char open = hs_scan_peek(s);
	struct hs_span key, v;

	if (open == '{' || open == '[') {
		const cJSON *child = j->child;
		if (open == '{' ? !cJSON_IsObject(j) : !cJSON_IsArray(j))
			return false;
		hs_scan_enter(s, open);
		while ((open == '{' ? hs_scan_member(s, &key)
				    : hs_scan_element(s)) > 0) {
			if (!child)
				return false;
			if (open == '{' && !same_text(key, child->string))
				return false;
			if (!same_value(s, child))
				return false;
			child = child->next;
		}
		return !child;
	}
	hs_scan_value(s, &v);
	switch (open) {
	case '"':
		return hs_scan_inner(v, &key) && cJSON_IsString(j) &&
		       same_text(key, j->valuestring);
	case 'n': return hs_scan_null(v) && cJSON_IsNull(j);
	case 't': return cJSON_IsTrue(j);
	case 'f': return cJSON_IsFalse(j);
	default: return cJSON_IsNumber(j) && same_number(v, j->valuedouble);
	}
}

/* cJSON refuses lone surrogates and cuts numbers at 63 characters. */
static const char *
by_cjson(struct hs_span text, const struct seen *seen)
{
	struct hs_scan s;

	if (seen->lone > 0 || seen->number > 60 || seen->depth > 900)
		return NULL;
	cJSON *j = cJSON_ParseWithLengthOpts(text.p, text.len, NULL, 0);
	hs_scan_init(&s, text);
	bool same = j && same_value(&s, j);
	cJSON_Delete(j);
	return same ? NULL : "cJSON finds something else";
}

static bool
agree(const struct hs_scan *a, const struct hs_scan *b)
{
	return a->p == b->p && a->why == b->why;
}

/* What is wrong with how the scanner takes the text: NULL for nothing. */
static const char *
scan_fault(struct hs_span text)
{
	struct hs_scan whole, deep, flat;
	struct hs_members m = {0};
	struct seen seen = {0};

	hs_scan_init(&whole, text);
	bool good =
	    hs_scan_value(&whole, NULL) == 0 && hs_scan_end(&whole) == 0;
	if (good != by_grammar(text))
		return "the verdict is not the grammar's";
	if (good != !whole.why || whole.p > whole.end)
		return "a verdict without reason, or a place outside";
	hs_scan_init(&deep, text);
	if (walk(&deep, &seen) == 0)
		hs_scan_end(&deep);
	if (seen.wrong)
		return seen.wrong;
	if (!agree(&whole, &deep))
		return "entering containers leads elsewhere";
	hs_scan_init(&flat, text);
	if (hs_scan_peek(&flat) == '{') {
		if (hs_scan_members(&flat, &m) == 0)
			hs_scan_end(&flat);
		if (!agree(&whole, &flat)) {
			hs_members_free(&m);
			return "reading members leads elsewhere";
		}
		/* Now that the keys are known. */
		hs_members_clear(&m);
		hs_scan_init(&flat, text);
		if (hs_scan_members(&flat, &m) == 0)
			hs_scan_end(&flat);
		hs_members_free(&m);
		if (!agree(&whole, &flat))
			return "reading known members leads elsewhere";
		hs_scan_init(&flat, text);
		struct hs_span v;
		if (hs_scan_pick_one(&flat, "a", &v) >= 0)
			hs_scan_end(&flat);
		if (!agree(&whole, &flat))
			return "picking a member leads elsewhere";
	}
	return good ? by_cjson(text, &seen) : NULL;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	return frame_run(data, size, scan_fault);
}
