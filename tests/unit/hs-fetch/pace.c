/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* The pace: its row of slots at times of our choice, and two who share it. */
#include "hs-fetch/pace.h"

#include <ftw.h>
#include <stdlib.h>

#include "clock.h"
#include "hs-fetch/pace-row.h"
#include "../tap.h"

#define NOW (1000000 * HS_MS)
#define BOOT "00000000-0000-0000-0000-000000000001"

static const struct rates silent = {-1, -1, -1, -1, -1};

static int
busy(const struct pace_row *r)
{
	int n = 0;

	for (int i = 0; i < pace_slots(r); i++)
		n += r->free_at[i] > NOW;
	return n;
}

static void
occupy(struct pace_row *r, int n)
{
	for (int i = 0; i < n; i++)
		pace_occupy(r, pace_earliest(r), NOW);
}

static void
slots(struct pace_row *r)
{
	static const char boot[40] = BOOT, other[40] = "another";

	pace_reset(r, boot);
	tap_ok(pace_slots(r) == 100 && r->window_ms == 10000 && busy(r) == 0,
	    "at first 100 in 10 s, all free");
	tap_ok(pace_valid(r, pace_size(r), boot), "such a row is valid");
	tap_ok(!pace_valid(r, pace_size(r) - 1, boot), "not cut short");
	tap_ok(!pace_valid(r, 0, boot), "not an empty one");
	tap_ok(!pace_valid(r, pace_size(r), other), "not another run's");
	r->limit = PACE_SLOTS + 2;
	tap_ok(!pace_valid(r, sizeof *r, boot), "not with too many slots");
	r->limit = 100;
	r->window_ms = WINDOW_MAX_MS + 1;
	tap_ok(!pace_valid(r, sizeof *r, boot), "nor with too long a window");

	r->window_ms = 10000;
	r->least = -1;
	tap_ok(!pace_valid(r, sizeof *r, boot), "nor with less than no time");

	pace_reset(r, boot);
	occupy(r, 100);
	tap_ok(busy(r) == 100 &&
		   r->free_at[pace_earliest(r)] <= NOW + 2 * HS_MS * 10000,
	    "a slot of a process that was killed is free after two windows");
}

static void
trips(struct pace_row *r)
{
	static const char boot[40] = BOOT;

	pace_reset(r, boot);
	r->free_at[0] = NOW;
	tap_ok(pace_free_at(r, 0) == NOW, "no round trip yet: a whole window");
	pace_trip(r, 1000 * HS_MS);
	tap_ok(pace_free_at(r, 0) == NOW - 500 * HS_MS,
	    "half of the shortest round trip less");
	pace_trip(r, 20 * HS_MS);
	tap_ok(pace_free_at(r, 0) == NOW - 10 * HS_MS,
	    "a shorter one counts at once");
	pace_trip(r, 1000 * HS_MS);
	tap_ok(pace_free_at(r, 0) > NOW - 20 * HS_MS,
	    "and is not forgotten at once");
	for (int i = 0; i < 500; i++)
		pace_trip(r, 1000 * HS_MS);
	tap_ok(pace_free_at(r, 0) < NOW - 480 * HS_MS, "but soon");
	pace_trip(r, INT64_MAX);
	tap_ok(pace_valid(r, sizeof *r, boot), "one that is too long is cut");
}

static void
learning(struct pace_row *r)
{
	static const char boot[40] = BOOT;
	struct rates said = silent;

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
	tap_ok(busy(r) == 50 && r->free_at[0] == NOW + 2000 * HS_MS,
	    "a shorter window ends no request, nor lasts longer");
	said.window_ms = WINDOW_MAX_MS + 1;
	pace_learn(r, &said, NOW);
	tap_ok(r->window_ms == 1000, "a window has a limit");
	said = silent;
	said.max = PACE_SLOTS + 1;
	pace_learn(r, &said, NOW);
	tap_ok(pace_slots(r) == 0 && pace_earliest(r) == -1,
	    "a high limit is none");
	said.max = PACE_SLOTS;
	pace_learn(r, &said, NOW);
	tap_ok(pace_slots(r) == PACE_SLOTS && busy(r) == 50,
	    "the highest that is one");
}

/* As two processes would: each has opened the file for itself. */
static void
sharing(struct pace *a, struct pace *b)
{
	struct rates said = {4, -1, 600000, -1, -1};
	int slot[4], other;

	tap_ok(pace_take(a, &slot[0]) == 0 && slot[0] >= 0, "a slot");
	pace_done(a, slot[0], 0, &said);
	pace_settle(a);
	tap_ok(pace_window(b) == 10000 && pace_take(b, &slot[1]) == 0,
	    "another process takes one of four");
	tap_ok(pace_window(b) == 600000, "and learns of them");
	tap_ok(pace_take(a, &slot[2]) == 0, "a third");
	tap_ok(pace_take(b, &slot[3]) == 0, "the last");
	tap_ok(pace_take(a, &other) > 0 && other == -1, "no more");
	pace_hold(a, 1000000);
	tap_ok(pace_take(b, &other) > 599000 * HS_MS,
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
	struct pace_row *r = malloc(sizeof *r);
	char dir[] = "/tmp/hs-unit.XXXXXX";
	struct pace a, b;
	struct hs_err e;

	if (!r || mkdtemp(dir) == NULL)
		return 1;
	setenv("XDG_RUNTIME_DIR", dir, 1);
	slots(r);
	trips(r);
	learning(r);
	pace_open(&a, "http://h", "token", &e);
	pace_open(&b, "http://h", "token", &e);
	tap_ok(a.fd >= 0 && b.fd >= 0, "two open the file");
	sharing(&a, &b);
	pace_close(&a);
	pace_close(&b);
	pace_open(&a, "http://h", "another", &e);
	tap_ok(pace_window(&a) == 10000, "another token, another file");
	pace_close(&a);
	free(r);
	nftw(dir, gone, 4, FTW_DEPTH | FTW_PHYS);
	return tap_done();
}
