/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* How many records to ask for at once. */
#include "hs-fetch/size.h"

#include "../tap.h"

/* How many requests go well until it is doubled. */
static unsigned
until_raised(struct size *s)
{
	unsigned n = 0, before = s->now;

	while (s->now == before && n < 10000) {
		size_went_well(s, s->now);
		n++;
	}
	return n;
}

int
main(void)
{
	struct size s;
	unsigned steps = 0;

	size_start(&s, 100);
	size_went_well(&s, 100);
	tap_ok(s.now == 100, "never more than the most");
	while (size_failed(&s, s.now))
		steps++;
	tap_ok(s.now == 1 && steps == 6, "down to 1, in six steps");
	tap_ok(!size_failed(&s, 1), "and no further");
	for (steps = 0; s.now < 100; steps++)
		tap_ok(until_raised(&s) == 4, "%u after four good ones", s.now);
	tap_ok(s.now == 100 && steps == 7, "back to the most");

	size_start(&s, 100);
	tap_ok(size_failed(&s, 100) && size_failed(&s, 100) && s.now == 50,
	    "two that were under way halve it once");
	tap_ok(until_raised(&s) == 4 && size_failed(&s, 100) && s.now == 50,
	    "a doubling that fails");
	tap_ok(until_raised(&s) == 8 && size_failed(&s, 100) &&
		   until_raised(&s) == 16,
	    "is tried less and less often");
	size_start(&s, 100);
	size_failed(&s, 100);
	size_went_well(&s, 30);
	tap_ok(s.good == 0, "a request for fewer says nothing");
	size_start(&s, 0);
	tap_ok(!size_failed(&s, 0), "a list without pages");
	size_start(&s, 7);
	size_failed(&s, 7);
	until_raised(&s);
	tap_ok(s.now == 6, "7, 3, 6");
	until_raised(&s);
	tap_ok(s.now == 7, "and 7 again");
	return tap_done();
}
