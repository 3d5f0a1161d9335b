/* SPDX-FileCopyrightText: 2026 the hs-tools authors
 * SPDX-License-Identifier: MIT */
/* Where further chains begin. */
#include "guess.h"

#define STRETCH_MIN 2 /* pages from one chain's start to the next's */
#define STRETCH_MAX 16
#define GUESS_MAX (UINT64_C(1) << 59)

static bool
is_active(const struct chain *c)
{
	return !c->ended && !c->joined;
}

unsigned
guess_stretch(const struct fetch *f)
{
	size_t jobs = (size_t)f->api->options.jobs;
	size_t n = HELD_BYTES / (jobs * (f->page_bytes + 1)), wish;

	/* A short list is cut into small pieces; one of unknown length, at
	 * its beginning, too. */
	if (f->o->range->known)
		wish = (size_t)(f->o->range->total / f->limit / jobs + 1);
	else
		wish = STRETCH_MIN + (size_t)(f->accepted / f->limit / 4);
	if (n > wish)
		n = wish;
	return n < STRETCH_MIN	 ? STRETCH_MIN
	       : n > STRETCH_MAX ? STRETCH_MAX
				 : (unsigned)n;
}

/* Whether the ids that are left lie about as far apart as the last ones: then
 * guesses far ahead are as good as near ones. */
static bool
is_even(const struct fetch *f)
{
	const struct lookup_range *r = f->o->range;
	const struct chain *head = f->chains;

	if (!r->known || r->total < f->accepted + f->limit ||
	    r->greatest < head->position || head->span == 0)
		return false;
	uint64_t left = r->greatest - head->position;
	uint64_t mean = left / (r->total - f->accepted) * f->limit;

	return mean / 2 < head->span && head->span / 2 < mean;
}

/* Whether there is room for another chain, and for its pages.  The number of
 * those that have not found their first page is bounded: it doubles or
 * triples from one answer to the next, so that a list of surprises costs few
 * requests. */
static bool
may_have_more(const struct fetch *f)
{
	int active = 0, waiting = 0;

	for (const struct chain *c = f->chains; c; c = c->next) {
		active += is_active(c);
		waiting += !c->started;
	}
	if (active >= f->api->options.jobs || f->held >= HELD_BYTES)
		return false;
	if (f->o->range->known)
		return is_even(f) || waiting <= 2 * (active - waiting);
	return waiting * 2 <= active;
}

/* Whether a chain that begins at the number is far enough from the end. */
static bool
before_end(const struct fetch *f, uint64_t number, uint64_t span)
{
	if (f->end_known || number > GUESS_MAX)
		return false;
	return !f->o->range->known ||
	       number + span / 2 <= f->o->range->greatest;
}

bool
guess_next(const struct fetch *f, struct chain **behind, uint64_t *number)
{
	unsigned stretch = guess_stretch(f);

	if (!may_have_more(f))
		return false;
	for (struct chain *c = f->chains; c; c = c->next) {
		if (!is_active(c) || c->span == 0 ||
		    c->span > GUESS_MAX / STRETCH_MAX)
			continue;
		uint64_t wide = c->span * stretch;

		*behind = c;
		*number = c->position + wide;
		if (!c->next)
			return before_end(f, *number, c->span);
		if (c->started && c->next->guess > c->position &&
		    c->next->guess - c->position > 2 * wide)
			return true;
	}
	return false;
}
