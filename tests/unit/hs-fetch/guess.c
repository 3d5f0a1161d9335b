/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Where further chains begin, for chains that are built by hand. */
#include "hs-fetch/guess.h"

#include <stdlib.h>

#include "../tap.h"

static struct session api;
static struct pace_row rows[2];
static struct lookup_range range;
static struct hs_object object;
static struct list_options o = {.range = &range, .object = &object};
static struct list_counts counts;
static struct fetch f;
static struct chain chains[40];

/* A list of which nothing is known but that the first page has been read: it
 * ended at `position`, and a page takes `span` ids. */
static void
start(int jobs, uint64_t position, uint64_t span)
{
	memset(chains, 0, sizeof chains);
	range = (struct lookup_range){0};
	counts = (struct list_counts){0};
	api.options.jobs = jobs;
	api.pace.fd = -1;
	api.pace.row = rows;
	pace_reset(rows, (const char[40]){0});
	f = (struct fetch){.api = &api,
	    .o = &o,
	    .p = &counts,
	    .limit = 100,
	    .page_bytes = 100000,
	    .accepted = 100,
	    .chains = chains};
	chains[0] = (struct chain){.f = &f,
	    .numeric = true,
	    .position = position,
	    .started = true,
	    .first = 1,
	    .last = position - 1,
	    .read = 100,
	    .span = span};
}

static void
known(unsigned long long total, uint64_t greatest)
{
	range.known = true;
	range.total = total;
	range.greatest = greatest;
}

/* Begins chains as stride does; how many. */
static int
begin_all(bool right)
{
	struct place at;
	int n = 1;

	while (n < 40 && guess_next(&f, &at)) {
		struct chain *c = &chains[n++];

		if (at.number <= at.behind->position ||
		    (at.behind->next && at.number >= at.behind->next->guess))
			tap_ok(false, "guess %d is out of place", n);
		*c = (struct chain){.f = &f,
		    .guess = at.number,
		    .position = at.number,
		    .sure = at.sure,
		    .rank = at.rank,
		    .span = at.span,
		    .next = at.behind->next};
		at.behind->next = c;
		counts.guesses++;
		/* Its first page comes at once. */
		if (right) {
			c->started = true;
			c->first = at.number;
			c->position += c->span;
			c->read = 100;
		}
	}
	return n - 1;
}

static bool
ascend(void)
{
	for (const struct chain *c = chains; c->next; c = c->next)
		if (c->next->guess <= c->position ||
		    (c->guess && c->next->guess <= c->guess))
			return false;
	return true;
}

static void
spans(void)
{
	tap_ok(chain_span(99, 99, 100) == 100, "dense ids");
	tap_ok(chain_span(0, 1, 100) == 0, "no distance");
	tap_ok(chain_span(50, 99, 100) == 50, "less than one each");
	tap_ok(
	    chain_span(UINT64_C(999999999999999999), 1, 100) < UINT64_MAX / 8,
	    "a distance that would overflow");
	tap_ok(chain_span(UINT64_C(990000000000), 99, 100) ==
		   UINT64_C(1000000000000),
	    "gaps of ten thousand millions");
}

static void
jobs(void)
{
	for (int j = 2; j <= 32; j *= 2) {
		start(j, 201, 100);
		known(100000, 100000);
		int n = begin_all(false);
		tap_ok(n == j - 1, "%d jobs, even ids: %d guesses", j, n);
		tap_ok(ascend(), "%d jobs: each beyond the one before", j);
	}
	start(1, 201, 100);
	known(100000, 100000);
	tap_ok(begin_all(false) == 0, "one job: none");
}

static void
ends(void)
{
	start(8, 201, 100);
	known(250, 250);
	tap_ok(begin_all(true) == 0, "nothing lies ahead: none");
	start(8, 201, 100);
	known(1000, 1000);
	begin_all(false);
	uint64_t last = 0;
	for (struct chain *c = chains; c; c = c->next)
		last = c->guess;
	tap_ok(last <= 1000, "none past the greatest id");
	start(8, 201, 100);
	known(100000, 100000);
	chains[0].ended = true;
	tap_ok(begin_all(false) == 0, "none where the list has ended");
	start(8, 201, 100);
	f.end_known = true;
	tap_ok(
	    begin_all(false) == 0, "none where the end is known, and no range");
	start(8, (UINT64_C(1) << 59) + 1, UINT64_C(1) << 50);
	tap_ok(begin_all(false) == 0, "none beyond what a cursor can say");
	start(8, 201, 0);
	tap_ok(begin_all(false) == 0, "none while no page has shown a span");
}

static void
limits(void)
{
	start(8, 201, 100);
	known(100000, 100000);
	f.held = HELD_BYTES;
	tap_ok(begin_all(false) == 0, "none while too much is held");
	start(8, 201, 100);
	known(100000, 1000000000);
	counts.wasted = 34;
	tap_ok(begin_all(false) == 0, "ids in clumps: none where too many were "
				      "in vain");
	start(8, 201, 100);
	known(100000, 1000000000);
	tap_ok(begin_all(false) > 0 && begin_all(false) < 8,
	    "ids in clumps: few that have not found their place");
	start(8, 201, 100);
	int n = begin_all(false);
	tap_ok(n > 0 && n <= 3, "no range: %d", n);
}

int
main(void)
{
	spans();
	jobs();
	ends();
	limits();
	return tap_done();
}
