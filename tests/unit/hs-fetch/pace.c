/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* The pace: its row of slots at times of our choice, and two who share it. */
#include "hs-fetch/pace.h"

#include <ftw.h>
#include <stdlib.h>

#include "hs-fetch/pace-row.h"
#include "../tap.h"

#define NOW (1000000 * MS)
#define BOOT "00000000-0000-0000-0000-000000000001"

static const struct hs_rates silent = {-1, -1, -1, -1, -1};

static int
busy(const struct hs_pace_row *r)
{
	int n = 0;

	for (int i = 0; i < pace_slots(r); i++)
		n += r->free_at[i] > NOW;
	return n;
}

static void
occupy(struct hs_pace_row *r, int n)
{
	for (int i = 0; i < n; i++)
		pace_occupy(r, pace_earliest(r), NOW);
}

static void
slots(struct hs_pace_row *r)
{
	static const char boot[40] = BOOT, other[40] = "another";

	pace_reset(r, boot);
	tap_ok(pace_slots(r) == 100 && r->window_ms == 10000 && busy(r) == 0,
	    "at first 100 in 10 s, all free");
	tap_ok(pace_valid(r, pace_size(r), boot), "such a row is valid");
	tap_ok(!pace_valid(r, pace_size(r) - 1, boot), "not cut short");
	tap_ok(!pace_valid(r, 0, boot), "not an empty one");
	tap_ok(!pace_valid(r, pace_size(r), other), "not another run's");
	r->limit = HS_PACE_SLOTS + 2;
	tap_ok(!pace_valid(r, sizeof *r, boot), "not with too many slots");
	r->limit = 100;
	r->window_ms = WINDOW_MAX_MS + 1;
	tap_ok(!pace_valid(r, sizeof *r, boot), "nor with too long a window");

	pace_reset(r, boot);
	occupy(r, 74);
	tap_ok(busy(r) == 74 && pace_plenty(r, NOW), "26 free ones are plenty");
	occupy(r, 1);
	tap_ok(!pace_plenty(r, NOW), "25 are not");
	tap_ok(pace_plenty(r, NOW + 2 * MS * 10000),
	    "who was killed frees its slots after two windows");
	r->limit = 1;
	r->free_at[0] = NOW + 1;
	tap_ok(!pace_plenty(r, NOW), "nor is the one that is taken");
}

static void
learning(struct hs_pace_row *r)
{
	static const char boot[40] = BOOT;
	struct hs_rates said = silent;

	pace_reset(r, boot);
	occupy(r, 10);
	said.max = 50;
	said.remaining = 40;
	pace_learn(r, &said, NOW);
	tap_ok(pace_slots(r) == 50 && busy(r) == 10, "a limit of 50, 10 ours");
	said.remaining = 25;
	pace_learn(r, &said, NOW);
	tap_ok(busy(r) == 25, "15 more are others'");
	said.remaining = 30;
	pace_learn(r, &said, NOW);
	tap_ok(busy(r) == 25, "and stay so for a window");
	said.remaining = -5;
	pace_learn(r, &said, NOW);
	tap_ok(busy(r) == 25, "what can't be is not believed");
	said.remaining = 0;
	pace_learn(r, &said, NOW);
	tap_ok(busy(r) == 50, "none remains");
	said = silent;
	said.window_ms = 1000;
	pace_learn(r, &said, NOW);
	tap_ok(busy(r) == 50 && r->free_at[0] == NOW + 2000 * MS,
	    "a shorter window ends no request, nor lasts longer");
	said.window_ms = WINDOW_MAX_MS + 1;
	pace_learn(r, &said, NOW);
	tap_ok(r->window_ms == 1000, "a window has a limit");
	said = silent;
	said.max = HS_PACE_SLOTS + 1;
	pace_learn(r, &said, NOW);
	tap_ok(
	    pace_slots(r) == 0 && pace_earliest(r) == -1 && pace_plenty(r, NOW),
	    "a high limit is none");
	said.max = HS_PACE_SLOTS;
	pace_learn(r, &said, NOW);
	tap_ok(pace_slots(r) == HS_PACE_SLOTS && busy(r) == 50,
	    "the highest that is one");
}

/* As two processes would: each has opened the file for itself. */
static void
sharing(struct hs_pace *a, struct hs_pace *b)
{
	struct hs_rates said = {4, -1, 600000, -1, -1};
	int64_t until = 0, none;
	int slot[4], other;

	tap_ok(hs_pace_take(a, &slot[0]) == 0 && slot[0] >= 0, "a slot");
	hs_pace_done(a, slot[0], &said);
	hs_pace_settle(a);
	tap_ok(
	    hs_pace_window(b) == 10000 && hs_pace_reserve(b, &slot[1], &until),
	    "another process reserves one of four");
	tap_ok(hs_pace_window(b) == 600000, "and learns of them");
	tap_ok(hs_pace_take(a, &slot[2]) == 0, "a third");
	tap_ok(!hs_pace_reserve(b, &other, &none) && other == -1,
	    "the last is not reserved");
	tap_ok(hs_pace_take(b, &slot[3]) == 0, "but taken");
	tap_ok(hs_pace_take(a, &other) > 0 && other == -1, "no more");
	hs_pace_return(b, slot[1], until - 1);
	tap_ok(hs_pace_take(a, &other) > 0, "another's slot is not returned");
	hs_pace_return(b, slot[1], until);
	tap_ok(hs_pace_take(a, &other) == 0 && other == slot[1],
	    "what is returned is free at once");
	tap_ok(hs_pace_take(b, &other) > 0, "for one");
	hs_pace_return(b, -1, 0);
	tap_ok(hs_pace_take(b, &other) > 0, "nothing returned frees nothing");
	hs_pace_hold(a, 1000000);
	tap_ok(hs_pace_take(b, &other) > 599000 * MS &&
		   !hs_pace_reserve(b, &other, &none),
	    "a hold holds the other, ten minutes at most");
}

static int
gone(const char *path, const struct stat *st, int what, struct FTW *at)
{
	(void)st, (void)what, (void)at;
	return remove(path);
}

int
main(void)
{
	struct hs_pace_row *r = malloc(sizeof *r);
	char dir[] = "/tmp/hs-unit.XXXXXX";
	struct hs_pace a, b;
	struct hs_err e;

	if (r == NULL || mkdtemp(dir) == NULL)
		return 1;
	setenv("XDG_RUNTIME_DIR", dir, 1);
	slots(r);
	learning(r);
	hs_pace_open(&a, "http://h", "token", &e);
	hs_pace_open(&b, "http://h", "token", &e);
	tap_ok(a.fd >= 0 && b.fd >= 0, "two open the file");
	sharing(&a, &b);
	hs_pace_close(&a);
	hs_pace_close(&b);
	hs_pace_open(&a, "http://h", "another", &e);
	tap_ok(hs_pace_window(&a) == 10000, "another token, another file");
	hs_pace_close(&a);
	free(r);
	nftw(dir, gone, 4, FTW_DEPTH | FTW_PHYS);
	return tap_done();
}
