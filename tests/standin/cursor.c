/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* What cursors look like, and where they lead. */
#include "cursor.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "bytes.h"
#include "portal.h"

#define TOKEN 8 /* bytes of an opaque cursor behind its head */

static const struct {
	const char *name;
	struct cursor form;
} forms[] = {
    {"next", {CURSOR_NEXT, DRESS_NUMBER, false}},
    {"id", {CURSOR_NEXT, DRESS_NUMBER, false}},
    {"after", {CURSOR_AFTER, DRESS_NUMBER, false}},
    {"last", {CURSOR_LAST, DRESS_NUMBER, false}},
    {"base64", {CURSOR_NEXT, DRESS_LINE, false}},
    {"base64-percent", {CURSOR_NEXT, DRESS_LINE, true}},
    {"base64-plain", {CURSOR_NEXT, DRESS_DIGITS, false}},
    {"base64-after", {CURSOR_AFTER, DRESS_LINE, false}},
    {"base64-last", {CURSOR_LAST, DRESS_LINE, false}},
    {"opaque", {CURSOR_NEXT, DRESS_OPAQUE, false}},
    {"encoded", {CURSOR_NEXT, DRESS_ENCODED, true}},
};

#define NFORMS (sizeof(forms) / sizeof(forms[0]))

int
cursor_form(struct cursor *c, const char *name)
{
	for (size_t i = 0; i < NFORMS; i++) {
		if (strcmp(forms[i].name, name) == 0) {
			*c = forms[i].form;
			return 0;
		}
	}
	return -1;
}

struct cursor
cursor_of(const struct cursor *c, const struct type *t)
{
	struct cursor opaque = {CURSOR_NEXT, DRESS_OPAQUE, false};

	return ids_are_texts(t) ? opaque : *c;
}

/* Three bytes in front whose base64 has + and / in it. */
static const char opaque_head[] = "\xfb\xef\xbf";

static void
add_token(struct bytes *b, uint64_t key, uint64_t n)
{
	uint64_t token = id_scramble(n, key);

	bytes_str(b, opaque_head);
	for (unsigned i = TOKEN; i-- > 0;)
		bytes_char(b, (char)(token >> 8 * i & 0xff));
}

static bool
read_token(const struct bytes *b, uint64_t key, uint64_t *n)
{
	size_t head = strlen(opaque_head);
	uint64_t token = 0;

	if (b->len != head + TOKEN || memcmp(b->at, opaque_head, head) != 0)
		return false;
	for (size_t i = head; i < b->len; i++)
		token = token << 8 | (unsigned char)b->at[i];
	*n = id_unscramble(token, key);
	return true;
}

/* Digits, and behind them what the dress has there: nothing but the end. */
static bool
read_digits(const char *text, const char *behind, uint64_t *n)
{
	char *end;

	if (!isdigit((unsigned char)*text))
		return false;
	*n = strtoull(text, &end, 10);
	return strcmp(end, behind) == 0;
}

void
cursor_add(struct bytes *b, const struct cursor *c, uint64_t key, uint64_t n)
{
	struct bytes text = {0};

	if (c->dress == DRESS_NUMBER) {
		bytes_num(b, n, 1);
		return;
	}
	if (c->dress == DRESS_OPAQUE)
		add_token(&text, key, n);
	else
		bytes_num(&text, n, 1);
	if (c->dress == DRESS_LINE)
		bytes_char(&text, '\n');
	if (c->dress == DRESS_ENCODED && text.len % 3 == 0) {
		unsigned width = (unsigned)text.len + 1;
		text.len = 0;
		bytes_num(&text, n, width);
	}
	bytes_base64(b, text.at, text.len, c->percent);
	bytes_free(&text);
}

bool
cursor_read(const struct cursor *c, uint64_t key, const char *text, uint64_t *n)
{
	struct bytes base64 = {0}, plain = {0};
	bool good;

	if (c->dress == DRESS_NUMBER)
		return read_digits(text, "", n);
	if (c->percent)
		bytes_unpercent(&base64, text, strlen(text), 0);
	else
		bytes_str(&base64, text);
	good = bytes_unbase64(&plain, base64.at, base64.len) == 0;
	bytes_end(&plain);
	if (good && c->dress == DRESS_OPAQUE)
		good = read_token(&plain, key, n);
	else if (good)
		good = strlen(plain.at) == plain.len &&
		       read_digits(
			   plain.at, c->dress == DRESS_LINE ? "\n" : "", n);
	bytes_free(&base64);
	bytes_free(&plain);
	return good;
}

uint64_t
cursor_index(
    const struct cursor *c, const struct type *t, bool archived, uint64_t n)
{
	uint64_t index = type_index(t, n, archived);

	if (c->place == CURSOR_LAST)
		while (type_id(t, index, archived) == n)
			index++;
	return index;
}

uint64_t
cursor_number(const struct cursor *c, const struct type *t, bool archived,
    uint64_t last, uint64_t next, bool other)
{
	uint64_t from = type_id(t, next, archived);
	uint64_t before = type_id(t, last, archived);
	bool fall = ids_fall(t);

	switch (c->place) {
	case CURSOR_AFTER:
		if (!other && last != next)
			return fall ? before - 1 : before + 1;
		return from;
	case CURSOR_LAST:
		if (!other && last != next)
			return before;
		break;
	case CURSOR_NEXT:
		if (!other)
			return from;
		break;
	}
	return fall ? from + 1 : from - 1;
}
