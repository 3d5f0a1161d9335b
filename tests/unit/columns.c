/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Columns: names by what they say, in order of first appearance. */
#include "columns.h"

#include "tap.h"

static struct hs_columns c;
static struct hs_err e;

static size_t
find(const char *key)
{
	size_t i;

	return hs_columns_find(&c, hs_span_str(key), &i, &e) < 0 ? 999999 : i;
}

static void
order(void)
{
	tap_ok(!hs_columns_has(&c, HS_SPAN("id")), "nothing is in no columns");
	tap_ok(find("id") == 0 && find("name") == 1 && find("") == 2,
	    "new names get the next index");
	hs_columns_rewind(&c);
	tap_ok(find("id") == 0 && find("name") == 1 && find("") == 2,
	    "the same order again");
	hs_columns_rewind(&c);
	tap_ok(find("") == 2 && find("x") == 3 && find("id") == 0 &&
		   find("name") == 1,
	    "another order, with a new one");
	tap_ok(c.n == 4 && hs_span_is(c.name[3], "x") &&
		   hs_columns_has(&c, HS_SPAN("")),
	    "names are kept");
}

static void
spellings(void)
{
	size_t plain = find("\xc3\xa4");
	char key[] = "zz";
	size_t i;

	tap_ok(find("\\u00e4") == plain && find("\\u00E4") == plain,
	    "a name is the same however it is spelled");
	size_t slash = find("a\\\\b"), bs = find("a\\b");
	tap_ok(slash != bs, "a backslash and a backspace differ");
	for (int round = 0; round < 3; round++) {
		hs_columns_rewind(&c);
		c.guess = slash;
		size_t got = find("a\\b");
		if (got != bs)
			tap_ok(false, "round %d: %zu", round, got);
	}
	tap_ok(find("a\\b") == bs, "also where the other is expected");
	c.guess = slash;
	tap_ok(find("a\\\\b") == slash && hs_columns_has(&c, HS_SPAN("a\\b")),
	    "a backslash is found again");
	size_t nul = find("a\\u0000b");
	tap_ok(nul != find("a") && c.name[nul].len == 3,
	    "a NUL is part of a name");
	hs_columns_add(&c, hs_span(key, 2), &i, &e);
	key[0] = 'y';
	tap_ok(hs_span_is(c.name[i], "zz"), "a name is a copy");
	tap_ok(find("a\\ud800") == 999999 && e.kind == HS_DATA,
	    "half a surrogate pair is refused");
	hs_columns_free(&c);
	tap_ok(c.n == 0 && hs_columns_add(&c, hs_span(NULL, 0), &i, &e) == 0 &&
		   i == 0 && hs_columns_has(&c, HS_SPAN("")),
	    "the empty name may be the first");
	hs_columns_free(&c);
}

static void
bounds(void)
{
	char key[32];
	size_t bad = 0;

	for (size_t round = 0; round < 2; round++)
		for (size_t i = 0; i < HS_COLUMNS_MAX; i++) {
			/* Backwards the second time: no guess is right. */
			size_t want = round ? HS_COLUMNS_MAX - 1 - i : i;
			snprintf(key, sizeof key, "column_%zu", want);
			bad += find(key) != want;
		}
	tap_ok(bad == 0 && c.n == HS_COLUMNS_MAX, "100,000 columns");
	tap_ok(find("one more") == 999999 && e.kind == HS_DATA,
	    "and one more is refused");
	tap_ok(find("column_7") == 7, "what there was is still there");
	hs_columns_free(&c);
}

/* Names of every length up to 40, and a key that differs in one byte. */
static void
guesses(void)
{
	struct hs_columns g = {0};
	int missed = 0, wrong = 0;
	char name[40];
	size_t at;

	memset(name, 'n', sizeof name);
	for (size_t n = 0; n <= sizeof name; n++)
		hs_columns_add(&g, hs_span(name, n), &at, &e);
	for (size_t n = 0; n <= sizeof name; n++) {
		g.guess = n;
		missed += !hs_columns_guess(&g, hs_span(name, n), &at);
		missed += at != n || g.guess != n + 1;
		for (size_t i = 0; i < n; i++) {
			g.guess = n;
			name[i] = 'x';
			wrong += hs_columns_guess(&g, hs_span(name, n), &at);
			name[i] = 'n';
		}
	}
	tap_ok(missed == 0, "the next column is guessed");
	tap_ok(wrong == 0, "one that differs in a byte is not");
	tap_ok(!hs_columns_guess(&g, HS_SPAN(""), &at), "nor one past the end");
	hs_columns_add(&g, HS_SPAN("a\\\\b"), &at, &e);
	g.guess = at;
	tap_ok(!hs_columns_guess(&g, HS_SPAN("a\\\\b"), &at),
	    "nor a key with a backslash, which is an escape there");
	hs_columns_free(&g);
}

/* FNV-1a, the hash that everybody can compute. */
static size_t
foreseen(const char *name)
{
	uint64_t h = UINT64_C(0xcbf29ce484222325);

	for (; *name; name++)
		h = (h ^ (unsigned char)*name) * UINT64_C(0x100000001b3);
	return (size_t)(h ^ h >> 32);
}

/* Names that a hash without a secret would put into one slot of 2048. */
static void
chosen(void)
{
	char name[16];
	size_t steps = 0;

	for (unsigned i = 0; c.n < 1000; i++) {
		snprintf(name, sizeof name, "%x", i);
		if ((foreseen(name) & 2047) == 7)
			find(name);
	}
	for (size_t i = 0; i < c.n; i++) {
		size_t step = 0;
		while (hs_index_next(&c.index, hs_hash(c.name[i]), &step) != i)
			continue;
		steps += step;
	}
	tap_ok(steps < 4 * c.n, "chosen names are found in %zu steps each",
	    steps / c.n);
	hs_columns_free(&c);
}

static int
read_list(const char *list)
{
	static struct hs_columns l;

	hs_columns_free(&l);
	return hs_columns_list(&l, list, &e) < 0 ? -(int)e.kind : (int)l.n;
}

static void
lists(void)
{
	tap_ok(read_list("a") == 1 && read_list("a,b c,\u00e9") == 3,
	    "a list of names");
	tap_ok(read_list("") == -HS_USAGE && read_list("a,") == -HS_USAGE &&
		   read_list("a,,b") == -HS_USAGE,
	    "an empty name in it is refused");
	tap_ok(read_list("a,b,a") == -HS_USAGE, "and one that stands twice");
	tap_is_str(e.text, "column a stands twice", "which is said");
}

int
main(void)
{
	guesses();
	chosen();
	order();
	spellings();
	bounds();
	lists();
	return tap_done();
}
